/** Computes when the issues of a digest close, in the time zone of the site. */
import type { DigestTimes } from '../model/digest.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** More than the days of a month, so that an issue closes on at least one of them. */
const MAX_DAYS = 40;

/** Minutes that local time is ahead of UTC. */
export type ClockOffset = (at: Date) => number;

/** The last closing time that is not after `at`. */
export function findLastBoundary(times: DigestTimes, at: Date, offset: ClockOffset): Date {
  const day = toLocalDay(at, offset) + 1;
  for (let d = day; d >= day - MAX_DAYS; d--) {
    const moment = findClosingTime(d, times, offset);
    if (moment !== null && moment.getTime() <= at.getTime()) return moment;
  }
  throw new RangeError('the digest never closes');
}

/** The first closing time after `at`. */
export function findNextBoundary(times: DigestTimes, at: Date, offset: ClockOffset): Date {
  const day = toLocalDay(at, offset) - 1;
  for (let d = day; d <= day + MAX_DAYS; d++) {
    const moment = findClosingTime(d, times, offset);
    if (moment !== null && moment.getTime() > at.getTime()) return moment;
  }
  throw new RangeError('the digest never closes');
}

/** `2026-11-09` */
export function toLocalDate(at: Date, offset: ClockOffset): string {
  return new Date(toLocalDay(at, offset) * DAY).toISOString().slice(0, 10);
}

function toLocalDay(at: Date, offset: ClockOffset): number {
  return Math.floor((at.getTime() + offset(at) * MINUTE) / DAY);
}

/** null: no issue closes that day. A skipped local time moves forward; one that occurs twice is the first. */
function findClosingTime(day: number, { days, minute }: DigestTimes, offset: ClockOffset): Date | null {
  const date = new Date(day * DAY);
  const isDay = days === 'first-of-month' ? date.getUTCDate() === 1 : days.includes(date.getUTCDay());
  if (!isDay) return null;
  const local = day * DAY + minute * MINUTE;
  // Start with the offset of a day before, which precedes any clock change, then correct it.
  const before = offset(new Date(local - DAY));
  const guess = new Date(local - before * MINUTE);
  const there = offset(guess);
  const second = new Date(local - there * MINUTE);
  return there === before || offset(second) !== there ? guess : second;
}
