/** What a site reserves in its file for machines (TDM Reservation Protocol, W3C Community Group, 2024, section 6). */
import type { FetchResult, WantedFile } from '../model/fetch.js';
import { addMinutes } from './minutes.js';
import { lifetimeMinutes } from './robots.js';

export const TDMREP_FILE: WantedFile = { accept: 'application/json, */*;q=0.1', most: 256 * 1024, part: 'beginning' };

/** What is remembered of the file of a site. */
export interface SiteReservations {
  /** Patterns of paths, with `*` and `$` as in robots.txt, on which rights are reserved. */
  readonly reserved: readonly string[];
  /** ISO 8601: until then it need not be asked for again. */
  readonly until: string;
}

export function tdmrepUrl(url: string): string {
  return new URL('/.well-known/tdmrep.json', url).href;
}

/** As with robots.txt: null where nobody could say (no answer, 429, 5xx); what is no such file reserves nothing. */
export function reservationsAfter(answer: FetchResult, now: Date): SiteReservations | null {
  const until = addMinutes(now, lifetimeMinutes(answer)).toISOString();
  if (answer.kind === 'fresh') return { reserved: patternsIn(answer.body), until };
  const isMissing = answer.kind === 'failed' && answer.status !== null && answer.status >= 400 && answer.status < 500;
  return isMissing && answer.status !== 429 ? { reserved: [], until } : null;
}

/** Characters of one pattern, and of all those of a file, that are remembered: many sites are. */
const LONGEST = 500;
const MOST_CHARACTERS = 20_000;
/** Of a file that is too long to be read, or to be remembered: nobody can say what it leaves free. */
const ALL = ['/'];

function patternsIn(body: Uint8Array): readonly string[] {
  const text = Buffer.from(body)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (body.length >= TDMREP_FILE.most && /^\s*[[{]/.test(text)) return ALL;
  const patterns = rulesIn(text).flatMap((rule) => {
    if (typeof rule !== 'object' || rule === null) return [];
    const { location, 'tdm-reservation': reservation } = rule as Readonly<Record<string, unknown>>;
    const isReserved = reservation === 1 || reservation === '1' || reservation === true;
    return isReserved && typeof location === 'string' ? [location.slice(0, LONGEST)] : [];
  });
  const length = patterns.reduce((sum, pattern) => sum + pattern.length + 1, 0);
  return length > MOST_CHARACTERS ? ALL : patterns;
}

function rulesIn(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return [];
  }
}

/** Whether any rule reserves an address of the site: one that frees a part of what another reserves is not relied on. */
export function isReservedAt({ reserved }: SiteReservations, url: string): boolean {
  const { pathname, search } = new URL(url);
  return reserved.some((pattern) => matches(pattern, pathname + search));
}

/** RFC 9309 2.2.3. Takes time in proportion to the product of both lengths at most. */
function matches(pattern: string, path: string): boolean {
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
