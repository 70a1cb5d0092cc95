/** Addresses: the form that readers click, and the key under which all spellings of one page are one. WHATWG URL, no request. */

import { detachString } from './own-copy.js';
import { hasTracking, isTracking } from './tracking.js';
import { mayStandForAnother, type PageParts, unwrapAmpCache, unwrapRedirect, withoutAmp } from './unwrap.js';

/** Longer ones are data or an attack. */
const MAX_LENGTH = 8_192;

/**
 * An absolute http(s) URL, resolved against `base`, without credentials; null for anything else. Fragment and query stay
 * as they are.
 */
export function absoluteUrl(raw: string, base: string | null): URL | null {
  const trimmed = raw.trim();
  if (trimmed === '' || trimmed.length > MAX_LENGTH) return null;
  const url = parse(trimmed, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  if (url.href.includes('@')) {
    url.username = '';
    url.password = '';
  }
  return url;
}

/** Spelled as the URL standard would spell it: nothing to resolve, to lower or to escape. */
const SETTLED =
  /^(https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,})?\/(?!\/)[\w\-/~.%?=&;,+:@!$()*]*(?:#[\w\-/~.%?=&;,+:@!$()*]*)?$/;
const UNSETTLED = /xn--|\/\.|\/%2e/i;

/** `absoluteUrl` as a string. Most addresses in an article are settled and cost no parsing. */
export function absoluteHref(raw: string, base: string | null): string | null {
  return settledHref(raw, base) ?? absoluteUrl(raw, base)?.href ?? null;
}

function settledHref(raw: string, base: string | null): string | null {
  if (!isSettled(raw)) return null;
  if (raw.charCodeAt(0) !== SLASH) return raw;
  const origin = base === null ? null : siteOf(base).origin;
  return origin === null ? null : origin + raw;
}

/** What the addresses of one site begin with. */
interface Site {
  /** Null where the address that it was read from is not settled. */
  readonly origin: string | null;
  /** Of keys; null where they may begin otherwise. */
  readonly key: string | null;
}

const NO_SITE: Site = { origin: null, key: null };

/** All links of an article are read against one base. */
let last: { readonly base: string; readonly site: Site } = { base: '', site: NO_SITE };

function siteOf(base: string): Site {
  if (base !== last.base) last = { base, site: readSite(base) };
  return last.site;
}

function readSite(base: string): Site {
  if (base.charCodeAt(0) === SLASH || !isSettled(base)) return NO_SITE;
  const origin = base.slice(0, base.indexOf('/', 8));
  if (origin === last.site.origin) return last.site;
  return {
    origin: detachString(origin),
    key: mayStandForAnother(hostOf(base)) ? null : urlKey(`${origin}/`).slice(0, -1),
  };
}

const SLASH = 47;

/** Whether an address is spelled as `absoluteUrl` would spell it; a path alone counts, too. */
export function isSettled(raw: string): boolean {
  return raw.length < 1_000 && SETTLED.test(raw) && !UNSETTLED.test(raw);
}

/**
 * The address that readers click: absolute, http(s), IDN in ASCII, without default port, credentials, fragment (`#!…`
 * stays: it names a page) and tracking parameters; known redirectors and AMP caches are unwrapped. Parameters keep their
 * order and spelling. `ref` goes only where it names the host of `base`, the feed's own. Idempotent; null where there is no
 * such address.
 */
export function canonicalUrl(raw: string, base: string | null): string | null {
  const settled = settledCanonical(raw, base);
  return settled === null ? (canonical(raw, base)?.href ?? null) : detachString(settled);
}

/** Settled, and with nothing in it that `canonical` would change: so is nearly every address of a publisher. Else null. */
function settledCanonical(raw: string, base: string | null): string | null {
  const href = settledHref(raw, base);
  if (href === null || href.includes('#')) return null;
  const query = href.indexOf('?');
  const kept = query < 0 || isKept(href.slice(query + 1));
  return kept && !mayStandForAnother(hostOf(href)) ? href : null;
}

/** Of a settled address. */
function hostOf(href: string): string {
  const start = href.indexOf('/') + 2;
  return href.slice(start, href.indexOf('/', start));
}

/** Whether every parameter chooses the page, as far as can be seen: one that is escaped or called `ref` asks for a closer look. */
function isKept(query: string): boolean {
  return !/%|\+|^$|^&|&&|&$|(?:^|&)ref=/i.test(query) && !hasTracking(query);
}

/**
 * One key for all addresses that are the same page: scheme, `www.`, trailing slash, default port, letter case of host and
 * percent-encoding, tracking parameters, fragment and AMP make no difference. It is itself an https address. Idempotent; what
 * is no http(s) address is its own key.
 */
export function urlKey(raw: string): string {
  const settled = settledCanonical(raw, null);
  if (settled !== null) return keyOf(settledParts(settled), '');
  const url = canonical(raw, null);
  if (url === null) return raw.trim();
  return keyOf({ host: url.host, path: url.pathname, query: url.search }, url.hash);
}

/** `urlKey` of the address that `raw` means at `base`; null where it means none. */
export function urlKeyAt(raw: string, base: string): string | null {
  const path = raw.charCodeAt(0) === SLASH && isSettled(raw) && !raw.includes('#');
  const site = path ? siteOf(base).key : null;
  const query = raw.indexOf('?');
  if (site !== null && (query < 0 || isKept(raw.slice(query + 1)))) return site + keyOfPath(raw, query);
  const url = absoluteHref(raw, base);
  return url === null ? null : urlKey(url);
}

/** Of a settled path whose query begins at `query`. */
function keyOfPath(raw: string, query: number): string {
  const parts = query < 0 ? { path: raw, query: '' } : { path: raw.slice(0, query), query: raw.slice(query) };
  const key = withoutAmp({ host: '', path: sameEscapes(parts.path), query: sameEscapes(parts.query) });
  return key.path + key.query;
}

function keyOf(parts: PageParts, hash: string): string {
  const given = { host: parts.host, path: sameEscapes(parts.path), query: sameEscapes(parts.query) };
  const { host, path, query } = withoutAmp(given);
  return `https://${host}${path}${query}${hash}`;
}

function settledParts(href: string): PageParts {
  const host = hostOf(href);
  const path = href.indexOf('/', 8);
  const query = href.indexOf('?');
  return { host, path: href.slice(path, query < 0 ? undefined : query), query: query < 0 ? '' : href.slice(query) };
}

function canonical(raw: string, base: string | null): URL | null {
  const given = absoluteUrl(raw, base);
  if (given === null) return null;
  const url = unwrap(given);
  if (url.href.includes('?')) dropTracking(url, base === null ? null : (parse(base, null)?.hostname ?? null));
  if (url.href.includes('#') && !url.hash.startsWith('#!')) url.hash = '';
  return url;
}

/** Hosts that belong together: `www.` aside. */
export function bareHost(url: string | null): string | null {
  const host = url === null ? undefined : absoluteUrl(url, null)?.hostname;
  return host === undefined ? null : host.replace(/^www\./, '');
}

function parse(raw: string, base: string | null): URL | null {
  try {
    return base === null || base === '' ? new URL(raw) : new URL(raw, base);
  } catch {
    return null;
  }
}

/** Redirectors stand in one another; nobody needs more than a few. */
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

function dropTracking(url: URL, ownHost: string | null): void {
  if (url.search === '') {
    url.search = '';
    return;
  }
  const parts = url.search.slice(1).split('&');
  const kept = parts.filter((part) => part !== '' && !isTracking(part, ownHost));
  if (kept.length < parts.length) url.search = kept.join('&');
}

/** RFC 3986 6.2.2: upper-case hex digits, and no escape where none is needed. */
function sameEscapes(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([0-9a-f]{2})/gi, (triplet) => {
    const char = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(char) ? char : triplet.toUpperCase();
  });
}
