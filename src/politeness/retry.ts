/** Computes delays after a failure: Retry-After (RFC 9110 10.2.3, RFC 6585 4) and back-off. */
import type { ResponseHeaders } from '../model/fetch.js';
import { parseHttpDate } from './http-date.js';
import { MINUTES_PER_DAY, minutesBetween } from './minutes.js';

/** In minutes, at most a day; null: missing or unreadable. */
export function parseRetryDelay(headers: ResponseHeaders, now: Date): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value) / 60, MINUTES_PER_DAY);
  const date = parseHttpDate(value);
  if (date === null) return null;
  // Relative to the server's own Date if present, because clocks differ.
  const wait = minutesBetween(parseHttpDate(headers.date) ?? now, date);
  return Math.min(Math.max(wait, 0), MINUTES_PER_DAY);
}

/** Minutes after failure n = 1, 2, …: 2, 4, … times the interval, at most a day, ±20 % by `dice` in [0, 1). */
export function computeBackOffMinutes(failures: number, intervalMinutes: number, dice: number): number {
  return Math.min(MINUTES_PER_DAY, intervalMinutes * 2 ** Math.min(failures, 20)) * (0.8 + 0.4 * dice);
}
