/** WebSub of an open site: renews subscriptions and handles requests of hubs. */
import type { Settings } from '../model/settings.js';
import {
  createSignatureCheck,
  findSubscription,
  type HubAnswer,
  recordPush,
  resumeSubscriptions,
  verifyIntent,
} from '../pipeline/read/websub/callback.js';
import { CALLBACKS } from '../pipeline/read/websub/subscribe.js';
import type { Store } from '../ports/store/store.js';
import { type HttpClientOptions, openPoster } from './http-clients.js';
import { machineClock } from './machine-clock.js';

/** `token`: last part of the callback address. */
export interface HubCallbacks {
  verify(token: string, query: URLSearchParams, now: Date): Promise<HubAnswer>;
  /** Verifies the body of a push; `unsigned`: without a valid signature header; null: no such subscription. */
  startCheck(
    token: string,
    signature: string | undefined,
  ): Promise<ReturnType<typeof createSignatureCheck> | 'unsigned' | null>;
  /** Call when a worker starts. */
  resume(now: Date): Promise<void>;
  /** Call after a valid push. Resolves with whether the source is now due. */
  pushed(token: string, now: Date): Promise<boolean>;
}

export function parseHubToken(path: string): string | null {
  return new RegExp(`/${CALLBACKS}([\\w-]{20,60})$`).exec(path)?.[1] ?? null;
}

export function createHubCallbacks(store: Store): HubCallbacks {
  return {
    verify: (token, query, now) => verifyIntent(store, token, query, now),
    startCheck: async (token, signature) => {
      const known = await findSubscription(store, token);
      if (known === null || known.state === 'left') return null;
      return createSignatureCheck(known, signature) ?? 'unsigned';
    },
    resume: (now) => resumeSubscriptions(store, now),
    pushed: (token, now) => recordPush(store, token, now),
  };
}

/** Loads nothing if hubs cannot reach the worker and no subscription exists. Resolves with warnings. */
export async function keepSubscriptions(
  store: Store,
  settings: Settings,
  { now, signal, resolve }: { readonly now: Date; readonly signal: AbortSignal } & Pick<HttpClientOptions, 'resolve'>,
): Promise<readonly string[]> {
  if (settings.worker.publicUrl === null && (await store.subscriptions()).length === 0) return [];
  const { renewSubscriptions } = await import('../pipeline/read/websub/subscribe.js');
  const poster = await openPoster(settings, { resolve });
  return await renewSubscriptions({ store, settings, poster, clock: machineClock, now }, signal).finally(() =>
    poster.close(),
  );
}
