/** A source's cleaned document, not yet matched with the store. Passed between threads: plain data only. */
import type { ArticleRef, Draft } from './article.js';
import type { ArticleKey } from './identity.js';
import type { ItemPart, ParsedFeed, Tombstone } from './item.js';
import type { Reservation } from './reservation.js';
import type { OwnSource, PostImage, SourceHub, SourceProfile, SourceReading } from './source.js';
import type { SourceList } from './source-list.js';

export interface CleanDocument {
  /** The feed format. */
  readonly format: ParsedFeed['format'];
  readonly profile: SourceProfile;
  /** In the order of the document. */
  readonly drafts: readonly Draft[];
  /** Items that could not become articles (no address of any kind). */
  readonly skipped: number;
  /** See `FetchState.commonParameters`, these items included. */
  readonly commonParameters: readonly string[] | null;
  /** See `FetchState.titleEnding`; learned from these items where it was unknown. */
  readonly titleEnding: string;
  readonly tombstones: readonly Tombstone[];
  /** See `ParsedFeed.complete`. */
  readonly complete: boolean;
  /** Missing: it names none. */
  readonly hub?: SourceHub;
  /** See `ParsedFeed.reservation`. */
  readonly reservation?: Reservation;
  /** lastBuildDate or the feed's updated; null: not given. */
  readonly builtAt: Date | null;
  /** Polling interval that the document asks for, in minutes; null: not given. */
  readonly ttlMinutes: number | null;
  readonly updateEveryMinutes: number | null;
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  readonly warnings: readonly string[];
  /** The next older document, as this one names it: RFC 5005 `prev-archive`, Atom `next`, JSON Feed `next_url`; missing: none. */
  readonly older?: string;
  /** See `ParsedFeed.parts`. */
  readonly parts?: readonly ItemPart[];
  /** See `ParsedFeed.list`. */
  readonly list?: SourceList;
}

/** Hashes of a document's raw items. An equal hash in the next document: an unchanged item. */
export interface ItemHashes {
  /** Hash of everything outside the items, except build dates and generator. */
  readonly envelopeHash: string;
  /** Hash of each item, in the order of the document; all different. */
  readonly items: readonly string[];
}

/** What is stored of a source's last document, so that unchanged items of the next one need not be read. */
export interface DocumentSnapshot {
  /** SHA-256 of its body, hex: as `FetchState.bodyHash`. */
  readonly bodyHash: string;
  /** Fingerprint of the reading rules and context: under others, items must be read again. */
  readonly rulesHash: string;
  /** See `ItemHashes`. */
  readonly envelopeHash: string;
  /** Whether its items are identified by guids; the same for all items. */
  readonly guids: 'all' | 'none';
  /** In the order of the document. */
  readonly items: readonly SnapshotItem[];
}

export interface SnapshotItem {
  /** One of `ItemHashes.items`. */
  readonly hash: string;
  readonly ref: ArticleRef;
  readonly claimedPublishedAt: Date | null;
  /** All keys of the item, each of which leads to `ref`. 'as before', only when saving: the store keeps the keys it has for this hash. */
  readonly keys: readonly ArticleKey[] | 'as before';
  /** Keys of the candidates for its picture: `Picture.key`. */
  readonly pictures: readonly string[];
}

/** What cleaning needs besides the feed. */
export interface CleanContext {
  readonly source: {
    readonly id: string;
    readonly title: string | null;
    readonly content: 'full' | 'summary' | 'none';
    /** As `Source.secrets`. */
    readonly secrets?: readonly string[];
    /** As `Source.own`. */
    readonly own?: OwnSource;
    /** As `Source.reading`. */
    readonly reading?: SourceReading;
  };
  /** Address of the document, after redirects. */
  readonly documentUrl: string;
  /** The Content-Language header; null: none. */
  readonly contentLanguage: string | null;
  /** Configured credit line patterns, with `{publication}`. */
  readonly credits: readonly string[];
  /** See `FetchState.commonParameters`. */
  readonly commonParameters: readonly string[] | null;
  /** See `FetchState.titleEnding`. */
  readonly titleEnding: string | null;
}

/** A folder of posts as it is handed from the disk to the parser, as JSON: files in the order of their paths. */
export interface PostFolder {
  readonly posts: readonly { readonly path: string; readonly text: string }[];
  readonly images: readonly PostImage[];
}
