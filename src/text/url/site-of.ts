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
