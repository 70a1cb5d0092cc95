/** Computes the freshness lifetime of a response (RFC 9111 4.2, 5.2.2, 5.3). */
import type { ResponseHeaders } from '../model/fetch.js';
import { parseHttpDate } from './http-date.js';

/** Minutes until the response is stale; null: unknown. `no-cache` demands revalidation, not a shorter interval. */
export function computeFreshMinutes(headers: ResponseHeaders): number | null {
  const directives = headers['cache-control']?.toLowerCase() ?? '';
  if (/(?:^|[\s,])no-(?:cache|store)(?!\s*=)/.test(directives)) return null;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/.exec(directives)?.[1];
  // RFC 9111 5.3: max-age overrides Expires.
  const seconds = maxAge === undefined ? secondsUntilExpiry(headers) : Number(maxAge) - parseAge(headers);
  return seconds > 0 ? seconds / 60 : null;
}

/** Seconds that the response has spent in caches (RFC 9111 5.1). */
function parseAge(headers: ResponseHeaders): number {
  const age = /^\s*(\d+)\s*$/.exec(headers.age ?? '')?.[1];
  return age === undefined ? 0 : Number(age);
}

/** Uses the server's own Date, whose clock may be wrong; 0: a date is missing or unreadable ("0", "-1": expired). */
function secondsUntilExpiry(headers: ResponseHeaders): number {
  const expires = parseHttpDate(headers.expires);
  const date = parseHttpDate(headers.date);
  return expires === null || date === null ? 0 : (expires.getTime() - date.getTime()) / 1000;
}
