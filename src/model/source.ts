/** Sources: feeds of publishers, and their state between runs. */

import type { Reservation } from './reservation.js';
import type { Rule } from './rule.js';
import type { KnownList } from './source-list.js';

/** `[a-z0-9-]+`, unique in a site. */
export type SourceId = string;

/** How much of an article may be republished. */
export type Licence = 'full' | 'summary' | 'none';

/** What to do with an article that its publisher withdraws. */
export type WithdrawnPolicy = 'remove' | 'mark' | 'keep';

/** A source with the editor's own articles: a folder of posts, or a file of links. */
export interface OwnSource {
  readonly kind: 'posts' | 'links';
  /** The folder or file as written in the config, for messages. */
  readonly path: string;
  /** The section's home page, and its feed of this source. */
  readonly homeUrl: string;
  readonly feedUrl: string;
  /** Where images of posts are published; ends in "/". */
  readonly imagesUrl: string;
  /** Address of a post on the site, with `{path}` or `{slug}`; missing: only our page shows it. */
  readonly at?: string;
  /** Default language, BCP 47. */
  readonly language: string;
  /** Ids of the topics that posts can use. */
  readonly topics: readonly string[];
}

/** An image next to the posts. */
export interface PostImage {
  /** Relative to the folder, with "/". */
  readonly path: string;
  readonly digest: string;
}

/** How to poll and read a source, defined by its kind (`parse/kinds.ts`). Plain data. */
export interface SourceReading {
  readonly kind: string;
  /** The config under the kind's key, with defaults. */
  readonly options: unknown;
  /** The meaning of an item that is missing from the document. */
  readonly absence: 'withdrawn' | 'nothing';
  /** Whether to obey robots.txt. */
  readonly robots: boolean;
  /** Header `Accept`; null: that of feeds. */
  readonly accept: string | null;
  /** It contains sources, not items; missing: it contains items. */
  readonly lists?: true;
}

export interface Source {
  readonly id: SourceId;
  /** http(s) or file:, absolute. May hold credentials: never print it, use `redactUrl`. */
  readonly url: string;
  /** Addresses of its other feeds; missing: none. */
  readonly moreFeeds?: readonly string[];
  /** Documents from its index, each with the key of its state; missing: none. */
  readonly parts?: readonly { readonly url: string; readonly feedId: string }[];
  /** Key of this feed's state (`source-feeds.ts`); missing: the first feed. */
  readonly feedId?: string;
  /** Hosts that belong to it, according to the editor; missing: only that of its feed. */
  readonly sites?: readonly string[];
  /** Its items may name other publications, wherever their links lead; missing: it may not. */
  readonly aggregator?: boolean;
  /** null: use the feed's title. */
  readonly title: string | null;
  /** Previous ids, oldest first; missing: none. */
  readonly formerly?: readonly SourceId[];
  readonly topics: readonly string[];
  readonly content: Licence;
  /** Missing: the text of a page is found by its structure. */
  readonly text?: TextSelectors;
  /** Read the pages of new articles for their full text; missing: use the feed's text. */
  readonly articlePages?: true;
  /** Whether its pictures may be shown; missing: only with the licence `full`. */
  readonly images?: boolean;
  /** An http(s) address, or an absolute path; missing: found on its home page. */
  readonly icon?: { readonly url: string } | { readonly file: string };
  /** The publisher's reservation of text and data mining; missing: as its server reports. */
  readonly reservation?: Reservation;
  /** Polling interval in minutes; null: adaptive. */
  readonly every: number | null;
  /** Sent to the source's own origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  readonly allowPrivateAddresses: boolean;
  readonly withdrawn: WithdrawnPolicy;
  /** Environment values in its address; missing: none. Never printed or published. */
  readonly secrets?: readonly string[];
  /** `hold`: new articles wait for the editor. */
  readonly review: 'publish' | 'hold';
  /** The editor's own source; missing: a publisher's. */
  readonly own?: OwnSource;
  /** Missing: a feed, or the editor's own source. */
  readonly reading?: SourceReading;
  /** Maximum number of new articles a day; higher if its history justifies it. */
  readonly perDay: number;
  /** Older items are not accepted at first sight. */
  readonly maxAgeDays: number;
  /** Whether the first document may contain older items: `maxAge` is not configured. */
  readonly mayBeginOld: boolean;
  /** Id of the list that contains it; missing: it is in the config. */
  readonly listedBy?: SourceId;
  /** Its list no longer contains it. It is not polled, and its articles stay. */
  readonly delisted?: true;
  /** Its group, and the keys that it sets differently; missing: none. */
  readonly group?: { readonly id: string; readonly differs: readonly string[] };
  /** Not polled: always, or until this day (UTC, YYYY-MM-DD); missing: polled. */
  readonly paused?: true | string;
  /** Whether its authors have channels; missing: they have none. */
  readonly authors?: true;
  /** Rules for this source only; missing: none. */
  readonly rules?: readonly Rule[];
}

export function isPaused({ paused }: Pick<Source, 'paused'>, now: Date): boolean {
  return paused === true || (paused !== undefined && now.toISOString() < paused);
}

/** RFC 9110 8.8: kept byte for byte, valid for `url` and the last read body only. */
export interface Validators {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A WebSub hub that notifies about changes of a document. */
export interface SourceHub {
  readonly url: string;
  /** The document's own address, its topic at the hub. */
  readonly topic: string;
}

/** The feed's own metadata when it was last read. */
export interface SourceProfile {
  readonly title: string | null;
  readonly homeUrl: string | null;
  readonly feedUrl: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly imageUrl: string | null;
  readonly rights: string | null;
}

/** `gone`: 410 twice. `dead`: 30 days without success. `new`: never requested. */
export type SourceHealth = 'new' | 'ok' | 'degraded' | 'failing' | 'dead' | 'gone';

export interface SourceError {
  readonly code: string;
  readonly message: string;
  readonly status: number | null;
}

/** CSS selectors. */
export interface TextSelectors {
  /** The text of an article's page; missing: found by Readability. */
  readonly select?: string;
  /** Parts to remove from the page and from the content of the feed. */
  readonly remove: readonly string[];
}

/** Permanent redirects seen so far. Adopted only after repeated equal answers (`politeness/redirects.ts`). */
export interface RedirectMemory {
  readonly target: string;
  readonly answers: number;
  readonly since: Date;
  /** True once a 200 of this target contained a known article. */
  readonly shared: boolean;
}

/** The persistent state of a source. Times are whole seconds. */
export interface FetchState {
  readonly sourceId: SourceId;
  /** The configured address of this state. A new address resets the state. */
  readonly configuredUrl: string;
  /** Adopted target of a permanent redirect, else null. */
  readonly adoptedUrl: string | null;
  readonly redirect: RedirectMemory | null;
  readonly validators: Validators | null;
  /** SHA-256 of the last body that was read, hex. */
  readonly bodyHash: string | null;
  readonly lastAttemptAt: Date | null;
  readonly lastSuccessAt: Date | null;
  /** null: due now. */
  readonly nextAttemptAt: Date | null;
  /** The licence when the last document was read. A wider licence requires reading it again. */
  readonly readAs: Licence | null;
  readonly failures: number;
  /** Consecutive 410 answers. */
  readonly gone: number;
  /** Consecutive 403 from a known rate limiter, 429 and 503: for back-off by host. */
  readonly blocked: number;
  readonly health: SourceHealth;
  readonly healthSince: Date | null;
  readonly error: SourceError | null;
  /** A feed that its site names since this one is gone; '': none found; missing: not looked for. */
  readonly proposedUrl?: string;
  /** Digest of the settings of the last request, if it failed (`politeness/request-settings.ts`). */
  readonly errorSettings?: string;
  /** Polling interval requested by the source, in minutes: maximum of ttl, sy, max-age, Expires; null: none. */
  readonly askedMinutes: number | null;
  /** The part of `askedMinutes` from the document (ttl, sy), in minutes. A 304 updates only the headers' part. */
  readonly documentMinutes: number | null;
  /** GMT hours and English day names in which the feed must not be polled. */
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  /** Publication dates of the newest articles, newest first, at most 30. */
  readonly recentDates: readonly Date[];
  readonly oldestItemAt: Date | null;
  readonly newestArticleAt: Date | null;
  readonly profile: SourceProfile | null;
  /** The hub of its last document or answer; missing: none. */
  readonly hub?: SourceHub | null;
  /** The reservation in the answer with its last document; missing: not reserved. */
  readonly reservation?: Reservation | null;
  /** Since when its documents have the site in `profile.homeUrl`; null: unknown. */
  readonly homeSince: Date | null;
  /** Hosts whose home page was checked for this feed; missing: none. */
  readonly siteProofs?: readonly SiteProof[];
  /** Items of the last valid document, in its order, and those missing from its middle since. */
  readonly lastRead: readonly ReadEntry[];
  /** True once its guids proved unusable. Its items are then identified by address (`identity/identified-items.ts`). */
  readonly guidsUnusable: boolean;
  /** Sorted keys of pictures that many items share: not for articles (`clean/recurring-pictures.ts`). */
  readonly recurringPictures: readonly string[];
  /** Parameters (`name=value`) of all links so far; null: none yet (`text/url/common-parameters.ts`). */
  readonly commonParameters: readonly string[] | null;
  /** The common ending of its titles (" | Evening News"), learned once; '': none; null: not read yet. */
  readonly titleEnding: string | null;
  /** Keys of sentences and lines that it repeats (`text/furniture.ts`); missing: none. */
  readonly furniture?: readonly string[];
  /** The language of most of its articles, learned once; '': none; null: not read yet. */
  readonly usualLanguage: string | null;
  /** New articles by day (days since 1970), newest first; `full`: the document had more. */
  readonly newsByDay: readonly { readonly day: number; readonly taken: number; readonly full: boolean }[];
  /** When new items beyond the daily limit can be accepted; null: none wait. */
  readonly newsWaitsUntil: Date | null;
  /** Images of its published posts. */
  readonly images: readonly PostImage[];
  /** The reading settings at the last read, on one line; null: it is a feed. */
  readonly ownAs: string | null;
  /** Addresses of documents from its last index of sitemaps; missing: none. */
  readonly parts?: readonly string[];
  /** The members of a list of sources; missing: none yet. */
  readonly list?: KnownList;
}

/** Whether the home page of a host names the feed. */
export interface SiteProof {
  readonly host: string;
  /** null: it has not answered yet. */
  readonly isProved: boolean | null;
  /** When it may be requested again, epoch milliseconds. */
  readonly until: number;
}

/** The part of a state for reports, pages and minting, without the large item list. */
export type SourceFacts = Pick<
  FetchState,
  | 'configuredUrl'
  | 'adoptedUrl'
  | 'profile'
  | 'homeSince'
  | 'health'
  | 'healthSince'
  | 'newestArticleAt'
  | 'error'
  | 'proposedUrl'
  | 'images'
  | 'reservation'
  | 'siteProofs'
>;

/** One item of the last valid document of a source. */
export interface ReadEntry {
  readonly ref: number;
  /** Date of the article, epoch milliseconds. Items dropped from the old end of a document are not withdrawn. */
  readonly publishedAt: number;
  /** Consecutive valid reads in which it was missing from the middle of the document; 0: present. */
  readonly missing: number;
}

/** A host in a Retry-After period (429 or 503). */
export interface HostState {
  /** The registrable domain (`politeness/hosts.ts`), or the key of a single source that was redirected to it. */
  readonly host: string;
  readonly notBefore: Date;
}

/** The target of its permanent redirect, or the feed that its site names; null: none. */
export function chooseNewUrl({ adoptedUrl, redirect, proposedUrl }: FetchState): string | null {
  return (adoptedUrl ?? redirect?.target ?? proposedUrl) || null;
}
