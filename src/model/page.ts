/** The HTML pages, complete: writing them needs neither the store nor a clock. */
import type { ChannelPath, Entry, Translation } from './channel.js';
import type { SourceHealth } from './source.js';

/** What all pages share. */
export interface Site {
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  /** Base address of the published folder; ends in "/". */
  readonly feedsUrl: string;
  /** Published feed formats. */
  readonly formats: readonly string[];
  /** Topics with a page, in the order of the config. */
  readonly topics: readonly { readonly id: string; readonly label: string }[];
}

/** An article as lists show it. */
export type PageEntry = Pick<Entry, 'id' | 'slug' | 'title' | 'summary' | 'language' | 'publishedAt'> & {
  /** Name of the publication. */
  readonly publication: string;
  /** Other publications of the story; only where the article leads it. */
  readonly alsoReportedBy: readonly string[];
};

export interface ArticlePage {
  readonly entry: Entry;
  /** Other articles of its story first, then earlier articles on its first topic. */
  readonly more: readonly PageEntry[];
  /** Recommended articles of other stories. */
  readonly alike: readonly PageEntry[];
}

export type ListPage =
  | (Listed & {
      readonly kind: 'index';
      /** Articles that the editor pinned, in that order. */
      readonly pinned: readonly PageEntry[];
      readonly topics: readonly Counted[];
      readonly sources: readonly Counted[];
      /** Channels of questions, of languages, and digests; missing: none. */
      readonly asked?: readonly AskedList[];
    })
  | (Listed & {
      readonly kind: 'topic' | 'channel' | 'language';
      readonly channel: ChannelPath;
      readonly label: string;
      /** The same section in its other languages; missing: none. */
      readonly translations?: readonly Translation[];
    })
  | (Listed & {
      readonly kind: 'source';
      readonly channel: ChannelPath;
      readonly label: string;
      readonly homeUrl: string | null;
      readonly about: string | null;
    })
  | (Listed & { readonly kind: 'archive'; readonly number: number; readonly next: number | null });

interface Listed {
  readonly entries: readonly PageEntry[];
  /** Number of the newest archive document; null: no archive. */
  readonly lastArchive: number | null;
}

/** Channels of one kind with pages. */
export interface AskedList {
  readonly kind: 'channel' | 'language' | 'digest';
  readonly channels: readonly { readonly path: ChannelPath; readonly label: string }[];
}

/** A topic or publication with a page. */
export interface Counted {
  readonly id: string;
  readonly label: string;
  /** Articles, archives included. */
  readonly count: number;
}

/** The state of a source, as in `status.json`. */
export interface SourceStatus {
  readonly id: string;
  readonly title: string;
  readonly state: SourceHealth;
  /** When the state began. */
  readonly since: Date | null;
  readonly newestArticleAt: Date | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A site's own templates, which replace ours, and its styles, which are appended to ours. */
export interface Theme {
  /** By name. */
  readonly templates: Readonly<Record<string, string>>;
  readonly stylesheet: string;
}
