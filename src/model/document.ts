/** A source's document made clean: what reading it gave, before the store is asked what it knows. Crosses worker threads: plain data only. */
import type { ArticleRef, Draft } from './article.js';
import type { ArticleKey } from './identity.js';
import type { ParsedFeed, Tombstone } from './item.js';
import type { SourceProfile } from './source.js';

export interface CleanDocument {
  /** What it was written in. */
  readonly format: ParsedFeed['format'];
  readonly profile: SourceProfile;
  /** In the order of the document. */
  readonly drafts: readonly Draft[];
  /** Items that could not become articles (no address of any kind). */
  readonly skipped: number;
  readonly tombstones: readonly Tombstone[];
  /** See `ParsedFeed.complete`. */
  readonly complete: boolean;
  /** lastBuildDate or the feed's updated; null: not said. */
  readonly builtAt: Date | null;
  /** The source's wishes, for politeness. */
  readonly ttlMinutes: number | null;
  readonly updateEveryMinutes: number | null;
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  readonly warnings: readonly string[];
}

/** How a document is written, item by item: what stands in the next one word for word means there what it meant here. */
export interface ItemHashes {
  /** Hash of all that stands outside of its items, but for what says when and by what it was made. */
  readonly envelopeHash: string;
  /** Hash of each item, in the order of the document; no two are alike. */
  readonly items: readonly string[];
}

/** What is remembered of a source's last document: an item that stands in the next one word for word need not be looked at. */
export interface DocumentSnapshot {
  /** Of its body, as `FetchState.bodyHash`. */
  readonly bodyHash: string;
  /** Fingerprint of all by which its items were read, beside what stood in it: rules and context. */
  readonly rulesHash: string;
  /** `Marks.outside` */
  readonly envelopeHash: string;
  /** Whether its items are known by guids: one way for all. */
  readonly guids: 'all' | 'none';
  /** In its order. */
  readonly items: readonly SnapshotItem[];
}

export interface SnapshotItem {
  /** Of `Marks.items`. */
  readonly hash: string;
  readonly ref: ArticleRef;
  readonly claimedPublishedAt: Date | null;
  /** All names of the item, each of which leads to `ref`; a store that is given 'as before' keeps those that it has for the mark, and gives none back. */
  readonly keys: readonly ArticleKey[] | 'as before';
}

/** What cleaning must know beside the feed. */
export interface CleanContext {
  readonly source: {
    readonly id: string;
    readonly title: string | null;
    readonly content: 'full' | 'summary' | 'none';
  };
  /** Where the document came from, after redirects. */
  readonly documentUrl: string;
  /** Of the Content-Language header; null: none. */
  readonly contentLanguage: string | null;
  /** The editor's credit lines, with `{publication}`. */
  readonly credits: readonly string[];
}
