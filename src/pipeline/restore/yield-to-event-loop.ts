/** A restore works on files and a store that answer at once: between two of them, it lets signals come in. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Rejects with the reason of the signal where it is aborted. */
export async function letSignalsIn(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
