/** A source's document made clean: what reading it gave, before the store is asked what it knows. Crosses worker threads: plain data only. */
import type { Draft } from './article.js';
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
