/** Determines which sources own which sites, regardless of the source that links there. */
import type { SourceId } from '../model/source.js';
import { parseUrl } from '../text/url/parse-url.js';
import { FEED_SERVICES } from '../text/url/platforms.js';
import { findSite, findUrlSite } from '../text/url/site-of.js';
import { urlKey } from '../text/url/url.js';

export interface SiteClaim {
  readonly sourceId: SourceId;
  readonly feedUrl: string;
  /** The home page in its document; null: unknown. */
  readonly homeUrl: string | null;
  /** Whether the host of its home page has its name, which makes the claim credible. */
  readonly homeHasName: boolean;
  /** Since when the document names it, epoch milliseconds. */
  readonly homeSince: number;
  /** Permanent redirect of its feed; null: none. */
  readonly movedTo: string | null;
}

export class SiteOwnership {
  private readonly byHost = new Map<string, Set<SourceId>>();
  private readonly bySite = new Map<string, Set<SourceId>>();
  private known: ReadonlyMap<SourceId, SiteClaim> | null = null;
  private isSettled = false;

  /**
   * A source owns the host of its configured address. It also owns the hosts of its home page and of a moved feed,
   * unless another source owns that host or has its feed on that site. Of two sources with one home page, the owner is
   * the one with the host's name, else the earlier one, else both. Feeds of one site share a home page. Claims are
   * settled on first use.
   * @param readClaims called once, on first use
   * @param places cached places by scheme and host
   */
  constructor(
    private readonly readClaims: () => readonly SiteClaim[],
    private readonly places = new Map<string, Place | null>(),
  ) {}

  withHome(sourceId: SourceId, homeUrl: string | null, homeHasName: boolean): SiteOwnership {
    if (homeUrl === null || this.owns(sourceId, homeUrl)) return this;
    const homeSince = Number.POSITIVE_INFINITY;
    const { claims } = this;
    const moved = () =>
      claims.map((each) => (each.sourceId === sourceId ? { ...each, homeUrl, homeHasName, homeSince } : each));
    return new SiteOwnership(moved, this.places);
  }

  owns(sourceId: SourceId, url: string): boolean {
    return this.findOwners(url).has(sourceId);
  }

  isHome(sourceId: SourceId, url: string): boolean {
    const home = this.byId.get(sourceId)?.homeUrl ?? null;
    return home !== null && urlKey(home) === urlKey(url);
  }

  isForeign(sourceId: SourceId, url: string): boolean {
    const owners = this.findOwners(url);
    return owners.size > 0 && !owners.has(sourceId);
  }

  /** Compares common path parts: the feed `/anna/feed` is nearer to `/anna/news` than other tenants are. */
  isNearer(one: SourceId, other: SourceId, url: string): boolean {
    return this.nearness(one, url) > this.nearness(other, url);
  }

  nearness(sourceId: SourceId, url: string): number {
    const path = new Set(splitPath(this.byId.get(sourceId)?.feedUrl ?? ''));
    return splitPath(url).filter((part) => path.has(part)).length;
  }

  /** Whether two sources claim one home, and nothing decides. They share an article only if it is similar. */
  areRivals(one: SourceId, other: SourceId, url: string | null): boolean {
    const [a, b] = [this.byId.get(one), this.byId.get(other)];
    if (a === undefined || b === undefined || a === b || a.homeHasName !== b.homeHasName) return false;
    const site = url === null ? null : findSite(url);
    const homes = [this.claimableSite(a.homeUrl), this.claimableSite(b.homeUrl)];
    if (site === null || homes.some((home) => home !== site)) return false;
    const [feedA, feedB] = [this.claimableSite(a.feedUrl), this.claimableSite(b.feedUrl)];
    return feedA !== site && feedB !== site && (feedA !== feedB || feedA === null);
  }

  private get claims(): readonly SiteClaim[] {
    return [...this.byId.values()];
  }

  private get byId(): ReadonlyMap<SourceId, SiteClaim> {
    this.known ??= new Map(this.readClaims().map((each) => [each.sourceId, each]));
    return this.known;
  }

  /** The owners of the host, else of the nearest parent domain, else of any host of the site. */
  private findOwners(url: string): ReadonlySet<SourceId> {
    this.settleClaims();
    const place = this.locate(url);
    return place === null ? NO_OWNERS : (this.findHostOwners(place) ?? this.bySite.get(place.site) ?? NO_OWNERS);
  }

  private findHostOwners({ hosts }: Place): ReadonlySet<SourceId> | undefined {
    const host = hosts.find((each) => this.byHost.has(each));
    return host === undefined ? undefined : this.byHost.get(host);
  }

  private settleClaims(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    for (const { sourceId, feedUrl } of this.claims) this.addPlace(this.locate(feedUrl), sourceId);
    const began = new Map<number, SiteClaim[]>();
    for (const each of this.claims) {
      const together = began.get(each.homeSince);
      if (together === undefined) began.set(each.homeSince, [each]);
      else together.push(each);
    }
    const inTime = [...began].sort(([a], [b]) => a - b).map(([, together]) => together);
    for (const named of [true, false])
      for (const together of inTime)
        this.addFreeClaims(
          together.filter(({ homeHasName }) => homeHasName === named),
          'homeUrl',
        );
    this.addFreeClaims(this.claims, 'movedTo');
  }

  private addPlace(place: Place | null, sourceId: SourceId): void {
    const [host] = place?.hosts ?? [];
    if (place === null || host === undefined) return;
    addOwner(this.byHost, host, sourceId);
    if (!FEED_SERVICES.has(place.site)) addOwner(this.bySite, place.site, sourceId);
  }

  private addFreeClaims(claims: readonly SiteClaim[], where: 'homeUrl' | 'movedTo'): void {
    const free = claims.filter((each) => this.canClaim(each[where], each.sourceId));
    for (const each of free) this.addPlace(this.locate(each[where]), each.sourceId);
  }

  private canClaim(url: string | null, sourceId: SourceId): boolean {
    const place = this.locate(url);
    if (place === null || FEED_SERVICES.has(place.site)) return false;
    const own = this.feedSite(sourceId);
    const feeds = [...(this.bySite.get(place.site) ?? [])].filter((id) => this.feedSite(id) === place.site);
    return [...feeds, ...(this.findHostOwners(place) ?? [])].every((id) => own !== null && this.feedSite(id) === own);
  }

  private feedSite(sourceId: SourceId): string | null {
    return this.claimableSite(this.byId.get(sourceId)?.feedUrl ?? null);
  }

  /** null: the site cannot be claimed. */
  private claimableSite(url: string | null): string | null {
    const site = this.locate(url)?.site ?? null;
    return site === null || FEED_SERVICES.has(site) ? null : site;
  }

  private locate(url: string | null): Place | null {
    if (url === null) return null;
    const origin = PLAIN_ORIGIN.exec(url)?.[0];
    if (origin === undefined) return parsePlace(url);
    let place = this.places.get(origin);
    if (place === undefined) {
      place = parsePlace(origin);
      this.places.set(origin, place);
    }
    return place;
  }
}

/** Decides the place of an address, whatever its path. */
const PLAIN_ORIGIN = /^https?:\/\/[\w.-]+(?::\d+)?(?=[/?#]|$)/i;

interface Place {
  readonly site: string;
  /** The host without `www.`, and its parent domains up to that of its site. */
  readonly hosts: readonly string[];
}

function parsePlace(url: string): Place | null {
  const parsed = parseUrl(url);
  const site = parsed === null ? null : findUrlSite(parsed);
  if (parsed === null || site === null) return null;
  const labels = parsed.hostname
    .replace(/\.$/, '')
    .replace(/^www\./, '')
    .split('.');
  const hosts = labels.map((_, i) => labels.slice(i).join('.'));
  return { site, hosts: hosts.includes(site) ? hosts.slice(0, hosts.indexOf(site) + 1) : [site] };
}

function addOwner(ownersByPlace: Map<string, Set<SourceId>>, where: string, sourceId: SourceId): void {
  const owners = ownersByPlace.get(where);
  if (owners === undefined) ownersByPlace.set(where, new Set([sourceId]));
  else owners.add(sourceId);
}

const NO_OWNERS: ReadonlySet<SourceId> = new Set();

function splitPath(url: string): string[] {
  return (parseUrl(url)?.pathname ?? '').split('/').filter((part) => part !== '');
}

/** The addresses that may lead to an item's article: its link, owned ones, and unowned ones on the link's site. */
export function selectOwnAddresses(
  keys: readonly string[],
  { url, sourceId }: { readonly url: string | null; readonly sourceId: SourceId },
  ownership: SiteOwnership,
): readonly string[] {
  return keys.filter((key) => {
    if (ownership.owns(sourceId, key)) return true;
    if (url === null) return false;
    return key === urlKey(url) || (findSite(key) === findSite(url) && !ownership.isForeign(sourceId, key));
  });
}
