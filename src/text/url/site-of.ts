/** Determines the site of an address: its registrable domain. */
import { createRequire } from 'node:module';
import { cacheByText } from '../cached.js';
import { parseUrl } from './parse-url.js';

/**
 * Uses the private part of the public-suffix list, so `anna.github.io` is a site. Without a registrable domain (IP
 * address, `localhost`): host and port. null: not an http(s) address.
 */
export function findSite(url: string): string | null {
  const parsed = parseUrl(url);
  return parsed === null ? null : findUrlSite(parsed);
}

/** As `findSite`, for a parsed address. */
export function findUrlSite({ protocol, hostname, host }: URL): string | null {
  if (!/^https?:$/.test(protocol) || hostname === '') return null;
  const name = hostname.replace(/\.$/, '');
  return findDomain(name) ?? host;
}

const findDomain = cacheByText((hostname) =>
  loadSuffixes().getDomain(hostname, { allowPrivateDomains: true, extractHostname: false }),
);

let loaded: typeof import('tldts') | undefined;

/** The public-suffix list, loaded on first use because it is long. */
export function loadSuffixes(): typeof import('tldts') {
  loaded ??= createRequire(import.meta.url)('tldts') as typeof import('tldts');
  return loaded;
}

/** A URL key with the site's own name replaced, so that it stays equal if the site moves. */
export function replaceSite(key: string, site: string | null): string {
  if (site === null || !key.startsWith('https://')) return key;
  const end = key.indexOf('/', 8);
  const start = end - site.length;
  const isWithin = start >= 8 && key.startsWith(site, start) && (start === 8 || key[start - 1] === '.');
  return isWithin ? `${key.slice(0, start)}~${key.slice(end)}` : key;
}
