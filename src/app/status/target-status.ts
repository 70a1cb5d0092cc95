/** Reports the state of each announcement target. */
import { NEW_TARGET } from '../../model/announcing.js';
import type { Settings } from '../../model/settings.js';
import { readStore } from '../open-store.js';

export interface TargetRow {
  readonly id: string;
  readonly to: string;
  readonly waiting: number;
  readonly lastSentAt: Date | null;
  /** Since when it rejects messages; null: it accepts them. */
  readonly failingSince: Date | null;
  readonly error: string | null;
  /** null: in the next run. */
  readonly nextAttemptAt: Date | null;
  /** Messages with an unknown result and refused ones, newest first. */
  readonly unsent: readonly { readonly at: Date; readonly what: 'unknown' | 'refused'; readonly text: string }[];
}

/** In the order of the config. Throws StoreError. */
export async function readTargetStatus(settings: Settings, now: Date): Promise<TargetRow[]> {
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
      lastSentAt: fromTimestamp(sentAt),
      failingSince: fromTimestamp(failingSince),
      error,
      nextAttemptAt: notBefore !== null && notBefore > now.getTime() ? new Date(notBefore) : null,
      unsent: unsent.reverse(),
    };
  });
}

function fromTimestamp(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
