/** What commands ask about announcements: to send a test, and how the targets do. */
import type { SendOutcome } from '../announce/outcome.js';
import { NEW_TARGET } from '../model/announcing.js';
import type { Settings } from '../model/settings.js';
import { callTarget, loadKind } from '../pipeline/announce/call-target.js';
import { testAnnouncement } from '../pipeline/announce/load-announcement.js';
import { openPoster } from './open-poster.js';
import { readStore } from './open-store.js';
import { userAgent } from './user-agent.js';

/** Sends one message marked as a test, whatever hour it is. null: no target has this id. Stores nothing. */
export async function sendTest(
  settings: Settings,
  id: string,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<SendOutcome | null> {
  const target = settings.announce.find((one) => one.id === id);
  if (target === undefined) return null;
  const poster = await openPoster({ ...settings.fetch, userAgent: userAgent(settings) });
  try {
    const message = testAnnouncement(target, settings, now);
    const kind = await loadKind(target);
    const { outcome } = await callTarget(
      { target, kind, poster },
      (request) => kind.send(message, target, request, NO_PICTURE),
      signal,
    );
    return outcome;
  } finally {
    await poster.close();
  }
}

/** A test has none. */
const NO_PICTURE = { picture: async () => null, pause: async () => {} };

export interface TargetRow {
  readonly id: string;
  readonly to: string;
  readonly waiting: number;
  readonly lastSentAt: Date | null;
  /** Since when it takes nothing; null: it does. */
  readonly failingSince: Date | null;
  readonly error: string | null;
  /** null: with the next run. */
  readonly nextAttemptAt: Date | null;
  /** Messages of which nobody knows whether they arrived, and those that were given up; newest first. */
  readonly unsent: readonly { readonly at: Date; readonly what: 'unknown' | 'refused'; readonly text: string }[];
}

/** In the order of the config. Throws StoreError. */
export async function targetStatus(settings: Settings, now: Date): Promise<TargetRow[]> {
  if (settings.announce.length === 0) return [];
  const [states, rows] = await readStore(settings.store, (store) =>
    Promise.all([store.targetStates(), store.announcements(['waiting', 'sending', 'unknown', 'refused'])]),
  );
  return settings.announce.map(({ id, to }) => {
    const { failingSince, notBefore, sentAt, error } = states.get(id) ?? NEW_TARGET;
    const own = rows.filter(({ target }) => target === id);
    const unsent = own.flatMap(({ state, triedAt, at, text }) =>
      state === 'unknown' || state === 'refused' ? [{ at: triedAt ?? at, what: state, text: text ?? '' }] : [],
    );
    return {
      id,
      to,
      waiting: own.length - unsent.length,
      lastSentAt: dateOf(sentAt),
      failingSince: dateOf(failingSince),
      error,
      nextAttemptAt: notBefore !== null && notBefore > now.getTime() ? new Date(notBefore) : null,
      unsent: unsent.reverse(),
    };
  });
}

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
