/** Decides which URLs may be requested, for the first request and every redirect. */

import { isIP } from 'node:net';
import { isAddress } from '../model/address.js';
import type { FetchError } from '../model/errors.js';
import { type FetchRequest, NOT_FOLLOWED } from '../model/fetch.js';
import type { Resolve } from './agents.js';
import { createFetchError, PRIVATE_ADDRESS_MESSAGE } from './errors.js';
import { isPublicAddress } from './guard.js';

const SCHEMES = new Set(['http:', 'https:']);
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
/** Fetch Standard 2.9, "bad ports": used only if the source's own URL names one. */
const BAD_PORTS = new Set(
  `0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 161
  179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060
  5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080`.split(/\s+/),
);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/** Removes the fragment and the credentials, which are sent in a header instead. */
export function toBareUrl(url: URL): URL {
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

/** Returns the error if the URL must not be requested for this source; null: allowed. Hosts known to `resolve` may be private. */
export function checkRequestUrl(url: URL, request: FetchRequest, resolve: Resolve | null): FetchError | null {
  if (!SCHEMES.has(url.protocol))
    return createFetchError('FETCH_FORBIDDEN', url.href, 'is not an http(s) URL', 'scheme');
  if (!isAllowedPort(url, request))
    return createFetchError('FETCH_FORBIDDEN', url.href, `uses port ${getPort(url)}, which is not allowed`, 'port');
  if (request.allowPrivateAddresses || resolve?.(url.hostname)) return null;
  return isPrivateHost(url.hostname)
    ? createFetchError('FETCH_FORBIDDEN', url.href, PRIVATE_ADDRESS_MESSAGE, 'address')
    : null;
}

/** Returns the next URL, or the reason not to follow the redirect. `seen`: all URLs of this fetch so far. */
export function resolveRedirect(from: URL, location: string | undefined, seen: readonly string[]): URL | FetchError {
  const fail = (words: string, reason: string) => createFetchError('FETCH_REDIRECT', from.href, words, reason);
  if (location === undefined) return fail('redirects without a Location header', 'no-location');
  const text = decodeUtf8Header(location);
  if (!isAddress(text, from.href)) return fail('redirects to an invalid URL', 'bad-url');
  const to = new URL(text, from);
  if (to.username !== '' || to.password !== '')
    return createFetchError('FETCH_FORBIDDEN', from.href, 'redirects to a URL with a user name', 'credentials');
  if (from.protocol === 'https:' && to.protocol === 'http:') return fail('redirects from https to http', 'downgrade');
  const bare = toBareUrl(to);
  if (seen.includes(bare.href)) return fail('redirects in a loop', 'loop');
  return seen.length > MOST_REDIRECTS ? fail(`redirects more than ${MOST_REDIRECTS} times`, 'too-many') : bare;
}

/** The redirect target's robots.txt must be read first. */
export function createNotFollowedError(from: URL): FetchError {
  return createFetchError('FETCH_REDIRECT', from.href, 'redirects; the redirect was not followed', NOT_FOLLOWED);
}

/** Checked before connecting: IP literals skip the lookup, and a proxy resolves local names itself. */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  return isIP(host) === 0 ? /(?:^|\.)localhost$/.test(host) : !isPublicAddress(host);
}

export function isOnBadPort(url: URL): boolean {
  return BAD_PORTS.has(getPort(url));
}

/** A redirect may keep the source's port. A bad port is allowed only on the source's own host. */
function isAllowedPort(url: URL, request: FetchRequest): boolean {
  const own = new URL(request.url);
  if (isOnBadPort(url)) return url.host === own.host;
  const port = getPort(url);
  return port === '80' || port === '443' || port === getPort(own);
}

function getPort(url: URL): string {
  return url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? '') : url.port;
}

/** Node decodes header bytes as Latin-1. Servers that send non-ASCII characters mean UTF-8. */
function decodeUtf8Header(latin1: string): string {
  if (/^[\x00-\x7f]*$/.test(latin1)) return latin1;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}
