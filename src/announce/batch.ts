/** Selects the messages that a target gets in one run. */
import { type Candidate, takeTurns } from '../model/take-turns.js';

/** `more`: messages summarised as a count in one message. */
export interface Batch<T> {
  readonly single: readonly T[];
  readonly more: readonly T[];
}

/**
 * `waiting`: oldest first. Sends at most `atMost` messages. If there are more, sends the newest individually, of each source in
 * turn.
 */
export function selectBatch<T extends Candidate>(waiting: readonly T[], atMost: number): Batch<T> {
  if (waiting.length <= atMost) return { single: waiting, more: [] };
  const single = new Set(takeTurns(waiting.toReversed(), atMost - 1));
  return {
    single: waiting.filter((one) => single.has(one)),
    more: waiting.filter((one) => !single.has(one)),
  };
}
