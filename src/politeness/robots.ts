/** Interprets robots.txt (RFC 9309): its address, its lifetime and its rules. */
import { createRequire } from 'node:module';
import type robotsParser from 'robots-parser';
import type { FetchResult, FileRequest } from '../model/fetch.js';
import { absoluteHref } from '../text/url/url.js';
import { computeFreshMinutes } from './freshness.js';
import { addMinutes, MINUTES_PER_DAY, MINUTES_PER_HOUR, minutesBetween } from './minutes.js';

/** Our name in rules (RFC 9309 2.2.1), and the beginning of the User-Agent. */
export const PRODUCT_TOKEN = 'newsloom';

/** RFC 9309 2.5: at least 500 KiB must be read. */
export const ROBOTS_FILE: FileRequest = { accept: 'text/plain, */*;q=0.1', most: 500 * 1024, part: 'beginning' };

export interface SiteRobots {
  /** The rules for newsloom, by name or by `*`; '': everything is allowed. */
  readonly rules: string;
  /** Seconds between two requests (`Crawl-delay`); missing: none. */
  readonly delay?: number;
  /** The file names a licence for machines (RSL 1.0, `License:`). */
  readonly licensed?: true;
  /** ISO 8601: end of its lifetime. */
  readonly until: string;
}

/** RFC 9309 2.3. */
export function robotsUrl(url: string): string {
  return new URL('/robots.txt', url).href;
}

/** null: nothing may be requested (RFC 9309 2.3.1.4): no response, 5xx or 429. Other 4xx allow all (2.3.1.3). */
export function readRobots(answer: FetchResult, now: Date): SiteRobots | null {
  const until = addMinutes(now, computeLifetime(answer)).toISOString();
  if (answer.kind === 'fresh') {
    const text = Buffer.from(answer.body).toString('utf8');
    const delay = parseCrawlDelay(text);
    const licensed = LICENSED.test(text) && { licensed: true as const };
    return {
      rules: selectGroups(selectRuleLines(text, RULES)).join('\n'),
      until,
      ...(delay > 0 && { delay }),
      ...licensed,
    };
  }
  const isMissing = answer.kind === 'failed' && answer.status !== null && answer.status >= 400 && answer.status < 500;
  return isMissing && answer.status !== 429 ? { rules: '', until } : null;
}

const LICENSED = /^\s*license\s*:\s*\S/im;

/** RFC 9309 2.4: by HTTP's rules, between an hour and a day. */
export function computeLifetime({ headers }: FetchResult): number {
  const fresh =
    'cache-control' in headers || 'expires' in headers ? (computeFreshMinutes(headers) ?? 0) : MINUTES_PER_DAY;
  return Math.min(Math.max(fresh, MINUTES_PER_HOUR), MINUTES_PER_DAY);
}

const RULES = /^\s*(?:user-agent|allow|disallow)\s*:/i;
const DELAYS = /^\s*(?:user-agent|allow|disallow|crawl-delay)\s*:/i;

/** Keeps only lines that affect the grouping of rules (RFC 9309 2.2.4). */
function selectRuleLines(text: string, kept: RegExp): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  return lines.filter((line) => kept.test(line));
}

const AGENT = /^\s*user-agent\s*:([^#/]*)/i;

/** RFC 9309 2.2.1: a group is one or more names, and the rules after them. Keeps our groups and names. */
function selectGroups(lines: readonly string[]): string[] {
  let isOurs = false;
  let isNamed = false;
  return lines.filter((line) => {
    const name = AGENT.exec(line)?.[1]?.trim().toLowerCase();
    const isUs = name === PRODUCT_TOKEN || name === '*';
    if (name !== undefined) isOurs = isUs || (isNamed && isOurs);
    isNamed = name !== undefined;
    return name === undefined ? isOurs : isUs;
  });
}

/** In seconds, so that one site cannot block a run. */
const MOST_DELAY = 10;

/** In seconds; 0: none. Common, but not part of RFC 9309. */
function parseCrawlDelay(text: string): number {
  if (!/crawl-delay/i.test(text)) return 0;
  const delay = Number(
    parseRobots('https://site.invalid/robots.txt', selectRuleLines(text, DELAYS).join('\n')).getCrawlDelay(
      PRODUCT_TOKEN,
    ),
  );
  return delay > 0 ? Math.min(delay, MOST_DELAY) : 0;
}

/** Web addresses of the sitemaps in a robots.txt (sitemaps.org), each once, at most `MOST_SITEMAPS`. */
export function listSitemaps(text: string, base: string): string[] {
  const named = [...text.matchAll(/^[ \t]*sitemap[ \t]*:[ \t]*(\S+)/gim)].flatMap(([, url = '']) => {
    const address = absoluteHref(url, base);
    return address !== null && /^https?:/.test(address) ? [address] : [];
  });
  return [...new Set(named)].slice(0, MOST_SITEMAPS);
}

const MOST_SITEMAPS = 20;

/** For any site file. A lifetime of more than a day comes from a wrong clock and is ignored. */
export function isSiteFileCurrent({ until }: Pick<SiteRobots, 'until'>, now: Date): boolean {
  const left = minutesBetween(now, new Date(until));
  return left > 0 && left <= MINUTES_PER_DAY + 1;
}

/** @param url an address on the site of these rules. */
export function isUrlAllowed({ rules }: SiteRobots, url: string): boolean {
  if (rules === '') return true;
  return parseRobots(robotsUrl(url), rules).isAllowed(url, PRODUCT_TOKEN) !== false;
}

function parseRobots(url: string, rules: string): ReturnType<typeof robotsParser.default> {
  const parse: typeof robotsParser.default = createRequire(import.meta.url)('robots-parser');
  return parse(url, rules);
}
