/** Computes the moments at which the issues of a digest close, in the time zone of the site. */
import type { DigestTimes } from '../model/digest.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** More days than any month has, so that one of them is always a day on which an issue closes. */
const MOST_DAYS = 40;

/** Minutes that the site's clocks are ahead of UTC at a moment. */
export type ClockOffset = (at: Date) => number;

/** The last such moment that is not after `at`. */
export function boundaryUntil(times: DigestTimes, at: Date, offset: ClockOffset): Date {
  const day = localDay(at, offset) + 1;
  for (let d = day; d >= day - MOST_DAYS; d--) {
    const moment = closingOn(d, times, offset);
    if (moment !== null && moment.getTime() <= at.getTime()) return moment;
  }
  throw new RangeError('a digest that never closes');
}

/** The first such moment that is after `at`. */
export function boundaryAfter(times: DigestTimes, at: Date, offset: ClockOffset): Date {
  const day = localDay(at, offset) - 1;
  for (let d = day; d <= day + MOST_DAYS; d++) {
    const moment = closingOn(d, times, offset);
    if (moment !== null && moment.getTime() > at.getTime()) return moment;
  }
  throw new RangeError('a digest that never closes');
}

/** Days since 1970, by the site's calendar. */
function localDay(at: Date, offset: ClockOffset): number {
  return Math.floor((at.getTime() + offset(at) * MINUTE) / DAY);
}

/** null: no issue closes on that day. A time that a change of clocks leaves out is as much later, one that comes twice is the first. */
function closingOn(day: number, { days, minute }: DigestTimes, offset: ClockOffset): Date | null {
  const date = new Date(day * DAY);
  const isDay = days === 'first-of-month' ? date.getUTCDate() === 1 : days.includes(date.getUTCDay());
  if (!isDay) return null;
  const local = day * DAY + minute * MINUTE;
  // The offset at the moment itself: looked up a day before, which is before any change of that day, then where that leads.
  const before = offset(new Date(local - DAY));
  const guess = new Date(local - before * MINUTE);
  const there = offset(guess);
  const second = new Date(local - there * MINUTE);
  return there === before || offset(second) !== there ? guess : second;
}
