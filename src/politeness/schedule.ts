/** Computes when a source is due, from the configured interval, the source's own, and how often it posts. */
import type { FetchState, Source } from '../model/source.js';
import { addMinutes, MINUTES_PER_DAY, MINUTES_PER_HOUR, minutesBetween, pseudoRandom } from './minutes.js';

const DEFAULT_INTERVAL = MINUTES_PER_HOUR;
const SHORTEST = 15;
/** Lower limit of a configured `every`, in minutes. */
const SHORTEST_EVERY = 5;
/** Share of the interval after which a source is due if runs are rare: an hourly cron must not skip a run. */
const EARLY_SHARE = 0.98;
/** Jitter lengthens an interval by up to this share. */
const JITTER = 0.1;
/** Jitter needs this many runs per interval. With fewer, it would delay a source by a whole run. */
const RUNS_IN_INTERVAL = 8;

/** Days of inactivity → minutes between two requests (after the steps of CommaFeed). */
const INACTIVE_STEPS = [
  { days: 30, minutes: MINUTES_PER_DAY },
  { days: 14, minutes: 12 * MINUTES_PER_HOUR },
  { days: 7, minutes: 6 * MINUTES_PER_HOUR },
] as const;

type PollingHabit = Pick<FetchState, 'askedMinutes' | 'recentDates' | 'newestArticleAt' | 'oldestItemAt'>;
type SourceInterval = Pick<Source, 'url' | 'every'>;

/** Minutes from a request at `at` to the next. 0 for a file without `every`. */
export function computeInterval(habit: PollingHabit, source: SourceInterval, at: Date): number {
  if (isFile(source)) return source.every ?? 0;
  const requested = requestedMinutes(habit);
  if (source.every !== null)
    return clamp(Math.max(requested, source.every, findInactiveStep(habit, at) ?? 0), SHORTEST_EVERY);
  const preferred = Math.max(DEFAULT_INTERVAL, findInactiveStep(habit, at) ?? postingGap(habit) / 2);
  return clamp(Math.max(requested, Math.min(preferred, windowMinutes(habit, at))), SHORTEST);
}

/** null: now. Recomputed on each call, so that a changed `every` applies at once. @param runEvery null: unknown. */
export function computeDueTime(state: FetchState, source: Source, runEvery: number | null): Date | null {
  if (state.lastAttemptAt === null || state.nextAttemptAt === null) return null;
  if (state.failures > 0) return state.nextAttemptAt;
  const interval = computeInterval(state, source, state.lastAttemptAt);
  const often = runEvery !== null && runEvery * RUNS_IN_INTERVAL <= interval;
  const spread = often ? 1 + JITTER * pseudoRandom(state.sourceId, state.lastAttemptAt) : EARLY_SHARE;
  return addMinutes(state.lastAttemptAt, Math.max(isFile(source) ? 0 : requestedMinutes(state), interval * spread));
}

/** Warns if the configured `every` is too long for the source, so that articles are missed; else null. */
export function createScheduleWarning(state: FetchState, source: Source): string | null {
  if (source.every === null || state.lastSuccessAt === null || isFile(source)) return null;
  const window = Math.max(windowMinutes(state, state.lastSuccessAt), SHORTEST);
  if (source.every <= window) return null;
  return `articles may be missed: "every" is ${source.every} min, but at most ${Math.floor(window)} min is safe for this source`;
}

export function isFile(source: SourceInterval): boolean {
  return source.url.startsWith('file:');
}

function requestedMinutes(habit: PollingHabit): number {
  return Math.min(habit.askedMinutes ?? 0, MINUTES_PER_DAY);
}

function findInactiveStep(habit: PollingHabit, at: Date): number | null {
  if (habit.newestArticleAt === null) return null;
  const days = minutesBetween(habit.newestArticleAt, at) / MINUTES_PER_DAY;
  return INACTIVE_STEPS.find((step) => days >= step.days)?.minutes ?? null;
}

/** Mean time between two recent articles, in minutes; 0: unknown. */
export function postingGap(habit: Pick<PollingHabit, 'recentDates'>): number {
  const newest = habit.recentDates[0];
  const oldest = habit.recentDates.at(-1);
  if (newest === undefined || oldest === undefined || newest === oldest) return 0;
  return minutesBetween(oldest, newest) / (habit.recentDates.length - 1);
}

/** Half the age of the document's oldest item, in minutes: a safe interval. */
function windowMinutes(habit: PollingHabit, at: Date): number {
  return habit.oldestItemAt === null ? Number.POSITIVE_INFINITY : minutesBetween(habit.oldestItemAt, at) / 2;
}

function clamp(minutes: number, shortest: number): number {
  return Math.min(Math.max(minutes, shortest), MINUTES_PER_DAY);
}
