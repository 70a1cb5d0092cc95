/** Determines the health of a source, and whether it is inactive. */
import type { FetchState, Source, SourceHealth } from '../model/source.js';
import { MINUTES_PER_DAY, minutesBetween } from './minutes.js';
import { isFile, postingGap } from './schedule.js';

const FAILING_COUNT = 5;
const GONE_COUNT = 2;
const DEAD_MINUTES = 30 * MINUTES_PER_DAY;
/** Inactive after this many usual gaps, and at least two days. */
const INACTIVE_GAPS = 10;
const INACTIVE_MINUTES = 2 * MINUTES_PER_DAY;
const HABIT_DATES = 5;
const GONE_CODES: ReadonlySet<string> = new Set(['PARSE_UNRECOGNIZED', 'FETCH_DNS']);

type Counters = Pick<FetchState, 'failures' | 'gone' | 'lastSuccessAt' | 'health' | 'healthSince'>;

/** `healthSince` only changes with the health. */
export function updateHealth<State extends Counters>(state: State, now: Date): State {
  const health = determineHealth(state, now);
  return health === state.health && state.healthSince !== null ? state : { ...state, health, healthSince: now };
}

/** Gone and dead sources are requested once a week. */
export function isGivenUp(health: SourceHealth): boolean {
  return health === 'gone' || health === 'dead';
}

/** Whether its feed is gone, and its new address was not looked for. */
export function isLost(source: Source, state: FetchState | undefined): boolean {
  if (state === undefined || state.proposedUrl !== undefined || state.configuredUrl !== source.url) return false;
  if (isFile(source) || source.reading !== undefined || source.moreFeeds !== undefined) return false;
  const { health, error } = state;
  const isGone = error?.status === 404 || error?.status === 410 || GONE_CODES.has(error?.code ?? '');
  return isGone && (health === 'failing' || isGivenUp(health));
}

/** The source usually posts regularly, and has had no new article for far longer than usual. */
export function isInactive(state: Pick<FetchState, 'recentDates' | 'newestArticleAt'>, now: Date): boolean {
  if (state.newestArticleAt === null || state.recentDates.length < HABIT_DATES) return false;
  return minutesBetween(state.newestArticleAt, now) > Math.max(INACTIVE_MINUTES, INACTIVE_GAPS * postingGap(state));
}

function determineHealth(state: Counters, now: Date): SourceHealth {
  if (state.gone >= GONE_COUNT) return 'gone';
  if (state.failures === 0) return 'ok';
  if (isDead(state, now)) return 'dead';
  return state.failures >= FAILING_COUNT ? 'failing' : 'degraded';
}

/** For a source that never succeeded, the time counts from its first failure. */
function isDead(state: Counters, now: Date): boolean {
  if (state.health === 'dead') return true;
  const since = state.lastSuccessAt ?? (state.health === 'new' ? null : state.healthSince);
  return since !== null && minutesBetween(since, now) >= DEAD_MINUTES;
}
