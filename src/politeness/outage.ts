/** Tells an outage of our own network from the failures of sources: it fails all of them, and is nobody's fault. */
import type { FetchFailed, FetchResult } from '../model/fetch.js';
import type { FetchState, Source } from '../model/source.js';
import { currentState } from './decide-request.js';
import { addMinutes } from './minutes.js';

/** Fewer may fail at once by chance. */
const LEAST = 3;

/** Reasons of a `FetchError` that tell of no server that was reached. */
const UNREACHED: ReadonlySet<unknown> = new Set(['connect', 'refused', 'unreachable', 'files', 'total']);

/** Whether nothing answered for this source: its name was not found, or no connection was made. */
export function isUnreached(answer: FetchResult): answer is FetchFailed {
  if (answer.kind !== 'failed' || answer.status !== null) return false;
  return answer.error.code === 'FETCH_DNS' || UNREACHED.has(answer.error.details.reason);
}

/**
 * Whether the network seems to be down: no source that was asked was reached, and not all of them have failed before.
 * @param reached number of sources that were asked and reached.
 * @param failures of each unreached source, consecutive, before this run.
 */
export function isOutage(reached: number, failures: readonly number[]): boolean {
  return reached === 0 && failures.length >= LEAST && failures.some((count) => count === 0);
}

/** What an outage, ours or of the fetch workers, shows of a source in this run: the failure, uncounted. Never saved. */
export function duringOutage(
  state: FetchState | null,
  source: Source,
  { error }: Pick<FetchFailed, 'error'>,
  now: Date,
): FetchState {
  return {
    ...currentState(state, source),
    error: { code: error.code, message: error.message, status: null },
    nextAttemptAt: addMinutes(now, 1),
  };
}
