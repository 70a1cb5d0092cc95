/** Reads the reservations of a site's file (TDM Reservation Protocol, W3C Community Group, 2024, section 6). */
import type { FetchResult, FileRequest } from '../model/fetch.js';
import { addMinutes } from './minutes.js';
import { computeLifetime } from './robots.js';

export const TDMREP_FILE: FileRequest = { accept: 'application/json, */*;q=0.1', most: 256 * 1024, part: 'beginning' };

export interface SiteReservations {
  /** Patterns of reserved paths, with `*` and `$` as in robots.txt. */
  readonly reserved: readonly string[];
  /** ISO 8601: end of its lifetime. */
  readonly until: string;
}

export function tdmrepUrl(url: string): string {
  return new URL('/.well-known/tdmrep.json', url).href;
}

/** null: unknown (no response, 429, 5xx), as for robots.txt. A missing file reserves nothing. */
export function readReservations(answer: FetchResult, now: Date): SiteReservations | null {
  const until = addMinutes(now, computeLifetime(answer)).toISOString();
  if (answer.kind === 'fresh') return { reserved: parsePatterns(answer.body), until };
  const isMissing = answer.kind === 'failed' && answer.status !== null && answer.status >= 400 && answer.status < 500;
  return isMissing && answer.status !== 429 ? { reserved: [], until } : null;
}

/** In characters: limits of one pattern, and of all patterns of a file. */
const LONGEST = 500;
const MOST_CHARACTERS = 20_000;
/** For a file that is too long: everything is reserved. */
const ALL = ['/'];

function parsePatterns(body: Uint8Array): readonly string[] {
  const text = Buffer.from(body)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (body.length >= TDMREP_FILE.most && /^\s*[[{]/.test(text)) return ALL;
  const patterns = parseRules(text).flatMap((rule) => {
    if (typeof rule !== 'object' || rule === null) return [];
    const { location, 'tdm-reservation': reservation } = rule as Readonly<Record<string, unknown>>;
    const isReserved = reservation === 1 || reservation === '1' || reservation === true;
    return isReserved && typeof location === 'string' ? [location.slice(0, LONGEST)] : [];
  });
  const length = patterns.reduce((sum, pattern) => sum + pattern.length + 1, 0);
  return length > MOST_CHARACTERS ? ALL : patterns;
}

function parseRules(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return [];
  }
}

/** Any reserving rule counts. Rules that free a part are ignored. */
export function isPathReserved({ reserved }: SiteReservations, url: string): boolean {
  const { pathname, search } = new URL(url);
  return reserved.some((pattern) => matchesPattern(pattern, pathname + search));
}

/** RFC 9309 2.2.3. Takes at most the product of both lengths. */
function matchesPattern(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...rest] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return !isWhole || path === first;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return isWhole ? path.length - last.length >= at && path.endsWith(last) : path.indexOf(last, at) >= 0;
}
