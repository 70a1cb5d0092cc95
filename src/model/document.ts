/** A cleaned document of a source, not yet matched with the store. Plain data, because it is passed between threads. */
import type { ArticleRef, Draft } from './article.js';
import type { ArticleKey } from './identity.js';
import type { ItemPart, ParsedFeed, Tombstone } from './item.js';
import type { Reservation } from './reservation.js';
import type { PostImage, Source, SourceHub, SourceProfile } from './source.js';
import type { SourceList } from './source-list.js';

export interface CleanDocument {
  readonly format: ParsedFeed['format'];
  readonly profile: SourceProfile;
  /** In the order of the document. */
  readonly drafts: readonly Draft[];
  /** Items without any address. */
  readonly skipped: number;
  /** See `FetchState.commonParameters`. Includes these items. */
  readonly commonParameters: readonly string[] | null;
  /** See `FetchState.titleEnding`. Learned from these items if it was unknown. */
  readonly titleEnding: string;
  /** See `FetchState.furniture`. Includes that of these items. */
  readonly furniture: readonly string[];
  /** See `FetchState.usualLanguage`. Learned from these items if it was unknown. */
  readonly usualLanguage: string;
  readonly tombstones: readonly Tombstone[];
  /** See `ParsedFeed.complete`. */
  readonly complete: boolean;
  /** Missing: none. */
  readonly hub?: SourceHub;
  /** See `ParsedFeed.reservation`. */
  readonly reservation?: Reservation;
  /** lastBuildDate or the feed's updated; null: missing. */
  readonly builtAt: Date | null;
  /** Polling interval requested by the document, in minutes; null: missing. */
  readonly ttlMinutes: number | null;
  readonly updateEveryMinutes: number | null;
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  readonly warnings: readonly string[];
  /** Address of the next older document: RFC 5005 `prev-archive`, Atom `next`, JSON Feed `next_url`; missing: none. */
  readonly older?: string;
  /** See `ParsedFeed.parts`. */
  readonly parts?: readonly ItemPart[];
  /** See `ParsedFeed.list`. */
  readonly list?: SourceList;
}

/** Hashes of a document's raw items. An item with the same hash in the next document is unchanged. */
export interface ItemHashes {
  /** Hash of everything outside the items, except build dates and generator. */
  readonly envelopeHash: string;
  /** One per item, in the order of the document; all different. */
  readonly items: readonly string[];
}

/** Facts about a source's last document, stored so that unchanged items need not be read again. */
export interface DocumentSnapshot {
  /** SHA-256 of its body, hex: as `FetchState.bodyHash`. */
  readonly bodyHash: string;
  /** Fingerprint of the reading rules and the context. After a change, all items are read again. */
  readonly rulesHash: string;
  readonly envelopeHash: string;
  /** Whether its items are identified by guids; equal for all items. */
  readonly guids: 'all' | 'none';
  /** In the order of the document. */
  readonly items: readonly SnapshotItem[];
}

export interface SnapshotItem {
  /** One of `ItemHashes.items`. */
  readonly hash: string;
  readonly ref: ArticleRef;
  readonly claimedPublishedAt: Date | null;
  /** All keys that identify the item. 'as before', only when saving: keep the stored keys of this hash. */
  readonly keys: readonly ArticleKey[] | 'as before';
  /** `Picture.key` of each candidate for its picture. */
  readonly pictures: readonly string[];
  /** As `Draft.lines`. */
  readonly lines: readonly string[];
}

/** The input of cleaning, apart from the feed. */
export interface CleanContext {
  readonly source: Pick<Source, 'id' | 'title' | 'content' | 'secrets' | 'aggregator' | 'own' | 'reading' | 'text'>;
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
  /** See `FetchState.furniture`. */
  readonly furniture: readonly string[];
  /** See `FetchState.usualLanguage`. */
  readonly usualLanguage: string | null;
}

/** A folder of posts as JSON, passed from the disk to the parser. Files are in the order of their paths. */
export interface PostFolder {
  readonly posts: readonly { readonly path: string; readonly text: string }[];
  readonly images: readonly PostImage[];
}
