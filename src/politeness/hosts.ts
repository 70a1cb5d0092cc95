/** Determines which addresses a 429 or 503 covers: a registrable domain, or one customer of a shared service. */
import type { HostState } from '../model/source.js';
import { TENANT_DOMAINS } from '../text/url/platforms.js';
import { loadSuffixes } from '../text/url/site-of.js';
import { MINUTES_PER_DAY, minutesBetween } from './minutes.js';

/** If so many customers of one service are held, all are. */
const MIN_HELD_CUSTOMERS = 3;

interface Place {
  /** Key of `HostState`. */
  readonly host: string;
  /** The domain of a service that gives each customer a subdomain; null: not a customer. */
  readonly service: string | null;
}

/** Key of `HostState`: the registrable domain; empty for addresses without a host (`file:`). */
export function coolDownHost(url: string): string {
  return locateHost(url).host;
}

/** Probably one set of servers: a service with all its customers, else a registrable domain. */
export function toServerKey(url: string): string {
  const { host, service } = locateHost(url);
  return service ?? host;
}

/** Until when the host, its service or several customers of that hold an address; null: free. */
export function findHostHold(url: string, hosts: ReadonlyMap<string, HostState>, now: Date): Date | null {
  const held = [...hosts.values()].filter((one) => isHeld(one, now));
  if (held.length === 0) return null;
  const { host, service } = locateHost(url);
  const own = held
    .filter((one) => one.host === host || one.host === service)
    .map(({ notBefore }) => notBefore.getTime());
  const neighbours = service === null ? [] : held.filter((one) => findService(one.host) === service);
  const ends = neighbours.map(({ notBefore }) => notBefore.getTime()).sort((a, b) => b - a);
  const latest = Math.max(0, ...own, ends[MIN_HELD_CUSTOMERS - 1] ?? 0);
  return latest > 0 ? new Date(latest) : null;
}

/** A period of more than a day comes from a wrong clock and is ignored. */
export function isHeld({ notBefore }: Pick<HostState, 'notBefore'>, now: Date): boolean {
  return notBefore > now && minutesBetween(now, notBefore) <= MINUTES_PER_DAY + 1;
}

/** Key of the `HostState` of one source that was redirected to a host in cool-down. */
export function toRedirectKey(sourceId: string): string {
  return `redirected ${sourceId}`;
}

/** The files of a host, as a source: a redirect of them never holds a feed. */
export function toFileSource(url: string): { readonly id: string; readonly url: string } {
  return { id: `files of ${coolDownHost(url)}`, url };
}

/** Whether a page or picture is held by its host, or by the target of its host's redirects. */
export function isFileHeld(url: string, hosts: ReadonlyMap<string, HostState>, now: Date): boolean {
  const redirected = hosts.get(toRedirectKey(toFileSource(url).id));
  return (redirected !== undefined && isHeld(redirected, now)) || findHostHold(url, hosts, now) !== null;
}

function locateHost(url: string): Place {
  const name = new URL(url).hostname.replace(/\.$/, '');
  const { domain, publicSuffix, isPrivate } = loadSuffixes().parse(name, {
    allowPrivateDomains: true,
    extractHostname: false,
  });
  if (domain === null) return { host: name, service: null };
  if (isPrivate === true) return { host: domain, service: publicSuffix };
  if (!TENANT_DOMAINS.has(domain)) return { host: domain, service: null };
  const [tenant] = name
    .slice(0, -domain.length - 1)
    .split('.')
    .slice(-1);
  return tenant === '' ? { host: domain, service: null } : { host: `${tenant}.${domain}`, service: domain };
}

function findService(host: string): string | null {
  return host.includes(' ') ? null : locateHost(`http://${host}/`).service;
}

/** Rate limiters of many sites, recognised by a response header. */
const LIMITERS = {
  'cf-mitigated': /./,
  server: /cloudflare|akamai|ddos-guard|sucuri|imperva|incapsula|datadome|cloudfront|varnish|fastly/i,
  'x-datadome': /./,
  'x-sucuri-id': /./,
  'x-iinfo': /./,
};

export function isKnownLimiter(headers: Readonly<Record<string, string>>): boolean {
  return Object.entries(LIMITERS).some(([header, value]) => value.test(headers[header] ?? ''));
}
