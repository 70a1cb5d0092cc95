/** Which source lives where: an address belongs to the sources that live on its site, whoever else links to it. */
import type { SourceId } from '../model/source.js';
import { parseUrl } from '../text/url/parse-url.js';
import { siteOf } from '../text/url/site-of.js';
import { urlKey } from '../text/url/url.js';

/** What says where a source lives. */
export interface Dwelling {
  readonly sourceId: SourceId;
  /** As configured. */
  readonly feedUrl: string;
  /** As its document says; null: unknown. */
  readonly homeUrl: string | null;
  /** Since when it says so, epoch milliseconds. */
  readonly homeSince: number;
  /** Where its feed was permanently moved; null: nowhere. */
  readonly movedTo: string | null;
}

/** Sites that serve the feeds of others: an address there is nobody's home. */
const FEED_SERVICES: ReadonlySet<string> = new Set([
  'acast.com',
  'anchor.fm',
  'feedblitz.com',
  'feedburner.com',
  'feedpress.me',
  'fetchrss.com',
  'google.com',
  'libsyn.com',
  'medium.com',
  'megaphone.fm',
  'omny.fm',
  'politepol.com',
  'reddit.com',
  'rss.app',
  'simplecast.com',
  'soundcloud.com',
  'spreaker.com',
  'transistor.fm',
  'youtube.com',
]);

export class Residence {
  private readonly byHost = new Map<string, ReadonlySet<SourceId>>();
  private readonly bySite = new Map<string, ReadonlySet<SourceId>>();
  private readonly feedSites: ReadonlyMap<SourceId, string | null>;

  /**
   * A source lives on the host of its configured address. It lives on the host of its home page, and where its feed moved to,
   * unless another source lives there already, or has its feed on that site: both are what a document or a server says of
   * itself. Of two that name the same home, the one that did so first lives there, of two that began in one run both; and
   * feeds of one site share a home.
   */
  constructor(private readonly dwellings: readonly Dwelling[]) {
    this.feedSites = new Map(dwellings.map(({ sourceId, feedUrl }) => [sourceId, homeSiteOf(feedUrl)]));
    for (const { sourceId, feedUrl } of dwellings) this.settle(feedUrl, sourceId);
    const since = [...new Set(dwellings.map(({ homeSince }) => homeSince))].sort((a, b) => a - b);
    for (const time of since)
      this.moveIn(
        dwellings.filter(({ homeSince }) => homeSince === time),
        'homeUrl',
      );
    this.moveIn(dwellings, 'movedTo');
  }

  /** With the home page that a document of the source names now. */
  withHome(sourceId: SourceId, homeUrl: string | null): Residence {
    if (homeUrl === null || this.residentsAt(homeUrl).size > 0) return this;
    const homeSince = Number.POSITIVE_INFINITY;
    return new Residence(
      this.dwellings.map((each) => (each.sourceId === sourceId ? { ...each, homeUrl, homeSince } : each)),
    );
  }

  livesAt(sourceId: SourceId, url: string): boolean {
    return this.residentsAt(url).has(sourceId);
  }

  /** Whether the address is another's: others live there, and this source does not. */
  isForeign(sourceId: SourceId, url: string): boolean {
    const residents = this.residentsAt(url);
    return residents.size > 0 && !residents.has(sourceId);
  }

  /** Those of the host, else of the nearest domain above it, else of any host of the site. */
  private residentsAt(url: string): ReadonlySet<SourceId> {
    return this.neighboursAt(url) ?? this.bySite.get(siteOf(url) ?? '') ?? NOBODY;
  }

  private neighboursAt(url: string): ReadonlySet<SourceId> | undefined {
    const host = hostsAbove(url).find((each) => this.byHost.has(each));
    return host === undefined ? undefined : this.byHost.get(host);
  }

  private settle(url: string, sourceId: SourceId): void {
    const site = homeSiteOf(url);
    const [host] = hostsAbove(url);
    if (site === null || host === undefined) return;
    this.byHost.set(host, new Set([...(this.byHost.get(host) ?? []), sourceId]));
    this.bySite.set(site, new Set([...(this.bySite.get(site) ?? []), sourceId]));
  }

  private moveIn(dwellings: readonly Dwelling[], where: 'homeUrl' | 'movedTo'): void {
    const free = dwellings.filter((each) => each[where] !== null && this.isFree(each[where], each.sourceId));
    for (const each of free) this.settle(each[where]!, each.sourceId);
  }

  private isFree(url: string, sourceId: SourceId): boolean {
    const own = this.feedSites.get(sourceId) ?? null;
    const site = siteOf(url);
    const feeds = [...(this.bySite.get(site ?? '') ?? [])].filter((id) => this.feedSites.get(id) === site);
    return [...feeds, ...(this.neighboursAt(url) ?? [])].every((id) => own !== null && this.feedSites.get(id) === own);
  }
}

/** The host of an address without `www.`, and the domains above it, up to that of its site. */
function hostsAbove(url: string): string[] {
  const site = siteOf(url);
  const parsed = parseUrl(url);
  if (site === null || parsed === null) return [];
  const labels = parsed.hostname
    .replace(/\.$/, '')
    .replace(/^www\./, '')
    .split('.');
  const hosts = labels.map((_, i) => labels.slice(i).join('.'));
  return hosts.includes(site) ? hosts.slice(0, hosts.indexOf(site) + 1) : [site];
}

const NOBODY: ReadonlySet<SourceId> = new Set();

function homeSiteOf(url: string | null): string | null {
  const site = url === null ? null : siteOf(url);
  return site === null || FEED_SERVICES.has(site) ? null : site;
}

/**
 * Whether an address of an item may lead to its article: its own link, an address on a site where its source lives, or one on
 * the site of its link, where nobody else lives.
 */
export function isOwnAddress(
  key: string,
  { url, sourceId }: { readonly url: string | null; readonly sourceId: SourceId },
  residence: Residence,
): boolean {
  if (residence.livesAt(sourceId, key)) return true;
  if (url === null) return false;
  return key === urlKey(url) || (siteOf(key) === siteOf(url) && !residence.isForeign(sourceId, key));
}
