/** Which source lives where: an address belongs to the sources that live on its site, whoever else links to it. */
import type { SourceId } from '../model/source.js';
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
  private readonly bySite = new Map<string, ReadonlySet<SourceId>>();
  private readonly feedSites: ReadonlyMap<SourceId, string | null>;

  /**
   * A source lives on the site of its configured address. It lives on the site of its home page, and where its feed moved to,
   * unless another source lives there already: both are what a document or a server says of itself. Of two that name the
   * same home, the one that did so first lives there, then the first in `dwellings`; and feeds of one site share a home.
   */
  constructor(private readonly dwellings: readonly Dwelling[]) {
    this.feedSites = new Map(dwellings.map(({ sourceId, feedUrl }) => [sourceId, homeSiteOf(feedUrl)]));
    for (const [sourceId, site] of this.feedSites) this.settle(site, sourceId);
    const longestFirst = [...dwellings].sort((a, b) => a.homeSince - b.homeSince);
    for (const { homeUrl, sourceId } of longestFirst) this.moveIn(homeSiteOf(homeUrl), sourceId);
    for (const { movedTo, sourceId } of dwellings) this.moveIn(homeSiteOf(movedTo), sourceId);
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

  private residentsAt(url: string): ReadonlySet<SourceId> {
    return this.bySite.get(siteOf(url) ?? '') ?? NOBODY;
  }

  private settle(site: string | null, sourceId: SourceId): void {
    if (site !== null) this.bySite.set(site, new Set([...(this.bySite.get(site) ?? []), sourceId]));
  }

  private moveIn(site: string | null, sourceId: SourceId): void {
    if (site === null) return;
    const own = this.feedSites.get(sourceId) ?? null;
    const residents = [...(this.bySite.get(site) ?? [])];
    if (residents.every((id) => own !== null && this.feedSites.get(id) === own)) this.settle(site, sourceId);
  }
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
  { url, sourceId }: { readonly url: string; readonly sourceId: SourceId },
  residence: Residence,
): boolean {
  if (key === urlKey(url) || residence.livesAt(sourceId, key)) return true;
  return siteOf(key) === siteOf(url) && !residence.isForeign(sourceId, key);
}
