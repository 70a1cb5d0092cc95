/** How many new articles a source may bring in a day: one that suddenly brings thousands would push all others out of the heads. */
import type { FetchState } from '../model/source.js';

type DailyNews = Pick<FetchState, 'newsByDay' | 'newsWaitsUntil'>;

const DAY = 86_400_000;
/** Days that are remembered, and how many of them are a habit. */
const REMEMBERED = 30;
const HABIT = 7;
/** So many times its usual day may come in one day. */
const MORE_THAN_USUAL = 3;

/** How many more it may bring today. */
export function newsAllowed(state: DailyNews, perDay: number, now: Date): number {
  const today = dayOf(now);
  const days = recentDays(state, today);
  const usual = days.filter(({ day, full }) => day !== today && !full).map(({ taken }) => taken);
  const median = usual.length < HABIT ? 0 : usual.sort((a, b) => a - b)[Math.floor(usual.length / 2)]!;
  const taken = days.find(({ day }) => day === today)?.taken ?? 0;
  return Math.max(0, Math.max(perDay, MORE_THAN_USUAL * median) - taken);
}

/** `waiting`: how many more stand in the document; they may be taken from the next day (UTC) on. */
export function afterNews(state: DailyNews, taken: number, waiting: number, now: Date): DailyNews {
  const today = dayOf(now);
  const days = recentDays(state, today);
  const before = days.find(({ day }) => day === today) ?? { day: today, taken: 0, full: false };
  const current = { day: today, taken: before.taken + taken, full: before.full || waiting > 0 };
  const others = days.filter(({ day }) => day !== today);
  return {
    // A day that reached the limit is no habit: else a flood would raise it.
    newsByDay: current.taken > 0 || current.full ? [current, ...others].slice(0, REMEMBERED) : others,
    newsWaitsUntil: waiting > 0 ? new Date((today + 1) * DAY) : null,
  };
}

/**
 * Whether a document must be read again although it is unchanged: what waited in it may be taken now, since another day has begun or
 * the limit was raised.
 */
export function mayTakeWaiting(state: DailyNews, perDay: number, now: Date): boolean {
  return state.newsWaitsUntil !== null && newsAllowed(state, perDay, now) > 0;
}

/** Days that a wrong clock made are left out. */
function recentDays({ newsByDay }: DailyNews, today: number): FetchState['newsByDay'] {
  return newsByDay.filter(({ day }) => day <= today && day > today - REMEMBERED);
}

function dayOf(now: Date): number {
  return Math.floor(now.getTime() / DAY);
}
