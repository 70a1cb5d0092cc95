/** The health of a source, in one word, and whether it has fallen silent. */
import type { FetchState, SourceHealth } from '../model/source.js';
import { DAY, minutesBetween } from './minutes.js';
import { postingGap } from './schedule.js';

const FAILING_AFTER = 5;
const GONE_AFTER = 2;
const DEAD_AFTER = 30 * DAY;
/** A source is silent once it has been quiet for so many of its own gaps, and for at least two days. */
const SILENT_GAPS = 10;
const SILENT_LEAST = 2 * DAY;
/** Dates without which no habit is known. */
const HABIT = 5;

type Counters = Pick<FetchState, 'failures' | 'gone' | 'lastSuccessAt' | 'health' | 'healthSince'>;

/** The state with its health told anew; `healthSince` moves only where the word changes. */
export function withHealth<State extends Counters>(state: State, now: Date): State {
  const health = healthOf(state, now);
  return health === state.health && state.healthSince !== null ? state : { ...state, health, healthSince: now };
}

/** True where one look a week is enough: gone or long dead, but never silently dropped. */
export function isGivenUp(health: SourceHealth): boolean {
  return health === 'gone' || health === 'dead';
}

/** True where it usually posts and has brought nothing for longer than its rate explains. */
export function isSilent(state: Pick<FetchState, 'recentDates' | 'newestArticleAt'>, now: Date): boolean {
  if (state.newestArticleAt === null || state.recentDates.length < HABIT) return false;
  return minutesBetween(state.newestArticleAt, now) > Math.max(SILENT_LEAST, SILENT_GAPS * postingGap(state));
}

function healthOf(state: Counters, now: Date): SourceHealth {
  if (state.gone >= GONE_AFTER) return 'gone';
  if (state.failures === 0) return 'ok';
  if (isDead(state, now)) return 'dead';
  return state.failures >= FAILING_AFTER ? 'failing' : 'degraded';
}

/** A source that never answered is counted from when it began to fail. */
function isDead(state: Counters, now: Date): boolean {
  if (state.health === 'dead') return true;
  const since = state.lastSuccessAt ?? (state.health === 'new' ? null : state.healthSince);
  return since !== null && minutesBetween(since, now) >= DEAD_AFTER;
}
