/** Determines for which sites each source may speak, regardless of the source that links there. */
import type { SourceId } from '../model/source.js';
import { parseUrl } from '../text/url/parse-url.js';
import { FEED_SERVICES, TENANT_DOMAINS } from '../text/url/platforms.js';
import { findSite, findUrlSite } from '../text/url/site-of.js';
import { urlKey } from '../text/url/url.js';

export interface SiteClaim {
  readonly sourceId: SourceId;
  readonly feedUrl: string;
  /** Hosts that the editor listed, or whose home pages name the feed. */
  readonly provedHosts: readonly string[];
  /** The home page in its document; null: unknown. */
  readonly homeUrl: string | null;
  /** Since when the document names it, epoch milliseconds. */
  readonly homeSince: number;
  /** Permanent redirect of its feed; null: none. */
  readonly movedTo: string | null;
}

/** What a feed says of itself: its home page, or the target of its redirect. */
interface OpenClaim {
  readonly sourceId: SourceId;
  /** Its feed's site, which several sources may share. */
  readonly publisher: string;
  readonly place: Place;
  readonly since: number;
}

interface NewHome {
  readonly sourceId: SourceId;
  readonly url: string;
  /** Its place; null: another publisher has proved it. */
  readonly claimed: Place | null;
  /** null: others claimed it earlier. */
  readonly owned: Place | null;
}

export class SiteOwnership {
  private readonly byHost = new Map<string, Set<SourceId>>();
  private readonly bySite = new Map<string, Set<SourceId>>();
  private known: ReadonlyMap<SourceId, SiteClaim> | null = null;
  /** The earliest claim and the earliest of another publisher: by host, and by "." and each domain above it. */
  private readonly earliest = new Map<string, OpenClaim[]>();
  private readonly contested = new Set<SourceId>();
  private readonly claimants = new Map<string, Set<SourceId>>();
  private isSettled = false;
  /** The home page that a source's document names for the first time; null: none. */
  private newHome: NewHome | null = null;

  /**
   * A source has proved the site of its configured address and its `provedHosts`. It also owns the hosts of its home page
   * and of a moved feed if no other source has proved them. If several only claim a host, the earliest own it, but
   * take no article from the others. Feeds of one site are not rivals. Claims are settled on first use.
   * @param readClaims called once, on first use
   * @param places cached places by scheme and host
   */
  constructor(
    private readonly readClaims: () => readonly SiteClaim[],
    private readonly places = new Map<string, Place | null>(),
  ) {}

  withHome(sourceId: SourceId, homeUrl: string | null): SiteOwnership {
    const claim = this.byId.get(sourceId);
    if (claim === undefined || homeUrl === null || this.owns(sourceId, homeUrl)) return this;
    if (claim.homeUrl === null) return this.addNewHome(sourceId, homeUrl);
    const now = { ...claim, homeUrl, homeSince: LATEST };
    const { claims } = this;
    return new SiteOwnership(() => claims.map((each) => (each === claim ? now : each)), this.places);
  }

  /** Shares what is settled: the latest claim takes nothing from others, and a first run adds one for each source. */
  private addNewHome(sourceId: SourceId, url: string): SiteOwnership {
    const place = this.locate(url);
    const claims = place !== null && this.canClaim(place, sourceId);
    const claim = claims ? { sourceId, publisher: this.findPublisher(sourceId), place, since: LATEST } : null;
    const isOwn = claim !== null && this.findRivals(claim).every(({ since }) => since >= LATEST);
    return Object.assign(new SiteOwnership(this.readClaims, this.places), this, {
      newHome: { sourceId, url, claimed: claim?.place ?? null, owned: isOwn ? claim.place : null },
    });
  }

  /** Whether it owns the address by proof: not only because its feed says so. */
  hasProved(sourceId: SourceId, url: string): boolean {
    const place = this.locate(url);
    return place !== null && this.hasProvedPlace(sourceId, place) && this.owns(sourceId, url);
  }

  owns(sourceId: SourceId, url: string): boolean {
    return this.findOwners(url).has(sourceId);
  }

  /** Independent of claims, and so of the order in which sources are read. */
  isProvedByOther(sourceId: SourceId, url: string): boolean {
    const place = this.locate(url);
    if (place === null || this.hasProvedPlace(sourceId, place)) return false;
    return [...this.findOwners(url)].some((id) => this.hasProvedPlace(id, place));
  }

  isHome(sourceId: SourceId, url: string): boolean {
    const home = this.newHome?.sourceId === sourceId ? this.newHome.url : (this.byId.get(sourceId)?.homeUrl ?? null);
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

  /** Its feed, and the front pages of its proved hosts. */
  listProved(sourceId: SourceId): readonly string[] {
    const claim = this.byId.get(sourceId);
    return claim === undefined ? [] : [claim.feedUrl, ...claim.provedHosts.map((host) => `https://${host}/`)];
  }

  /** Whether two sources claim the site without proof. They share an article only if it is similar. */
  areRivals(one: SourceId, other: SourceId, url: string | null): boolean {
    const place = this.locate(url);
    if (place === null || this.findPublisher(one) === this.findPublisher(other)) return false;
    this.settleClaims();
    const claimants = this.withNewHome(this.claimants.get(place.site), this.newHome?.claimed?.site === place.site);
    return [one, other].every((id) => claimants?.has(id) === true && !this.hasProvedPlace(id, place));
  }

  /** Whether nothing but a proof can decide between this source and another that claims its home page. */
  isContested(sourceId: SourceId): boolean {
    this.settleClaims();
    return this.contested.has(sourceId) && !this.hasProved(sourceId, this.byId.get(sourceId)?.homeUrl ?? '');
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
    return place === null ? NO_OWNERS : (this.findHostOwners(place) ?? this.findSiteOwners(place) ?? NO_OWNERS);
  }

  private findHostOwners({ hosts }: Place): ReadonlySet<SourceId> | undefined {
    for (const host of hosts) {
      const owners = this.withNewHome(this.byHost.get(host), this.newHome?.owned?.hosts[0] === host);
      if (owners !== undefined) return owners;
    }
    return undefined;
  }

  private findSiteOwners({ site }: Place): ReadonlySet<SourceId> | undefined {
    return this.withNewHome(this.bySite.get(site), this.newHome?.owned?.site === site);
  }

  private withNewHome(known: ReadonlySet<SourceId> | undefined, isPlace: boolean): ReadonlySet<SourceId> | undefined {
    return isPlace ? new Set([...(known ?? []), this.newHome!.sourceId]) : known;
  }

  private settleClaims(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    for (const { sourceId, feedUrl, provedHosts } of this.claims) {
      this.addPlace(this.locate(feedUrl), sourceId);
      for (const host of provedHosts) addOwner(this.byHost, host, sourceId);
    }
    const open = this.claims.flatMap((each) => this.listOpenClaims(each)).sort((a, b) => a.since - b.since);
    for (const claim of open) {
      addOwner(this.claimants, claim.place.site, claim.sourceId);
      for (const key of [claim.place.hosts[0]!, ...claim.place.hosts.map((host) => `.${host}`)]) {
        const known = this.earliest.get(key) ?? [];
        if (known.length < 2 && known[0]?.publisher !== claim.publisher) this.earliest.set(key, [...known, claim]);
      }
    }
    for (const claim of open) {
      const rivals = this.findRivals(claim);
      if (rivals.length > 0) this.contested.add(claim.sourceId);
      if (rivals.every(({ since }) => since >= claim.since)) this.addPlace(claim.place, claim.sourceId);
    }
  }

  /** The earliest claims of other publishers to its host, to those below, and to those above. */
  private findRivals({ place: { hosts }, publisher }: OpenClaim): OpenClaim[] {
    const near = [`.${hosts[0]}`, ...hosts].flatMap((key) => this.earliest.get(key) ?? []);
    return near.filter((other) => other.publisher !== publisher);
  }

  private addPlace(place: Place | null, sourceId: SourceId): void {
    const [host] = place?.hosts ?? [];
    if (place === null || host === undefined) return;
    addOwner(this.byHost, host, sourceId);
    if (!FEED_SERVICES.has(place.site)) addOwner(this.bySite, place.site, sourceId);
  }

  private listOpenClaims({ sourceId, homeUrl, homeSince, movedTo }: SiteClaim): OpenClaim[] {
    const publisher = this.findPublisher(sourceId);
    const home = { sourceId, publisher, place: this.locate(homeUrl), since: homeSince };
    const moved = { sourceId, publisher, place: this.locate(movedTo), since: LATEST };
    return [home, moved].filter((one): one is OpenClaim => one.place !== null && this.canClaim(one.place, sourceId));
  }

  /** Whether no other publisher has proved it. */
  private canClaim(place: Place, sourceId: SourceId): boolean {
    if (FEED_SERVICES.has(place.site)) return false;
    const publisher = this.findPublisher(sourceId);
    const proved = place.hosts.map((host) => [...(this.byHost.get(host) ?? [])].filter((id) => this.hasProvedPlace(id, place))); // biome-ignore format: one list
    const feeds = [...(this.bySite.get(place.site) ?? [])].filter((id) => this.feedSite(id) === place.site);
    return [...feeds, ...(proved.find(({ length }) => length > 0) ?? [])].every((id) => this.findPublisher(id) === publisher); // biome-ignore format: one expression
  }

  private hasProvedPlace(sourceId: SourceId, place: Place): boolean {
    const claim = this.byId.get(sourceId);
    if (claim === undefined) return false;
    const feed = this.locate(claim.feedUrl);
    const isOwn = FEED_SERVICES.has(place.site) ? feed?.hosts[0] === place.hosts[0] : feed?.site === place.site;
    return isOwn || claim.provedHosts.some((host) => place.hosts.includes(host));
  }

  private findPublisher(sourceId: SourceId): string {
    return this.feedSite(sourceId) ?? `source ${sourceId}`;
  }

  /** null: unknown, or it serves the feeds of many publications. */
  private feedSite(sourceId: SourceId): string | null {
    const site = this.locate(this.byId.get(sourceId)?.feedUrl ?? null)?.site ?? null;
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

/** Of claims without a date. */
const LATEST = Number.MAX_SAFE_INTEGER;

interface Place {
  /** The registered domain, or a customer's part of a platform. */
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
  if (!hosts.includes(site)) return { site, hosts: [site] };
  const end = hosts.indexOf(site) + (TENANT_DOMAINS.has(site) && !FEED_SERVICES.has(site) ? 0 : 1);
  const own = hosts.slice(0, Math.max(1, end));
  return { site: own.at(-1)!, hosts: own };
}

/** The name of an address's host in `SiteClaim.provedHosts`; null: not an http(s) address. */
export function toProvedHost(url: string): string | null {
  return parsePlace(url)?.hosts[0] ?? null;
}

/** @param sites `sites` of a source */
export function listProvedHosts(sites: readonly string[] = []): string[] {
  return sites.flatMap((site) => toProvedHost(`http://${site}/`) ?? []);
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
