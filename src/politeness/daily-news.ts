/** Limits the new articles of a source per day, so that one source cannot flood the feeds. */
import type { FetchState } from '../model/source.js';

type DailyNews = Pick<FetchState, 'newsByDay' | 'newsWaitsUntil'>;

const DAY = 86_400_000;
/** Days that are remembered, and the number that makes a habit. */
const REMEMBERED = 30;
const HABIT = 7;
/** Factor above the usual day. */
const MORE_THAN_USUAL = 3;

export function countAllowedNews(state: DailyNews, perDay: number, now: Date): number {
  const today = toDayNumber(now);
  const days = selectRecentDays(state, today);
  const usual = days.filter(({ day, full }) => day !== today && !full).map(({ taken }) => taken);
  const median = usual.length < HABIT ? 0 : usual.sort((a, b) => a - b)[Math.floor(usual.length / 2)]!;
  const taken = days.find(({ day }) => day === today)?.taken ?? 0;
  return Math.max(0, Math.max(perDay, MORE_THAN_USUAL * median) - taken);
}

/** @param waiting articles left in the document, which may be taken from the next day (UTC). */
export function recordNews(state: DailyNews, taken: number, waiting: number, now: Date): DailyNews {
  const today = toDayNumber(now);
  const days = selectRecentDays(state, today);
  const before = days.find(({ day }) => day === today) ?? { day: today, taken: 0, full: false };
  const current = { day: today, taken: before.taken + taken, full: before.full || waiting > 0 };
  const others = days.filter(({ day }) => day !== today);
  return {
    // A day that reached the limit does not count as usual, or a flood would raise the limit.
    newsByDay: current.taken > 0 || current.full ? [current, ...others].slice(0, REMEMBERED) : others,
    newsWaitsUntil: waiting > 0 ? new Date((today + 1) * DAY) : null,
  };
}

/** Whether an unchanged document must be read again, because articles that waited in it may be taken now. */
export function canTakeWaiting(state: DailyNews, perDay: number, now: Date): boolean {
  return state.newsWaitsUntil !== null && countAllowedNews(state, perDay, now) > 0;
}

/** Drops days in the future, which a wrong clock recorded. */
function selectRecentDays({ newsByDay }: DailyNews, today: number): FetchState['newsByDay'] {
  return newsByDay.filter(({ day }) => day <= today && day > today - REMEMBERED);
}

function toDayNumber(now: Date): number {
  return Math.floor(now.getTime() / DAY);
}
