/** Distinguishes an outage of the local network from failures of sources. */
import type { FetchFailed, FetchResult } from '../model/fetch.js';
import type { FetchState, Source } from '../model/source.js';
import { resolveState } from './decide-request.js';
import { addMinutes } from './minutes.js';

/** Fewer may fail at once by chance. */
const LEAST = 3;

/** Reasons of a `FetchError` without a reachable server. */
const UNREACHED: ReadonlySet<unknown> = new Set(['connect', 'refused', 'unreachable', 'files', 'total']);

/** The name was not found, or the connection failed. */
export function isUnreached(answer: FetchResult): answer is FetchFailed {
  if (answer.kind !== 'failed' || answer.status !== null) return false;
  return answer.error.code === 'FETCH_DNS' || UNREACHED.has(answer.error.details.reason);
}

/**
 * True if no requested source was reached, and some did not fail before. @param failures previous failures in a row.
 */
export function isOutage(reached: number, failures: readonly number[]): boolean {
  return reached === 0 && failures.length >= LEAST && failures.some((count) => count === 0);
}

/** Shows the failure without counting it, in this run only. Never saved. */
export function createOutageState(
  state: FetchState | null,
  source: Source,
  { error }: Pick<FetchFailed, 'error'>,
  now: Date,
): FetchState {
  return {
    ...resolveState(state, source),
    error: { code: error.code, message: error.message, status: null },
    nextAttemptAt: addMinutes(now, 1),
  };
}
