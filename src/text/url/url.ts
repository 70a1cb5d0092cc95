/** Normalises addresses (WHATWG URL): a canonical form for readers, and an equal key for all spellings of a page. */

import { parseUrl } from './parse-url.js';
import { isTracking } from './tracking.js';
import { removeAmp, unwrapAmpCache, unwrapRedirect } from './unwrap.js';

/** A longer address is data or an attack. */
const MAX_LENGTH = 8_192;

/** `www.paper.example/a`: a host without its scheme, not a folder. */
export function startsWithHost(address: string): boolean {
  return /^www\.[\w-]+\./i.test(address);
}

/** Resolves against `base` and removes credentials; null: not an http(s) address. Repairs `&amp;`. */
export function absoluteUrl(raw: string, base: string | null): URL | null {
  const unescaped = raw.trim().replace(/&(?:amp;)+/g, '&');
  const trimmed = startsWithHost(unescaped) ? `https://${unescaped}` : unescaped;
  if (trimmed === '' || trimmed.length > MAX_LENGTH) return null;
  const url = parseUrl(trimmed, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  if (url.username !== '') url.username = '';
  if (url.password !== '') url.password = '';
  return url;
}

export function absoluteHref(raw: string, base: string | null): string | null {
  return absoluteUrl(raw, base)?.href ?? null;
}

/** For links in texts: as `absoluteHref`, without tracking parameters. */
export function untrackedHref(raw: string, base: string | null): string | null {
  const url = absoluteUrl(raw, base);
  if (url === null) return null;
  dropTracking(url, base);
  return url.href;
}

/**
 * The address for readers: absolute, http(s), IDN in ASCII. Drops default port, credentials, tracking parameters, and
 * fragments except `#!…` and `#/…`. Unwraps redirectors and AMP caches. `ref` and similar count as tracking if their
 * value is a feed or the host of `base`. Idempotent; null: not an http(s) address.
 */
export function canonicalUrl(raw: string, base: string | null): string | null {
  return toCanonical(raw, base)?.href ?? null;
}

/**
 * One key for all addresses of a page. Ignores scheme, `www.`, trailing slash, default port, case of the host,
 * percent-encoding, tracking parameters, fragment and AMP. The key is an https address. Idempotent. Other values are
 * trimmed.
 */
export function urlKey(raw: string): string {
  return resolveUrlKey(raw, null) ?? raw.trim();
}

/** `urlKey` of `raw` resolved against `base`; null: not an http(s) address. */
export function resolveUrlKey(raw: string, base: string | null): string | null {
  const given = absoluteUrl(raw, base);
  if (given === null) return null;
  const url = normalize(given, null);
  const parts = { host: url.host, path: normalizeEscapes(url.pathname), query: normalizeEscapes(url.search) };
  const { host, path, query } = removeAmp(parts);
  return `https://${host}${path}${query}${url.hash}`;
}

function toCanonical(raw: string, base: string | null): URL | null {
  const given = absoluteUrl(raw, base);
  return given === null ? null : normalize(given, base);
}

function normalize(given: URL, base: string | null): URL {
  const url = unwrap(given);
  dropTracking(url, base);
  // Session ids, which change with each request.
  if (url.pathname.includes(';')) url.pathname = url.pathname.replace(/;jsessionid=[^/;]*/gi, '');
  if (url.href.includes('#') && !/^#(?:!|\/.)/.test(url.hash)) url.hash = '';
  return url;
}

/** A canonical address that cannot be an article's own. */
export function isFrontPage(url: string | null): boolean {
  return url !== null && /^https?:\/\/[^/]+\/$/.test(url);
}

/** The host without `www.`. */
export function bareHost(url: string | null): string | null {
  const host = url === null ? undefined : absoluteUrl(url, null)?.hostname;
  return host === undefined ? null : host.replace(/^www\./, '');
}

/** Redirectors may be nested. */
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

/** RFC 3986 6.2.2: upper-case hex digits, no unnecessary escapes; invalid characters escaped (`toHttpUri`). */
function normalizeEscapes(text: string): string {
  if (!/[%"<>\\^`{|}[\]]/.test(text)) return text;
  const escaped = text.replace(/%([0-9a-f]{2})/gi, (triplet) => {
    const char = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(char) ? char : triplet.toUpperCase();
  });
  return escaped.replace(/["<>\\^`{|}[\]]/g, encodeURIComponent);
}
