/** Decides which addresses may be requested, for the first request and every redirect, before a connection is made. */

import { isIP } from 'node:net';
import { isAddress } from '../model/address.js';
import type { FetchError } from '../model/errors.js';
import type { FetchRequest } from '../model/fetch.js';
import type { Resolve } from './agents.js';
import { fetchError, PRIVATE_WORDS } from './errors.js';
import { isPublicAddress } from './guard.js';

const SCHEMES = new Set(['http:', 'https:']);
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/** The address to request and store: no fragment, no credentials (these are sent in a header). */
export function bareUrl(url: URL): URL {
  if (!/[#@]/.test(url.href)) return url;
  const bare = new URL(url);
  bare.hash = '';
  bare.username = '';
  bare.password = '';
  return bare;
}

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** The error where the address must not be requested for this source; null: allowed. Hosts known to `resolve` may be private. */
export function whyForbidden(url: URL, request: FetchRequest, resolve: Resolve | null): FetchError | null {
  if (!SCHEMES.has(url.protocol)) return fetchError('FETCH_FORBIDDEN', url.href, 'is no http(s) address', 'scheme');
  if (!isAllowedPort(portOf(url), request))
    return fetchError('FETCH_FORBIDDEN', url.href, `is on port ${portOf(url)}, where no feed is read`, 'port');
  if (request.allowPrivateAddresses || resolve?.(url.hostname)) return null;
  return isPrivateHost(url.hostname) ? fetchError('FETCH_FORBIDDEN', url.href, PRIVATE_WORDS, 'address') : null;
}

/** The next address of a redirect, or the reason not to follow it. `seen`: all addresses of this fetch so far. */
export function redirectTarget(from: URL, location: string | undefined, seen: readonly string[]): URL | FetchError {
  const fail = (words: string, reason: string) => fetchError('FETCH_REDIRECT', from.href, words, reason);
  if (location === undefined) return fail('redirects without saying where to', 'no-location');
  const text = utf8(location);
  if (!isAddress(text, from.href)) return fail('redirects to something that is no address', 'bad-url');
  const to = new URL(text, from);
  if (to.username !== '' || to.password !== '')
    return fetchError('FETCH_FORBIDDEN', from.href, 'redirects to an address with a user name in it', 'credentials');
  if (from.protocol === 'https:' && to.protocol === 'http:')
    return fail('redirects from a secure address to an insecure one', 'downgrade');
  const bare = bareUrl(to);
  if (seen.includes(bare.href)) return fail('redirects in a circle', 'loop');
  return seen.length > MOST_REDIRECTS ? fail(`redirects more than ${MOST_REDIRECTS} times`, 'too-many') : bare;
}

/** IP literals are never resolved, and a proxy would resolve local names, so both are checked here. */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  return isIP(host) === 0 ? /(?:^|\.)localhost$/.test(host) : !isPublicAddress(host);
}

function isAllowedPort(port: string, request: FetchRequest): boolean {
  return port === '80' || port === '443' || port === portOf(new URL(request.url));
}

function portOf(url: URL): string {
  return url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? '') : url.port;
}

/** Header bytes are decoded as Latin-1; servers that send non-ASCII characters mean UTF-8. */
function utf8(latin1: string): string {
  if (/^[\x00-\x7f]*$/.test(latin1)) return latin1;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}
