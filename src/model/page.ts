/** The news site for people: what its pages show, ready to be written. A page looks nothing up and asks no clock. */
import type { ChannelPath, Entry } from './channel.js';
import type { SourceHealth } from './source.js';

/** What every page shows. */
export interface Site {
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  /** Where the folder is served; ends in "/". */
  readonly feedsUrl: string;
  /** The formats that are published. */
  readonly formats: readonly string[];
  /** Those that have a page, in the editor's order. */
  readonly topics: readonly { readonly id: string; readonly label: string }[];
}

/** An article as lists show it. */
export type PageEntry = Pick<Entry, 'id' | 'slug' | 'title' | 'summary' | 'language' | 'publishedAt'> & {
  /** Name of the publication. */
  readonly publication: string;
  /** Publications that tell the same story, where it leads one. */
  readonly alsoReportedBy: readonly string[];
};

export interface ArticlePage {
  readonly entry: Entry;
  /** The same story elsewhere first, then earlier articles on its first topic. */
  readonly more: readonly PageEntry[];
  /** Other stories. */
  readonly alike: readonly PageEntry[];
}

export type ListPage =
  | (Listed & { readonly kind: 'index'; readonly topics: readonly Counted[]; readonly sources: readonly Counted[] })
  | (Listed & { readonly kind: 'topic'; readonly channel: ChannelPath; readonly label: string })
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
  /** Number of the newest part of the archive; null: there is none. */
  readonly lastArchive: number | null;
}

/** A topic or publication that has a page. */
export interface Counted {
  readonly id: string;
  readonly label: string;
  /** Articles, archives included. */
  readonly count: number;
}

/** How a source does, as `status.json` says it. */
export interface SourceStatus {
  readonly id: string;
  readonly title: string;
  readonly state: SourceHealth;
  /** When the state began. */
  readonly since: Date | null;
  readonly newestArticleAt: Date | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What a site puts in the place of our templates and adds to our stylesheet. */
export interface Theme {
  /** By name. */
  readonly templates: Readonly<Record<string, string>>;
  readonly stylesheet: string;
}
