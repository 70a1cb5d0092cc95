/** Normalises addresses (WHATWG URL): the canonical form for readers, and a key that is equal for all spellings of one page. */

import { parseUrl } from './parse-url.js';
import { isTracking } from './tracking.js';
import { unwrapAmpCache, unwrapRedirect, withoutAmp } from './unwrap.js';

/** Longer addresses are data or an attack. */
const MAX_LENGTH = 8_192;

/** `www.paper.example/a`: a host without its scheme, not a folder. */
export function beginsWithHost(address: string): boolean {
  return /^www\.[\w-]+\./i.test(address);
}

/**
 * An absolute http(s) URL, resolved against `base`, without credentials; null for anything else. Fragment and query are kept. `&amp;`,
 * which is escaped once too often, is `&`.
 */
export function absoluteUrl(raw: string, base: string | null): URL | null {
  const said = raw.trim().replace(/&(?:amp;)+/g, '&');
  const trimmed = beginsWithHost(said) ? `https://${said}` : said;
  if (trimmed === '' || trimmed.length > MAX_LENGTH) return null;
  const url = parseUrl(trimmed, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  if (url.username !== '') url.username = '';
  if (url.password !== '') url.password = '';
  return url;
}

/** `absoluteUrl` as a string. */
export function absoluteHref(raw: string, base: string | null): string | null {
  return absoluteUrl(raw, base)?.href ?? null;
}

/**
 * The address for readers: absolute, http(s), IDN in ASCII, without default port, credentials, tracking parameters and fragment
 * (except `#!…` and `#/…`, which identify a page); known redirectors and AMP caches are unwrapped. Parameters keep their order and
 * spelling. `ref` and the like are dropped only where their value is a feed or the host of `base`, the feed's address. Idempotent; null
 * where it is no http(s) address.
 */
export function canonicalUrl(raw: string, base: string | null): string | null {
  return canonical(raw, base)?.href ?? null;
}

/**
 * One key for all addresses of a page: scheme, `www.`, trailing slash, default port, letter case of host and percent-encoding,
 * tracking parameters, fragment and AMP make no difference. The key is an https address itself. Idempotent. Anything but an
 * http(s) address is returned trimmed.
 */
export function urlKey(raw: string): string {
  return urlKeyAt(raw, null) ?? raw.trim();
}

/** `urlKey` of `raw` resolved against `base`; null where it is no http(s) address. */
export function urlKeyAt(raw: string, base: string | null): string | null {
  const given = absoluteUrl(raw, base);
  if (given === null) return null;
  const url = normalized(given, null);
  const parts = { host: url.host, path: sameEscapes(url.pathname), query: sameEscapes(url.search) };
  const { host, path, query } = withoutAmp(parts);
  return `https://${host}${path}${query}${url.hash}`;
}

function canonical(raw: string, base: string | null): URL | null {
  const given = absoluteUrl(raw, base);
  return given === null ? null : normalized(given, base);
}

function normalized(given: URL, base: string | null): URL {
  const url = unwrap(given);
  dropTracking(url, base);
  // What servers write for who keeps no cookies: another with each request.
  if (url.pathname.includes(';')) url.pathname = url.pathname.replace(/;jsessionid=[^/;]*/gi, '');
  if (url.href.includes('#') && !/^#(?:!|\/.)/.test(url.hash)) url.hash = '';
  return url;
}

/** Of a canonical address: no article's own, whoever links there. */
export function isFrontPage(url: string | null): boolean {
  return url !== null && /^https?:\/\/[^/]+\/$/.test(url);
}

/** The host without `www.`. */
export function bareHost(url: string | null): string | null {
  const host = url === null ? undefined : absoluteUrl(url, null)?.hostname;
  return host === undefined ? null : host.replace(/^www\./, '');
}

/** Redirectors may be nested; a few levels suffice. */
function unwrap(given: URL): URL {
  let url = given;
  for (let step = 0; step < 5; step++) {
    const target = unwrapAmpCache(url) ?? unwrapRedirect(url);
    const inner = target === null ? null : absoluteUrl(target, null);
    if (inner === null) return url;
    url = inner;
  }
  return url;
}

function dropTracking(url: URL, base: string | null): void {
  if (url.search === '') {
    if (url.href.includes('?')) url.search = '';
    return;
  }
  const parts = url.search.slice(1).split('&');
  const ownHost = base === null ? null : (parseUrl(base)?.hostname ?? null);
  const kept = parts.filter((part) => part !== '' && !isTracking(part, url.hostname, ownHost));
  if (kept.length < parts.length) url.search = kept.join('&');
}

/** RFC 3986 6.2.2: upper-case hex digits, unreserved characters unescaped, and what no URI may hold escaped (as in `httpUri`). */
function sameEscapes(text: string): string {
  const escaped = text.replace(/%([0-9a-f]{2})/gi, (triplet) => {
    const char = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(char) ? char : triplet.toUpperCase();
  });
  return escaped.replace(/["<>\\^`{|}[\]]/g, encodeURIComponent);
}
