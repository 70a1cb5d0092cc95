/** Which site an address belongs to: what one owner has registered. */
import { createRequire } from 'node:module';
import { parseUrl } from './parse-url.js';

/**
 * The registrable domain of an http(s) address, with the public-suffix list's private part, so that the tenants of a shared
 * domain (`anna.github.io`) are sites of their own; where there is none (an IP address, `localhost`) host and port. null: no
 * such address.
 */
export function siteOf(url: string): string | null {
  const parsed = parseUrl(url);
  return parsed === null ? null : siteOfUrl(parsed);
}

/** As `siteOf`, of a parsed address. */
export function siteOfUrl({ protocol, hostname, host }: URL): string | null {
  if (!/^https?:$/.test(protocol) || hostname === '') return null;
  const name = hostname.replace(/\.$/, '');
  return suffixes().getDomain(name, { allowPrivateDomains: true, extractHostname: false }) ?? host;
}

let loaded: typeof import('tldts') | undefined;

/** The public-suffix list. Loaded on first use: a run with no news asks for no site, and the list is long. */
export function suffixes(): typeof import('tldts') {
  loaded ??= createRequire(import.meta.url)('tldts') as typeof import('tldts');
  return loaded;
}

/** A URL key without the name of the site, if it lies there: equal for the same address of a site before and after it moved. */
export function keyWithinSite(key: string, site: string | null): string {
  if (site === null || !key.startsWith('https://')) return key;
  const end = key.indexOf('/', 8);
  const start = end - site.length;
  const lies = start >= 8 && key.startsWith(site, start) && (start === 8 || key[start - 1] === '.');
  return lies ? `${key.slice(0, start)}~${key.slice(end)}` : key;
}
