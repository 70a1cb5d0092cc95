/** Handles requests of WebSub hubs: verifies subscriptions and records that a source has changed. Ignores pushed content. */
import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto';
import type { Subscription } from '../../../model/subscription.js';
import { computeLeaseEnd } from '../../../politeness/subscriptions.js';
import type { SubscriptionStore } from '../../../ports/store/sources.js';

export interface HubAnswer {
  readonly status: number;
  readonly body: string;
}

const UNKNOWN: HubAnswer = { status: 404, body: 'no such subscription\n' };

export async function findSubscription(
  store: Pick<SubscriptionStore, 'subscriptions'>,
  token: string,
): Promise<Subscription | null> {
  return (await store.subscriptions()).find((one) => one.token === token) ?? null;
}

/** Confirms a subscription (WebSub 5.3). `query`: of the hub's GET request. */
export async function verifyIntent(
  store: SubscriptionStore,
  token: string,
  query: URLSearchParams,
  now: Date,
): Promise<HubAnswer> {
  const known = await findSubscription(store, token);
  const mode = query.get('hub.mode');
  if (known === null || query.get('hub.topic') !== known.topic) return UNKNOWN;
  if (mode === 'denied') {
    if (known.state !== 'left') await store.saveSubscription({ ...known, state: 'denied', askedAt: now });
    return { status: 200, body: '' };
  }
  const challenge = query.get('hub.challenge');
  const isMeant = mode === (known.state === 'left' ? 'unsubscribe' : 'subscribe') && known.state !== 'denied';
  if (challenge === null || !isMeant) return UNKNOWN;
  if (known.state === 'left') await store.forgetSubscription(token);
  else
    await store.saveSubscription({
      ...known,
      state: 'active',
      failures: 0,
      leaseUntil: computeLeaseEnd(readLeaseSeconds(query), now),
    });
  return { status: 200, body: challenge };
}

function readLeaseSeconds(query: URLSearchParams): number | null {
  const seconds = query.get('hub.lease_seconds');
  return seconds !== null && /^\d{1,10}$/.test(seconds) ? Number(seconds) : null;
}

/** Signature algorithms (WebSub 8). */
const DIGESTS = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/** Verifies the signature of a pushed body incrementally. null: missing or unsupported signature. */
export function createSignatureCheck(
  { secret }: Subscription,
  header: string | undefined,
): { take(bytes: Uint8Array): void; isRight(): boolean } | null {
  const [, method = '', digest = ''] = /^(\w+)=([0-9a-fA-F]+)$/.exec(header?.trim() ?? '') ?? [];
  if (!DIGESTS.has(method.toLowerCase())) return null;
  const hmac: Hmac = createHmac(method.toLowerCase(), secret);
  return {
    take: (bytes) => void hmac.update(bytes),
    isRight: () => {
      const [own, given] = [hmac.digest(), Buffer.from(digest, 'hex')];
      return own.length === given.length && timingSafeEqual(own, given);
    },
  };
}

/** Marks the source as due and discards the content. Resolves with whether the subscription is known and active. */
export async function recordPush(store: SubscriptionStore, token: string, now: Date): Promise<boolean> {
  const known = await findSubscription(store, token);
  if (known === null || known.state === 'left') return false;
  await store.saveSubscription({ ...known, pushedAt: now });
  return true;
}

/**
 * Marks the sources of hubs that push as due: their pushes were lost while no worker ran. Hubs that never pushed keep
 * that mark, because their sources are polled as usual.
 */
export async function resumeSubscriptions(store: SubscriptionStore, now: Date): Promise<void> {
  for (const one of await store.subscriptions())
    if (one.state === 'active' && one.pushedAt !== null) await store.saveSubscription({ ...one, pushedAt: now });
}
