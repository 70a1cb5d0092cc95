/** All that we ask of the world: a fetcher, a store, a sink, a clock. Rooms that touch the world implement these; `pipeline/` awaits them. */
import type { Article, ArticleId, ArticleRef, ArticleText, TopicTag } from './model/article.js';
import type { ChannelPath } from './model/channel.js';
import type { DocumentMemory } from './model/document.js';
import type { OutputFile } from './model/edition.js';
import type { FetchRequest, FetchResult } from './model/fetch.js';
import type { ArticleKey, KnownArticle, PendingArticle } from './model/identity.js';
import type { FetchState, HostState, SourceId } from './model/source.js';
import type { StoryRecord, StoryRef } from './model/story.js';

/** What a run does with time. The moment that it counts as is an argument, `now`, and no business of a clock. */
export interface Clock {
  /** Milliseconds on a clock that only moves forward. */
  readonly elapsed: () => number;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Fetcher {
  /** One bounded GET with its redirects. Never rejects for what a server or network does: that is a `failed` result. Rejects with the signal's reason when aborted. */
  fetch(request: FetchRequest, signal: AbortSignal): Promise<FetchResult>;
  close(): Promise<void>;
}

/** WebSub: whom to tell that feeds are new. */
export interface Hub {
  /** Rejects with FetchError where the hub did not take it, with the signal's reason when aborted. */
  publish(hubUrl: string, feedUrl: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

// ── the store ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** An article seen for the first time, not yet minted: no channel shows it. */
export interface NewArticle extends ArticleText {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly place: number;
  readonly publishedAt: Date;
  readonly publishedAtFrom: Article['publishedAtFrom'];
  readonly firstSeenAt: Date;
  readonly topics: readonly TopicTag[];
  readonly keys: readonly ArticleKey[];
  /** True where its guid may never become its id (duplicate, republished). */
  readonly mintOnly: boolean;
}

/** A known article as its source tells it now. */
export interface ChangedArticle extends ArticleText {
  readonly ref: ArticleRef;
  /** When a reader can see the change; null: nothing that readers see has changed (address, guid). */
  readonly updatedAt: Date | null;
  readonly topics: readonly TopicTag[];
}

/** What one read of one source changes. */
export interface SourceChanges {
  readonly added: readonly NewArticle[];
  readonly changed: readonly ChangedArticle[];
  readonly aliases: readonly { readonly ref: ArticleRef; readonly keys: readonly ArticleKey[] }[];
  /** Articles of another source that this one carries too. */
  readonly alsoIn: readonly ArticleRef[];
  /** `mark`: stays where it is, marked; `remove`: leaves every channel. */
  readonly withdrawn: readonly { readonly ref: ArticleRef; readonly at: Date; readonly policy: 'remove' | 'mark' }[];
  /** Withdrawn once, and back again. */
  readonly restored: readonly ArticleRef[];
  /** Which topics gave the tags: a fingerprint of the topic config. */
  readonly topicsFingerprint: string;
  /** What `remembered` gives from now on; null: nothing. */
  readonly memory: DocumentMemory | null | 'as before';
}

/** What placing must know of an article: nothing of what it says, so that thousands are read at once. */
export type Placeable = Pick<
  Article,
  | 'ref'
  | 'id'
  | 'sourceId'
  | 'alsoIn'
  | 'place'
  | 'publishedAt'
  | 'publishedAtFrom'
  | 'firstSeenAt'
  | 'withdrawnAt'
  | 'topics'
>;

/** Where an article is shown. */
export interface Placement {
  readonly ref: ArticleRef;
  /** `orderKey(article)`. */
  readonly order: string;
  readonly channels: readonly ChannelPath[];
}

/** Something published that no longer shows what the store holds. */
export interface DirtyDocument {
  readonly channel: ChannelPath;
  /** null: the head; else the number of the archive document. */
  readonly archive: number | null;
  /** True where even a full archive document must be written again: withdrawn, taken down, licence narrowed, topic changed. */
  readonly takedown: boolean;
}

export interface ChannelFacts {
  readonly channel: ChannelPath;
  /** Articles shown, archives included, withdrawn ones not. */
  readonly members: number;
  /** Places given in the archive so far, gaps included. */
  readonly archived: number;
  /** The newest change that it has shown; kept when it empties. */
  readonly updatedAt: Date | null;
}

/** A published file as it lay in the folder after the last rename. */
export interface PublishedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hash of what it was made from; null where it is always made anew. */
  readonly inputs: string | null;
}

/** `from`: the place of the first among those inside, counted from 0 in the order of paths. */
export type FilesAsked =
  | { readonly outside: string }
  | { readonly inside: string; readonly from: number; readonly limit: number };

/**
 * Everything that survives a run. All backends pass `test/contract/store.ts`. Each method is one transaction: it happens
 * whole or not at all. Fails with `StoreError` only.
 *
 * Whatever changes what a reader sees marks the channels that show it as dirty in the same transaction, so that an end at
 * any moment loses no news: what is dirty is published by the next run.
 */
export interface Store extends StoryStore {
  // what we know of sources
  fetchStates(): Promise<ReadonlyMap<SourceId, FetchState>>;
  hosts(): Promise<readonly HostState[]>;
  saveHosts(hosts: readonly HostState[]): Promise<void>;
  /**
   * State, validators and articles of one read stand or fall together. `changes` null: nothing but the state. Seen at once by
   * this store; kept for good once `flush` resolves or anything else is written (SQLite: also with the eighth, or after 50 ms).
   * Rejects also where the commit of earlier ones failed: all that shared it is lost.
   */
  saveFetch(state: FetchState, changes: SourceChanges | null): Promise<void>;
  /** Resolves when all that was saved is kept for good. */
  flush(): Promise<void>;
  saveFetches(states: readonly FetchState[]): Promise<void>;
  /**
   * What the source's last document held; null where nothing is kept of it, or where it would now be read otherwise: an
   * article of it is withdrawn, pruned or merged, or one of its names leads elsewhere.
   */
  remembered(id: SourceId): Promise<DocumentMemory | null>;
  /** Removes what is remembered of sources that are no longer configured; their articles stay. */
  forgetSources(ids: readonly SourceId[]): Promise<void>;

  // identity
  /** The first of `count` numbers that no article has. */
  reserveRefs(count: number): Promise<ArticleRef>;
  /** Pending and withdrawn ones too, and what is left of pruned ones. A key leads to the article that got it last. */
  known(keys: readonly ArticleKey[]): Promise<readonly KnownArticle[]>;
  pending(): Promise<readonly PendingArticle[]>;
  /** Of these ids, those that an article (also one that was pruned) has. */
  takenIds(ids: readonly ArticleId[]): Promise<ReadonlySet<ArticleId>>;
  /**
   * Gives ids; a merged pending article becomes an alias of `into`, whose `alsoIn` gains its source, and `lastRead` of that
   * source names `into` instead.
   */
  mint(
    minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[],
    merged: readonly { readonly ref: ArticleRef; readonly into: ArticleRef }[],
  ): Promise<void>;

  // articles
  /** In the order asked; pending, merged and pruned ones are left out. */
  articles(refs: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** Minted articles with a greater ref, ascending. */
  articlesAfter(ref: ArticleRef, limit: number): Promise<readonly Article[]>;
  find(idOrUrlKey: string): Promise<Article | null>;
  /** Minted and not pruned; withdrawn ones count. */
  countArticles(): Promise<number>;
  /** Minted articles whose tags another fingerprint gave, ascending by ref. */
  staleTags(fingerprint: string, after: ArticleRef, limit: number): Promise<readonly Article[]>;
  saveTags(
    tags: readonly { readonly ref: ArticleRef; readonly topics: readonly TopicTag[] }[],
    fingerprint: string,
  ): Promise<void>;
  /**
   * Removes articles first seen before `before`, save those among the newest `headItems` (default 50) of a channel; ids and
   * aliases outlive them, and so does what an archive document shows of them, their text apart. Returns how many.
   */
  prune(before: Date, headItems?: number): Promise<number>;

  // channels
  /** Minted articles whose placement is out of date: minted, retagged, carried by another source since `place` was last called for them. */
  unplaced(limit: number): Promise<readonly Placeable[]>;
  /** Replaces the channels of each article; both those it leaves and those it enters become dirty (an archive place that it leaves stays a gap). */
  place(placements: readonly Placement[]): Promise<void>;
  /** Every channel in which the article stands, hidden or not, by path; `spot`: its place in the archive, null where it has none. */
  placesOf(ref: ArticleRef): Promise<readonly { readonly channel: ChannelPath; readonly spot: number | null }[]>;
  dirty(): Promise<readonly DirtyDocument[]>;
  markDirty(documents: readonly DirtyDocument[]): Promise<void>;
  clearDirty(documents: readonly DirtyDocument[]): Promise<void>;
  channels(): Promise<readonly ChannelFacts[]>;
  /** The newest `limit` that stand in the channel, in order; withdrawn ones only where they are marked. */
  head(channel: ChannelPath, limit: number): Promise<readonly Article[]>;
  /** The numbers of those that `head` gives. */
  headRefs(channel: ChannelPath, limit: number): Promise<readonly ArticleRef[]>;
  /** Those that stand in the channel after (`older`) or before (`newer`) a place in the order of articles, nearest first. */
  neighbours(
    channel: ChannelPath,
    order: string,
    side: 'older' | 'newer',
    limit: number,
  ): Promise<readonly { readonly ref: ArticleRef; readonly order: string }[]>;
  /** Those without a place in the archive whose order is greater than `order` (or all, where it is null), last in order first: what leaves the head. */
  leaving(channel: ChannelPath, order: string | null): Promise<readonly ArticleRef[]>;
  /**
   * Appends to the archive (those that do not stand in the channel or have a place are passed over); returns the place of
   * the first, counted from 0. A place once given never changes. Dirty become the head, the documents that grew, and, with
   * `takedown`, a full one that gets its next-archive. Places before `from` that nobody has yet become gaps.
   */
  archive(channel: ChannelPath, refs: readonly ArticleRef[], from?: number): Promise<number>;
  /** Those at the places [from, to), in the order of their places; gaps are left out, and so are withdrawn ones that are not marked. */
  archived(channel: ChannelPath, from: number, to: number): Promise<readonly Article[]>;
  /** The numbers at the places [from, to), in their order; gaps are left out. */
  archivedRefs(channel: ChannelPath, from: number, to: number): Promise<readonly ArticleRef[]>;
  /** What a channel may show of these, in the order asked: not what was withdrawn without being marked. */
  shown(refs: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** What was withdrawn from the channel (and not only marked) since `since`, newest first. */
  withdrawnFrom(channel: ChannelPath, since: Date): Promise<readonly { readonly id: ArticleId; readonly at: Date }[]>;
  saveChannelDates(dates: readonly { readonly channel: ChannelPath; readonly updatedAt: Date }[]): Promise<void>;
  /** Removes a channel and its archive places. */
  dropChannels(channels: readonly ChannelPath[]): Promise<void>;

  // what is published
  /** By path; all of them, those outside of a folder (its path ends with a slash), or a part of those inside. */
  publishedFiles(which?: FilesAsked): Promise<readonly PublishedFile[]>;
  /** How many lie in a folder, its path with the slash. */
  countPublished(folder: string): Promise<number>;
  savePublishedFiles(put: readonly PublishedFile[], removed: readonly string[]): Promise<void>;
  meta(key: string): Promise<string | null>;
  saveMeta(key: string, value: string | null): Promise<void>;

  /** Checkpoints, closes, lets go of the lock. */
  close(): Promise<void>;
}

// ── stories ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What an article's story is told from. */
export type Telling = Pick<
  Article,
  | 'ref'
  | 'id'
  | 'sourceId'
  | 'publishedAt'
  | 'firstSeenAt'
  | 'title'
  | 'summary'
  | 'contentHtml'
  | 'language'
  | 'attribution'
>;

/** What seating new articles changes; stands or falls together. */
export interface StoryChanges {
  /** New ones and changed ones, whole. */
  readonly stories: readonly StoryRecord[];
  /** Stories that went into another: their ids stay as aliases of it. */
  readonly merged: readonly { readonly ref: StoryRef; readonly into: StoryRef }[];
  /** Counts of words, by scope; opaque to the store. */
  readonly terms: Iterable<readonly [scope: string, counts: Uint8Array]>;
  /** All articles up to this one have their story now; 0: as before. */
  readonly seatedTo: ArticleRef;
  /** Stories whose last member is older grow no more, and are no longer found by their terms. Milliseconds. */
  readonly closedBefore: number;
}

/** A story found by a term: `weight` is the term's share of what the story says, 0-1. */
export interface TermHit {
  readonly term: number;
  readonly story: StoryRef;
  readonly weight: number;
}

/** Stories and what they are found by. A run with ten new articles reads a few hundred rows, however many are stored. */
export interface StoryStore {
  /** All articles up to this one have their story; 0: none. */
  seatedTo(): Promise<ArticleRef>;
  /** Minted articles past `seatedTo` that have no story and were not pruned, in any order; of more than `limit`, those published first, then by id. */
  unseated(limit: number): Promise<readonly ArticleRef[]>;
  /** Minted ones that were not pruned, in any order. */
  tellings(refs: readonly ArticleRef[]): Promise<readonly Telling[]>;
  /** Those of the scopes that have counts. */
  storyTerms(scopes: readonly string[]): Promise<readonly (readonly [scope: string, counts: Uint8Array])[]>;
  /** For each term the newest `perTerm` open stories that have it among their keys, newest first. */
  storiesByTerm(terms: readonly number[], perTerm: number): Promise<readonly TermHit[]>;
  /** Those that stand, in any order. */
  stories(refs: readonly StoryRef[]): Promise<readonly StoryRecord[]>;
  /** Makes the head of `stories` dirty where a story that two sources tell has changed. */
  saveStories(changes: StoryChanges): Promise<void>;
  /** By its id or one that it had before a merge. */
  findStory(id: string): Promise<StoryRecord | null>;
  /** The story of each article that has one. */
  storiesOf(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, StoryRef>>;
  /** Those told by two or more sources, that which began last first; terms and keys are left empty. */
  toldStories(limit: number): Promise<readonly StoryRecord[]>;
  countStories(): Promise<{ readonly total: number; readonly multiSource: number }>;
  /** Minted articles published from `from` to before `to`, newest first (then by id): what a page may point to. */
  publishedBetween(from: Date, to: Date, limit: number): Promise<readonly Article[]>;
  /** Each of these articles that near-duplicates stand behind, or that stands behind another: with all of its group. */
  copiesOf(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, CopyGroup>>;
}

/** The same text in several sources. */
export interface CopyGroup {
  /** The copy that is shown where duplicates are folded. */
  readonly stands: ArticleRef;
  /** All others, ascending. */
  readonly folded: readonly ArticleRef[];
}

// ── the sink ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface SinkResult {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
  /** Bytes written. */
  readonly bytes: number;
}

/** One edition on its way: nothing that readers see changes before `commit`. */
export interface Publishing {
  /** Bytes equal to what is published are not written. Once it is done, the caller may use the bytes again. Fails with `PublishError`. */
  put(file: OutputFile): Promise<'staged' | 'unchanged'>;
  /** How many files `commit` would replace. */
  readonly staged: number;
  /** Renames what was staged in an order in which no head ever names a file that is not there, then removes. */
  commit(remove: readonly string[]): Promise<SinkResult>;
  /** Leaves everything as it was. */
  abort(): Promise<void>;
}

/** A reader sees the old file or the new one, never half of one. */
export interface Sink {
  begin(): Promise<Publishing>;
  read(path: string): Promise<Uint8Array | null>;
  /** Size in bytes of each of these that lies in the folder. */
  sizes(paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

// ── what is laid aside ──────────────────────────────────────────────────────────────────────────────────────────────

/** Bytes that a run needs again and has no memory for. */
export interface Scratch {
  /** Where they lie now; null: there is no room. */
  write(bytes: Uint8Array): number | null;
  /** Fills `into` with what was written from there on. */
  read(into: Uint8Array, at: number): void;
  /** Gives the room back. */
  close(): void;
}
