/** Determines the health of a source, and whether it is inactive. */
import type { FetchState, SourceHealth } from '../model/source.js';
import { MINUTES_PER_DAY, minutesBetween } from './minutes.js';
import { postingGap } from './schedule.js';

const FAILING_AFTER = 5;
const GONE_AFTER = 2;
const DEAD_AFTER = 30 * MINUTES_PER_DAY;
/** Inactive after this many usual gaps, and at least two days. */
const SILENT_GAPS = 10;
const SILENT_LEAST = 2 * MINUTES_PER_DAY;
const HABIT_DATES = 5;

type Counters = Pick<FetchState, 'failures' | 'gone' | 'lastSuccessAt' | 'health' | 'healthSince'>;

/** `healthSince` only changes with the health. */
export function withHealth<State extends Counters>(state: State, now: Date): State {
  const health = currentHealth(state, now);
  return health === state.health && state.healthSince !== null ? state : { ...state, health, healthSince: now };
}

/** Gone and dead sources are requested once a week. */
export function isGivenUp(health: SourceHealth): boolean {
  return health === 'gone' || health === 'dead';
}

/** The source usually posts regularly, and has had no new article for far longer than usual. */
export function isSilent(state: Pick<FetchState, 'recentDates' | 'newestArticleAt'>, now: Date): boolean {
  if (state.newestArticleAt === null || state.recentDates.length < HABIT_DATES) return false;
  return minutesBetween(state.newestArticleAt, now) > Math.max(SILENT_LEAST, SILENT_GAPS * postingGap(state));
}

function currentHealth(state: Counters, now: Date): SourceHealth {
  if (state.gone >= GONE_AFTER) return 'gone';
  if (state.failures === 0) return 'ok';
  if (isDead(state, now)) return 'dead';
  return state.failures >= FAILING_AFTER ? 'failing' : 'degraded';
}

/** For a source that never succeeded, the time counts from its first failure. */
function isDead(state: Counters, now: Date): boolean {
  if (state.health === 'dead') return true;
  const since = state.lastSuccessAt ?? (state.health === 'new' ? null : state.healthSince);
  return since !== null && minutesBetween(since, now) >= DEAD_AFTER;
}
