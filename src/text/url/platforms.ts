/** Services that host the feeds of many publications: neither their name nor their address says whose feed it is. */
import { loadTable } from '../../data/load.js';

const TABLE = loadTable<{ readonly feedServices: readonly string[]; readonly tenantDomains: readonly string[] }>(
  'platforms',
);

/** Serve the feeds of many under one host, or of publications with a site elsewhere: never a publication's own site. */
export const FEED_SERVICES: ReadonlySet<string> = new Set(TABLE.feedServices);

/** Give each publication a subdomain, and are not in the private part of the public-suffix list. */
export const TENANT_DOMAINS: ReadonlySet<string> = new Set(TABLE.tenantDomains);

/** Whether a site (`siteOf`) is of many publications, none of which is called as it is. */
export function isPlatform(site: string): boolean {
  return FEED_SERVICES.has(site) || TENANT_DOMAINS.has(site);
}
