/** Which source lives where: an address belongs to the sources that live on its site, whoever else links to it. */
import type { SourceId } from '../model/source.js';
import { parseUrl } from '../text/url/parse-url.js';
import { FEED_SERVICES } from '../text/url/platforms.js';
import { siteOf, siteOfUrl } from '../text/url/site-of.js';
import { urlKey } from '../text/url/url.js';

/** What says where a source lives. */
export interface Dwelling {
  readonly sourceId: SourceId;
  /** As configured. */
  readonly feedUrl: string;
  /** As its document says; null: unknown. */
  readonly homeUrl: string | null;
  /** Whether the host of its home has its name: none that another would choose. */
  readonly homeHasName: boolean;
  /** Since when it says so, epoch milliseconds. */
  readonly homeSince: number;
  /** Where its feed was permanently moved; null: nowhere. */
  readonly movedTo: string | null;
}

export class Residence {
  private readonly byHost = new Map<string, Set<SourceId>>();
  private readonly bySite = new Map<string, Set<SourceId>>();
  private known: ReadonlyMap<SourceId, Dwelling> | null = null;
  private isSettled = false;

  /**
   * A source lives on the host of its configured address. It lives on the host of its home page, and where its feed moved to,
   * unless another source lives there already, or has its feed on that site: both are what a document or a server says of
   * itself. Of two that name the same home, the one whose name its host has lives there, else the one that did so first, of two
   * that began in one run both; and feeds of one site share a home. All settle at the first question: a run with no news asks none.
   * @param tellDwellings called once, at the first question
   * @param places those found so far, by address
   */
  constructor(
    private readonly tellDwellings: () => readonly Dwelling[],
    private readonly places = new Map<string, Place | null>(),
  ) {}

  /** With the home page that a document of the source names now. */
  withHome(sourceId: SourceId, homeUrl: string | null, homeHasName: boolean): Residence {
    if (homeUrl === null || this.livesAt(sourceId, homeUrl)) return this;
    const homeSince = Number.POSITIVE_INFINITY;
    const { dwellings } = this;
    const moved = () =>
      dwellings.map((each) => (each.sourceId === sourceId ? { ...each, homeUrl, homeHasName, homeSince } : each));
    return new Residence(moved, this.places);
  }

  livesAt(sourceId: SourceId, url: string): boolean {
    return this.residentsAt(url).has(sourceId);
  }

  /** Whether it is the page that the source's document names as its home. */
  isHome(sourceId: SourceId, url: string): boolean {
    const home = this.byId.get(sourceId)?.homeUrl ?? null;
    return home !== null && urlKey(home) === urlKey(url);
  }

  /** Whether the address is another's: others live there, and this source does not. */
  isForeign(sourceId: SourceId, url: string): boolean {
    const residents = this.residentsAt(url);
    return residents.size > 0 && !residents.has(sourceId);
  }

  /**
   * Whether one has more right than the other to an address where both live: its feed has more of the address's path in its own,
   * as `/anna/feed` has of `/anna/news`. Of two tenants of one host, so each keeps what is its own.
   */
  isNearer(one: SourceId, other: SourceId, url: string): boolean {
    return this.nearness(one, url) > this.nearness(other, url);
  }

  /** How many parts of the address's path the path of the source's feed has. */
  nearness(sourceId: SourceId, url: string): number {
    const path = new Set(partsOf(this.byId.get(sourceId)?.feedUrl ?? ''));
    return partsOf(url).filter((part) => path.has(part)).length;
  }

  /**
   * Whether two say of the same site that it is their home, and neither an address of a feed nor a name tells who is right: then an
   * address there makes one article of what they write only while they say the same.
   */
  areRivals(one: SourceId, other: SourceId, url: string | null): boolean {
    const [a, b] = [this.byId.get(one), this.byId.get(other)];
    if (a === undefined || b === undefined || a === b || a.homeHasName !== b.homeHasName) return false;
    const site = url === null ? null : siteOf(url);
    const claims = [this.homeSiteOf(a.homeUrl), this.homeSiteOf(b.homeUrl)];
    if (site === null || claims.some((claim) => claim !== site)) return false;
    const [feedA, feedB] = [this.homeSiteOf(a.feedUrl), this.homeSiteOf(b.feedUrl)];
    return feedA !== site && feedB !== site && (feedA !== feedB || feedA === null);
  }

  private get dwellings(): readonly Dwelling[] {
    return [...this.byId.values()];
  }

  private get byId(): ReadonlyMap<SourceId, Dwelling> {
    this.known ??= new Map(this.tellDwellings().map((each) => [each.sourceId, each]));
    return this.known;
  }

  /** Those of the host, else of the nearest domain above it, else of any host of the site. */
  private residentsAt(url: string): ReadonlySet<SourceId> {
    this.settleAll();
    const place = placeOf(url);
    return place === null ? NOBODY : (this.neighboursAt(place) ?? this.bySite.get(place.site) ?? NOBODY);
  }

  private neighboursAt({ hosts }: Place): ReadonlySet<SourceId> | undefined {
    const host = hosts.find((each) => this.byHost.has(each));
    return host === undefined ? undefined : this.byHost.get(host);
  }

  private settleAll(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    for (const { sourceId, feedUrl } of this.dwellings) this.settle(this.knownPlaceOf(feedUrl), sourceId);
    const began = new Map<number, Dwelling[]>();
    for (const each of this.dwellings) {
      const together = began.get(each.homeSince);
      if (together === undefined) began.set(each.homeSince, [each]);
      else together.push(each);
    }
    const inTime = [...began].sort(([a], [b]) => a - b).map(([, together]) => together);
    for (const named of [true, false])
      for (const together of inTime)
        this.moveIn(
          together.filter(({ homeHasName }) => homeHasName === named),
          'homeUrl',
        );
    this.moveIn(this.dwellings, 'movedTo');
  }

  private settle(place: Place | null, sourceId: SourceId): void {
    const [host] = place?.hosts ?? [];
    if (place === null || host === undefined) return;
    addTo(this.byHost, host, sourceId);
    if (!FEED_SERVICES.has(place.site)) addTo(this.bySite, place.site, sourceId);
  }

  private moveIn(dwellings: readonly Dwelling[], where: 'homeUrl' | 'movedTo'): void {
    const free = dwellings.filter((each) => this.isFree(each[where], each.sourceId));
    for (const each of free) this.settle(this.knownPlaceOf(each[where]), each.sourceId);
  }

  private isFree(url: string | null, sourceId: SourceId): boolean {
    const place = this.knownPlaceOf(url);
    if (place === null || FEED_SERVICES.has(place.site)) return false;
    const own = this.feedSiteOf(sourceId);
    const feeds = [...(this.bySite.get(place.site) ?? [])].filter((id) => this.feedSiteOf(id) === place.site);
    return [...feeds, ...(this.neighboursAt(place) ?? [])].every((id) => own !== null && this.feedSiteOf(id) === own);
  }

  private feedSiteOf(sourceId: SourceId): string | null {
    return this.homeSiteOf(this.byId.get(sourceId)?.feedUrl ?? null);
  }

  /** null: nobody's home. */
  private homeSiteOf(url: string | null): string | null {
    const site = this.knownPlaceOf(url)?.site ?? null;
    return site === null || FEED_SERVICES.has(site) ? null : site;
  }

  private knownPlaceOf(url: string | null): Place | null {
    if (url === null) return null;
    let place = this.places.get(url);
    if (place === undefined) {
      place = placeOf(url);
      this.places.set(url, place);
    }
    return place;
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

function addTo(homes: Map<string, Set<SourceId>>, where: string, sourceId: SourceId): void {
  const residents = homes.get(where);
  if (residents === undefined) homes.set(where, new Set([sourceId]));
  else residents.add(sourceId);
}

const NOBODY: ReadonlySet<SourceId> = new Set();

function partsOf(url: string): string[] {
  return (parseUrl(url)?.pathname ?? '').split('/').filter((part) => part !== '');
}

/**
 * Which addresses of an item may lead to its article: its own link, an address on a site where its source lives, or one on
 * the site of its link, where nobody else lives.
 */
export function ownAddresses(
  keys: readonly string[],
  { url, sourceId }: { readonly url: string | null; readonly sourceId: SourceId },
  residence: Residence,
): readonly string[] {
  const own = url === null ? null : urlKey(url);
  return keys.filter((key) => {
    if (key === own || residence.livesAt(sourceId, key)) return true;
    return url !== null && siteOf(key) === siteOf(url) && !residence.isForeign(sourceId, key);
  });
}
