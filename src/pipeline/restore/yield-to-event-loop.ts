/** Yields to the event loop between synchronous steps of a restore, so that signals are handled. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Rejects with the signal's reason if it is aborted. */
export async function yieldToSignals(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
