/** When to come back after a failure: Retry-After (RFC 9110 10.2.3, RFC 6585 4) and back-off. */
import type { ResponseHeaders } from '../model/fetch.js';
import { parseHttpDate } from './http-date.js';
import { DAY, minutesBetween } from './minutes.js';

/** Minutes that the server asks us to stay away, at most a day; null where it asks nothing that can be read. */
export function retryAfterMinutes(headers: ResponseHeaders, now: Date): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value) / 60, DAY);
  const date = parseHttpDate(value);
  if (date === null) return null;
  // Against the server's own clock where it shows it: clocks differ, the wish does not.
  const wait = minutesBetween(parseHttpDate(headers.date) ?? now, date);
  return Math.min(Math.max(wait, 0), DAY);
}

/** Failure n = 1, 2, …: twice the interval, four times, … up to a day, spread by a fifth either way. `dice` in [0, 1). */
export function backOffMinutes(failures: number, intervalMinutes: number, dice: number): number {
  return Math.min(DAY, intervalMinutes * 2 ** Math.min(failures, 20)) * (0.8 + 0.4 * dice);
}
