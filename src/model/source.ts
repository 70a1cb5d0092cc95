/** A publisher's feed that we read, and what we remember of it between runs. */

/** `[a-z0-9-]+`, unique in a site. */
export type SourceId = string;

/** How much of an article may be republished. */
export type Licence = 'full' | 'summary' | 'none';

/** What becomes of an article that its publisher took back. */
export type WithdrawnPolicy = 'remove' | 'mark' | 'keep';

/** A source as the editor configured it. */
export interface Source {
  readonly id: SourceId;
  /** http(s) or file:, absolute. May hold credentials: never print it, use `redactUrl`. */
  readonly url: string;
  /** null: the feed's own. */
  readonly title: string | null;
  readonly topics: readonly string[];
  readonly content: Licence;
  /** Minutes; null: the program decides. */
  readonly every: number | null;
  /** Sent to the source's own origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  readonly allowPrivateAddresses: boolean;
  readonly withdrawn: WithdrawnPolicy;
}

/** RFC 9110 8.8: kept byte for byte, valid for `url` and the stored body alone. */
export interface Validators {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What the feed said of itself when it was last read. */
export interface SourceProfile {
  readonly title: string | null;
  readonly homeUrl: string | null;
  readonly feedUrl: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly imageUrl: string | null;
  readonly rights: string | null;
}

/** `gone`: 410 twice. `dead`: 30 days without success. `new`: never asked. */
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
  /** True once a 200 of this target held a guid that we knew. */
  readonly shared: boolean;
}

/** All that must survive a restart about one source. Times are whole seconds. */
export interface FetchState {
  readonly sourceId: SourceId;
  /** The configured address that this state belongs to: another address starts anew. */
  readonly configuredUrl: string;
  /** A permanent redirect's target once it is adopted; else null. */
  readonly adoptedUrl: string | null;
  readonly redirect: RedirectMemory | null;
  readonly validators: Validators | null;
  /** SHA-256 of the last body that was read, hex. */
  readonly bodyHash: string | null;
  readonly lastAttemptAt: Date | null;
  readonly lastSuccessAt: Date | null;
  /** null: now. */
  readonly nextAttemptAt: Date | null;
  /** The licence under which the last document was read: a wider one needs the whole text again. */
  readonly readAs: Licence | null;
  /** Consecutive failures. */
  readonly failures: number;
  /** Consecutive 410 answers. */
  readonly gone: number;
  /** Consecutive 403 answers from a known limiter and 429/503: for back-off by host. */
  readonly blocked: number;
  readonly health: SourceHealth;
  /** When `health` last changed. */
  readonly healthSince: Date | null;
  readonly error: SourceError | null;
  /** What the source itself asked for, in minutes: max of ttl, sy, max-age, Expires; null: nothing. */
  readonly askedMinutes: number | null;
  /** The part of `askedMinutes` that stands in the document itself (ttl, sy), in minutes: a 304 renews the headers alone. */
  readonly documentMinutes: number | null;
  /** GMT hours and English day names in which the source does not want to be asked. */
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  /** Publication dates of the newest articles, newest first, at most 30: the posting habit. */
  readonly recentDates: readonly Date[];
  /** The oldest dated item of the last document. */
  readonly oldestItemAt: Date | null;
  readonly newestArticleAt: Date | null;
  readonly profile: SourceProfile | null;
  /** What stood in the last good document, in its order, and what has gone missing from its middle since. */
  readonly lastRead: readonly ReadEntry[];
  /** True once the source's guids proved unusable: it is known by addresses from then on (`identity/identified-items.ts`). */
  readonly guidsUnusable: boolean;
}

/** What reports, pages and minting need of it once all sources were read: without the memory of its documents, which takes most room. */
export type SourceFacts = Pick<
  FetchState,
  'configuredUrl' | 'profile' | 'health' | 'healthSince' | 'newestArticleAt' | 'error'
>;

/** One item of the last good document of a source. */
export interface ReadEntry {
  readonly ref: number;
  /** Of the article, milliseconds: tells the old end of a document from its middle. */
  readonly publishedAt: number;
  /** Consecutive good reads in which it was missing from the middle: 0 stands in the document. */
  readonly missing: number;
}

/** A host that asked to be left alone (429 and 503 with Retry-After). */
export interface HostState {
  /** The host, or the registrable domain of tenant hosts. */
  readonly host: string;
  readonly notBefore: Date;
}
