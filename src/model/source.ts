/** Sources: publishers' feeds that we read, and their state between runs. */

import type { Reservation } from './reservation.js';
import type { Rule } from './rule.js';
import type { KnownList } from './source-list.js';

/** `[a-z0-9-]+`, unique in a site. */
export type SourceId = string;

/** How much of an article may be republished. */
export type Licence = 'full' | 'summary' | 'none';

/** What happens to an article that its publisher withdraws. */
export type WithdrawnPolicy = 'remove' | 'mark' | 'keep';

/** What a source is whose articles the editor writes: a folder of posts, or a file of links. */
export interface OwnSource {
  readonly kind: 'posts' | 'links';
  /** The folder or file as the config names it, for messages. */
  readonly path: string;
  /** The section's home page, and its feed of this source. */
  readonly homeUrl: string;
  readonly feedUrl: string;
  /** Where the images of posts are published; ends in "/". */
  readonly imagesUrl: string;
  /** Where the site shows a post itself, with `{path}` or `{slug}`; missing: nowhere but on our page. */
  readonly at?: string;
  /** Of what names no language, BCP 47. */
  readonly language: string;
  /** Ids of the topics that it may name. */
  readonly topics: readonly string[];
}

/** An image beside the posts. */
export interface PostImage {
  /** Below the folder, with "/". */
  readonly path: string;
  /** Of its bytes. */
  readonly digest: string;
}

/** How a source is asked and read that is neither a feed nor the editor's own: what its kind says (`parse/kinds.ts`). Plain data. */
export interface SourceReading {
  readonly kind: string;
  /** What the config says under the key of the kind's name, defaults filled in. */
  readonly options: unknown;
  /** What it means that an item is no longer in the document. */
  readonly absence: 'withdrawn' | 'nothing';
  /** Whether robots.txt is asked first. */
  readonly robots: boolean;
  /** Header `Accept` of its requests; null: that of feeds. */
  readonly accept: string | null;
  /** It names sources and brings no items; missing: it brings items. */
  readonly lists?: true;
}

/** A source as configured. */
export interface Source {
  readonly id: SourceId;
  /** http(s) or file:, absolute. May hold credentials: never print it, use `redactUrl`. */
  readonly url: string;
  /** Addresses of its further feeds; missing: none. */
  readonly moreFeeds?: readonly string[];
  /** Documents that its index names, each with the name of its state; missing: none. */
  readonly parts?: readonly { readonly url: string; readonly feedId: string }[];
  /** Which of its feeds this is (`source-feeds.ts`); missing: the first. */
  readonly feedId?: string;
  /** null: the feed's own title is used. */
  readonly title: string | null;
  /** Ids that it had, the oldest first; missing: none. */
  readonly formerly?: readonly SourceId[];
  readonly topics: readonly string[];
  readonly content: Licence;
  /** The pages of its new articles are asked for their whole text; missing: what its feed says is all. */
  readonly articlePages?: true;
  /** Whether its pictures may be shown; missing: only with the licence `full`. */
  readonly images?: boolean;
  /** An http(s) address, or an absolute path; missing: what is found at its home. */
  readonly icon?: { readonly url: string } | { readonly file: string };
  /** That its publisher reserves text and data mining; missing: what its server says. */
  readonly reservation?: Reservation;
  /** Polling interval in minutes; null: adaptive. */
  readonly every: number | null;
  /** Sent to the source's own origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  readonly allowPrivateAddresses: boolean;
  readonly withdrawn: WithdrawnPolicy;
  /** What its address took from the environment; missing: nothing. Never printed or published. */
  readonly secrets?: readonly string[];
  /** `hold`: new articles wait for the editor. */
  readonly review: 'publish' | 'hold';
  /** What the editor writes himself; missing: it is a publisher's. */
  readonly own?: OwnSource;
  /** Missing: a feed, or the editor's own. */
  readonly reading?: SourceReading;
  /** New articles a day; more where its history says so. */
  readonly perDay: number;
  /** Items older than this at first sight are not taken. */
  readonly maxAgeDays: number;
  /** Whether its first document may hold older ones: no `maxAge` is configured. */
  readonly mayBeginOld: boolean;
  /** Id of the list that names it; missing: the editor does. */
  readonly listedBy?: SourceId;
  /** Its list does not name it any more: it is not asked, and its articles stay. */
  readonly quiet?: true;
  /** Rules for its articles alone; missing: none. */
  readonly rules?: readonly Rule[];
}

/** RFC 9110 8.8: kept byte for byte, valid for `url` and the last read body only. */
export interface Validators {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A WebSub hub that tells of changes of a document. */
export interface SourceHub {
  readonly url: string;
  /** What the document calls its own address, by which the hub knows it. */
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

/** Permanent redirects seen so far: adopted only after repeated equal answers (`politeness/redirects.ts`). */
export interface RedirectMemory {
  readonly target: string;
  readonly answers: number;
  readonly since: Date;
  /** True once a 200 of this target contained an article that we knew. */
  readonly shared: boolean;
}

/** The persistent state of a source. Times are whole seconds. */
export interface FetchState {
  readonly sourceId: SourceId;
  /** The configured address that this state belongs to: with another address, the state is reset. */
  readonly configuredUrl: string;
  /** Target of a permanent redirect once adopted; else null. */
  readonly adoptedUrl: string | null;
  readonly redirect: RedirectMemory | null;
  readonly validators: Validators | null;
  /** SHA-256 of the last body that was read, hex. */
  readonly bodyHash: string | null;
  readonly lastAttemptAt: Date | null;
  readonly lastSuccessAt: Date | null;
  /** null: at once. */
  readonly nextAttemptAt: Date | null;
  /** The licence under which the last document was read: a wider one requires reading it again. */
  readonly readAs: Licence | null;
  /** Consecutive failures. */
  readonly failures: number;
  /** Consecutive 410 answers. */
  readonly gone: number;
  /** Consecutive 403 from a known rate limiter, 429 and 503: for back-off by host. */
  readonly blocked: number;
  readonly health: SourceHealth;
  /** When `health` last changed. */
  readonly healthSince: Date | null;
  readonly error: SourceError | null;
  /** The setting that the last failure was about, with a digest of its value (`politeness/named-setting.ts`); null: none. */
  readonly errorSetting: string | null;
  /** Polling interval requested by the source, in minutes: maximum of ttl, sy, max-age, Expires; null: none. */
  readonly askedMinutes: number | null;
  /** The part of `askedMinutes` that comes from the document (ttl, sy), in minutes: a 304 updates only the headers' part. */
  readonly documentMinutes: number | null;
  /** GMT hours and English day names in which the source asks not to be polled. */
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  /** Publication dates of the newest articles, newest first, at most 30: the posting habit. */
  readonly recentDates: readonly Date[];
  /** Date of the oldest dated item of the last document. */
  readonly oldestItemAt: Date | null;
  readonly newestArticleAt: Date | null;
  readonly profile: SourceProfile | null;
  /** The hub that its last document, or the answer that brought it, named; missing: none. */
  readonly hub?: SourceHub | null;
  /** Text and data mining, as the answer that brought its last document says; missing: not reserved. */
  readonly reservation?: Reservation | null;
  /** Since when its documents name the home page's site that `profile` has; null: unknown. */
  readonly homeSince: Date | null;
  /** Items of the last good document, in its order, and those missing from its middle since. */
  readonly lastRead: readonly ReadEntry[];
  /** True once the source's guids proved unusable: its items are identified by address from then on (`identity/identified-items.ts`). */
  readonly guidsUnusable: boolean;
  /** Keys of pictures that many items of its last document share, sorted: no pictures of articles (`clean/recurring-pictures.ts`). */
  readonly recurringPictures: readonly string[];
  /** Query parameters (`name=value`) that all links of its documents have had; null: none were read (`text/url/common-parameters.ts`). */
  readonly commonParameters: readonly string[] | null;
  /** What its titles end with (" | Evening News"), learned from its first document, for good; '': nothing; null: not read yet. */
  readonly titleEnding: string | null;
  /** New articles by day (days since 1970), newest first; `full`: more stood in the document. */
  readonly newsByDay: readonly { readonly day: number; readonly taken: number; readonly full: boolean }[];
  /** When the new items that the day's limit left out may be taken; null: there are none. */
  readonly newsWaitsUntil: Date | null;
  /** Images that its published posts show. */
  readonly images: readonly PostImage[];
  /** What the config said of how it is read when it last was, as one line; null: it is a feed. */
  readonly ownAs: string | null;
  /** Addresses of the documents that its last document names (an index of sitemaps); missing: none. */
  readonly parts?: readonly string[];
  /** What it names, of a list of sources; missing: nothing yet. */
  readonly list?: KnownList;
}

/** The part of a state that reports, pages and minting need: without the item list, which takes most of the memory. */
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
  | 'images'
  | 'reservation'
>;

/** One item of the last good document of a source. */
export interface ReadEntry {
  readonly ref: number;
  /** Of the article, epoch milliseconds: items dropped from the old end of a document are not withdrawn. */
  readonly publishedAt: number;
  /** Consecutive good reads in which it was missing from the middle of the document; 0: present. */
  readonly missing: number;
}

/** A host in a Retry-After period (429 or 503). */
export interface HostState {
  /** The registrable domain (`politeness/hosts.ts`), or a mark of the one source that was redirected to it. */
  readonly host: string;
  readonly notBefore: Date;
}
