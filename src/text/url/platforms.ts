/** Lists services that host the feeds of many publications, whose own name does not identify a publication. */
import { loadTable } from '../../data/load.js';

const TABLE = loadTable<Record<'aggregators' | 'feedServices' | 'tenantDomains', readonly string[]>>('platforms');

/** Hosts whose feeds name the publications of their items, with links to the host itself. */
export const AGGREGATORS: ReadonlySet<string> = new Set(TABLE.aggregators);

/** Hosts that serve feeds of many publications: never a publication's own site. */
export const FEED_SERVICES: ReadonlySet<string> = new Set(TABLE.feedServices);

/** Services with a subdomain per publication that are missing from the private part of the public-suffix list. */
export const TENANT_DOMAINS: ReadonlySet<string> = new Set(TABLE.tenantDomains);

/** @param site result of `findSite`. */
export function isPlatform(site: string): boolean {
  return FEED_SERVICES.has(site) || TENANT_DOMAINS.has(site);
}
