/** Finds targets that need attention, for `status` and the failure feed. */
import type { AnnounceTarget, TargetTrouble } from '../../../model/announcing.js';
import type { OutboxRow, OutboxStore } from '../../../ports/store/outbox.js';

const DAY = 86_400_000;
/** How long unconfirmed messages are reported. */
const UNKNOWN_MS = 7 * DAY;

export async function findTargetTroubles(
  store: Pick<OutboxStore, 'targetStates' | 'announcements'>,
  announce: readonly AnnounceTarget[],
  now: Date,
): Promise<readonly TargetTrouble[]> {
  if (announce.length === 0) return [];
  const states = await store.targetStates();
  const unknown = (await store.announcements(['unknown'])).filter(
    ({ triedAt }) => now.getTime() - (triedAt?.getTime() ?? 0) < UNKNOWN_MS,
  );
  return announce.flatMap(({ id }) => {
    const { failingSince = null, error = null } = states.get(id) ?? {};
    const isFailing = failingSince !== null && now.getTime() - failingSince >= DAY;
    const failing = isFailing ? { since: new Date(failingSince), error: error ?? '' } : null;
    const lost = summarizeUnknown(unknown.filter(({ target }) => target === id));
    return failing === null && lost === null ? [] : [{ id, failing, unknown: lost }];
  });
}

function summarizeUnknown(rows: readonly OutboxRow[]): TargetTrouble['unknown'] {
  const last = Math.max(...rows.map(({ triedAt }) => triedAt?.getTime() ?? 0));
  return rows.length === 0 ? null : { at: new Date(last), count: rows.length };
}
