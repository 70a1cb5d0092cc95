/** Which addresses a 429 or 503 covers: the registrable domain, or one customer of a service that gives each a subdomain. */
import type { HostState } from '../model/source.js';
import { TENANT_DOMAINS } from '../text/url/platforms.js';
import { suffixes } from '../text/url/site-of.js';
import { MINUTES_PER_DAY, minutesBetween } from './minutes.js';

/** Customers of one service that must be held at the same time before all are. */
const SEVERAL = 3;

interface Place {
  /** Key of `HostState`. */
  readonly host: string;
  /** The domain of a service that gives each customer a subdomain; null: the host is nobody's customer. */
  readonly service: string | null;
}

/** Key of `HostState`: the registrable domain; the empty string for addresses without a host (`file:`). */
export function coolDownHost(url: string): string {
  return placeOf(url).host;
}

/** What probably stands on one set of servers: a service with all of its customers, else a registrable domain. */
export function sharedServer(url: string): string {
  const { host, service } = placeOf(url);
  return service ?? host;
}

/** Until when an address is held by its host, or by its host's service, itself or where several of its customers are; null: it is not. */
export function hostHeldUntil(url: string, hosts: ReadonlyMap<string, HostState>, now: Date): Date | null {
  const held = [...hosts.values()].filter((one) => isHeld(one, now));
  if (held.length === 0) return null;
  const { host, service } = placeOf(url);
  const own = held
    .filter((one) => one.host === host || one.host === service)
    .map(({ notBefore }) => notBefore.getTime());
  const neighbours = service === null ? [] : held.filter((one) => serviceOf(one.host) === service);
  const ends = neighbours.map(({ notBefore }) => notBefore.getTime()).sort((a, b) => b - a);
  // Held for as long as several are.
  const latest = Math.max(0, ...own, ends[SEVERAL - 1] ?? 0);
  return latest > 0 ? new Date(latest) : null;
}

/** Nobody is held for more than a day: a longer period was reckoned by a clock that was wrong. */
export function isHeld({ notBefore }: Pick<HostState, 'notBefore'>, now: Date): boolean {
  return notBefore > now && minutesBetween(now, notBefore) <= MINUTES_PER_DAY + 1;
}

/** Key of the `HostState` of a source alone: a redirect led it to a host that wants to be left alone. */
export function redirectedSource(sourceId: string): string {
  return `redirected ${sourceId}`;
}

/** As a source: what a host serves beside its feeds. Where a redirect of that leads holds no feed. */
export function filesAt(url: string): { readonly id: string; readonly url: string } {
  return { id: `files of ${coolDownHost(url)}`, url };
}

/** Whether a page or picture is held: by its host, or by where its host's redirects lead. */
export function isFileHeld(url: string, hosts: ReadonlyMap<string, HostState>, now: Date): boolean {
  const redirected = hosts.get(redirectedSource(filesAt(url).id));
  return (redirected !== undefined && isHeld(redirected, now)) || hostHeldUntil(url, hosts, now) !== null;
}

function placeOf(url: string): Place {
  const name = new URL(url).hostname.replace(/\.$/, '');
  const { domain, publicSuffix, isPrivate } = suffixes().parse(name, {
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

function serviceOf(host: string): string | null {
  return host.includes(' ') ? null : placeOf(`http://${host}/`).service;
}

/** Rate limiters in front of many sites, recognised by a response header. */
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
