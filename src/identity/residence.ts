/** Which source lives where: an address belongs to the sources that live on its site, whoever else links to it. */
import type { SourceId } from '../model/source.js';
import { parseUrl } from '../text/url/parse-url.js';
import { siteOf, siteOfUrl } from '../text/url/site-of.js';
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
  private readonly byHost = new Map<string, Set<SourceId>>();
  private readonly bySite = new Map<string, Set<SourceId>>();
  private readonly feedSites = new Map<SourceId, string | null>();
  private isSettled = false;

  /**
   * A source lives on the host of its configured address. It lives on the host of its home page, and where its feed moved to,
   * unless another source lives there already, or has its feed on that site: both are what a document or a server says of
   * itself. Of two that name the same home, the one that did so first lives there, of two that began in one run both; and
   * feeds of one site share a home. All settle at the first question: a run with no news asks none.
   * @param others those who live elsewhere
   */
  constructor(
    private readonly dwellings: readonly Dwelling[],
    private readonly others: Residence | null = null,
  ) {}

  /** With the home page that a document of the source names now. */
  withHome(sourceId: SourceId, homeUrl: string | null): Residence {
    if (homeUrl === null || this.residentsAt(homeUrl).size > 0) return this;
    return new Residence([{ sourceId, feedUrl: homeUrl, homeUrl: null, homeSince: 0, movedTo: null }], this);
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
    this.settleAll();
    const place = placeOf(url);
    if (place === null) return NOBODY;
    return this.neighboursAt(place) ?? this.bySite.get(place.site) ?? this.others?.residentsAt(url) ?? NOBODY;
  }

  private neighboursAt({ hosts }: Place): ReadonlySet<SourceId> | undefined {
    const host = hosts.find((each) => this.byHost.has(each));
    return host === undefined ? undefined : this.byHost.get(host);
  }

  private settleAll(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    for (const { sourceId, feedUrl } of this.dwellings) {
      const place = homeOf(feedUrl);
      this.feedSites.set(sourceId, place?.site ?? null);
      this.settle(place, sourceId);
    }
    const began = new Map<number, Dwelling[]>();
    for (const each of this.dwellings) began.set(each.homeSince, [...(began.get(each.homeSince) ?? []), each]);
    for (const [, together] of [...began].sort(([a], [b]) => a - b)) this.moveIn(together, 'homeUrl');
    this.moveIn(this.dwellings, 'movedTo');
  }

  private settle(place: Place | null, sourceId: SourceId): void {
    const [host] = place?.hosts ?? [];
    if (place === null || host === undefined) return;
    addTo(this.byHost, host, sourceId);
    addTo(this.bySite, place.site, sourceId);
  }

  private moveIn(dwellings: readonly Dwelling[], where: 'homeUrl' | 'movedTo'): void {
    const free = dwellings.filter((each) => each[where] !== null && this.isFree(each[where], each.sourceId));
    for (const each of free) this.settle(homeOf(each[where]!), each.sourceId);
  }

  private isFree(url: string, sourceId: SourceId): boolean {
    const own = this.feedSites.get(sourceId) ?? null;
    const place = placeOf(url);
    if (place === null) return true;
    const feeds = [...(this.bySite.get(place.site) ?? [])].filter((id) => this.feedSites.get(id) === place.site);
    return [...feeds, ...(this.neighboursAt(place) ?? [])].every(
      (id) => own !== null && this.feedSites.get(id) === own,
    );
  }
}

interface Place {
  readonly site: string;
  /** The host without `www.`, and the domains above it, up to that of its site. */
  readonly hosts: readonly string[];
}

function placeOf(url: string): Place | null {
  const parsed = parseUrl(url);
  const site = parsed === null ? null : siteOfUrl(parsed);
  if (parsed === null || site === null) return null;
  const labels = parsed.hostname
    .replace(/\.$/, '')
    .replace(/^www\./, '')
    .split('.');
  const hosts = labels.map((_, i) => labels.slice(i).join('.'));
  return { site, hosts: hosts.includes(site) ? hosts.slice(0, hosts.indexOf(site) + 1) : [site] };
}

/** null: nobody's home. */
function homeOf(url: string): Place | null {
  const place = placeOf(url);
  return place === null || FEED_SERVICES.has(place.site) ? null : place;
}

function addTo(homes: Map<string, Set<SourceId>>, where: string, sourceId: SourceId): void {
  const residents = homes.get(where);
  if (residents === undefined) homes.set(where, new Set([sourceId]));
  else residents.add(sourceId);
}

const NOBODY: ReadonlySet<SourceId> = new Set();

/**
 * Which addresses of an item may lead to its article: its own link, an address on a site where its source lives, or one on
 * the site of its link, where nobody else lives.
 */
export function ownAddresses(
  keys: readonly string[],
  { url, sourceId }: { readonly url: string; readonly sourceId: SourceId },
  residence: Residence,
): readonly string[] {
  const own = urlKey(url);
  return keys.filter((key) => {
    if (key === own || residence.livesAt(sourceId, key)) return true;
    return siteOf(key) === siteOf(url) && !residence.isForeign(sourceId, key);
  });
}
