/** What robots.txt of a site lets us ask for (RFC 9309): where it is, how long an answer counts, what it allows. */
import { createRequire } from 'node:module';
import type robotsParser from 'robots-parser';
import type { FetchResult, WantedFile } from '../model/fetch.js';
import { freshMinutes } from './freshness.js';
import { addMinutes, MINUTES_PER_DAY, MINUTES_PER_HOUR } from './minutes.js';

/** RFC 9309 2.2.1: by which rules name us; the beginning of our User-Agent. */
const PRODUCT_TOKEN = 'newsloom';

/** RFC 9309 2.5: at least 500 KiB must be read; what follows is not. */
export const ROBOTS_FILE: WantedFile = { accept: 'text/plain, */*;q=0.1', most: 500 * 1024, part: 'beginning' };

/** What is remembered of the robots.txt of a site. */
export interface SiteRobots {
  /** Its lines that are rules; '': all is allowed. */
  readonly rules: string;
  /** ISO 8601: until then it need not be asked for again. */
  readonly until: string;
}

/** RFC 9309 2.3. */
export function robotsUrl(url: string): string {
  return new URL('/robots.txt', url).href;
}

/**
 * What an answer for a robots.txt means; null: nobody could say, and nothing may be asked for (RFC 9309 2.3.1.4): no answer, 5xx, and 429,
 * which asks to be left alone. Any other 4xx: there is none, so all is allowed (2.3.1.3).
 */
export function robotsAfter(answer: FetchResult, now: Date): SiteRobots | null {
  const until = addMinutes(now, lifetimeMinutes(answer)).toISOString();
  if (answer.kind === 'fresh') return { rules: rulesIn(Buffer.from(answer.body).toString('utf8')), until };
  const isMissing = answer.kind === 'failed' && answer.status !== null && answer.status >= 400 && answer.status < 500;
  return isMissing && answer.status !== 429 ? { rules: '', until } : null;
}

/** RFC 9309 2.4: by HTTP's rules, but no longer than a day; and not for each page anew. */
function lifetimeMinutes({ headers }: FetchResult): number {
  const fresh = 'cache-control' in headers || 'expires' in headers ? (freshMinutes(headers) ?? 0) : MINUTES_PER_DAY;
  return Math.min(Math.max(fresh, MINUTES_PER_HOUR), MINUTES_PER_DAY);
}

/** Without what must not matter for the grouping of rules (RFC 9309 2.2.4): comments, empty lines, other records. */
function rulesIn(text: string): string {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  return lines.filter((line) => /^\s*(?:user-agent|allow|disallow)\s*:/i.test(line)).join('\n');
}

export function isRobotsCurrent({ until }: SiteRobots, now: Date): boolean {
  return Date.parse(until) > now.getTime();
}

/** Whether we may ask for an address of the site that these rules are of. */
export function allows({ rules }: SiteRobots, url: string): boolean {
  if (rules === '') return true;
  const parse: typeof robotsParser.default = createRequire(import.meta.url)('robots-parser');
  return parse(robotsUrl(url), rules).isAllowed(url, PRODUCT_TOKEN) !== false;
}
