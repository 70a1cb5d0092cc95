/** Distinguishes an outage of the local network from failures of sources. */
import type { FetchFailed, FetchResult } from '../model/fetch.js';
import type { FetchState, Source } from '../model/source.js';
import { resolveState } from './decide-request.js';
import { coolDownHost } from './hosts.js';
import { addMinutes, MINUTES_PER_DAY } from './minutes.js';

/** Fewer may fail at once by chance. */
const LEAST = 3;

/** Errors without a response that an outage can cause, even after connecting. */
const SHARED: ReadonlySet<string> = new Set(['FETCH_DNS', 'FETCH_NETWORK', 'FETCH_TIMEOUT', 'FETCH_TLS']);

/** No response: the host was not found or not reached, the connection was closed, its TLS failed, or nothing came in time. */
export function isUnanswered(answer: FetchResult): answer is FetchFailed {
  return answer.kind === 'failed' && answer.status === null && SHARED.has(answer.error.code);
}

export function hasResponse(answer: FetchResult): boolean {
  return answer.kind !== 'failed' || answer.status !== null;
}

export interface UnansweredRequest {
  readonly url: string;
  /** Consecutive failures before it. */
  readonly failures: number;
}

/**
 * True if most sources on most hosts failed at once that did not fail before. Sources that fail forever together are not
 * an outage: after a day, it needs that none respond.
 * @param answered URLs of the sources that responded
 * @param minutes since the outage began
 */
export function isOutage(unanswered: readonly UnansweredRequest[], answered: readonly string[], minutes = 0): boolean {
  if (answered.length > 0 && minutes >= MINUTES_PER_DAY) return false;
  const failed = unanswered.filter(({ failures }) => failures === 0).map(({ url }) => url);
  return failed.length >= LEAST && failed.length > answered.length && countHosts(failed) > countHosts(answered);
}

function countHosts(urls: readonly string[]): number {
  return new Set(urls.map(coolDownHost)).size;
}

/** Whether its first failure belongs to an outage that is detected now. `lastAnswer`: of any source. */
export function isRecentFailure({ failures, error, lastAttemptAt }: FetchState, lastAnswer: Date): boolean {
  if (failures !== 1 || error === null || lastAttemptAt === null || lastAttemptAt < lastAnswer) return false;
  return error.status === null && SHARED.has(error.code);
}

/** The source is due at once, as if its last failure had not happened. */
export function forgiveFailure(state: FetchState): FetchState {
  const health = state.lastSuccessAt === null ? 'new' : 'ok';
  return { ...state, failures: 0, health, healthSince: null, nextAttemptAt: null };
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
