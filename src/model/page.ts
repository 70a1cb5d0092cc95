/** The HTML pages, with all that writers need, without a store or a clock. */
import type { ChannelImage, ChannelPath, Entry, EntryPicture, Translation } from './channel.js';
import type { EnrichKind } from './machine.js';
import type { Reservation } from './reservation.js';
import type { Licence, SourceHealth, SourceId } from './source.js';

/** The editor's page labels, by name: one text, a list (months), or texts by plural form or state. */
export type PageWords = Readonly<Record<string, string | readonly string[] | Readonly<Record<string, string>>>>;

/** Values that pages keep between editions, regardless of the news and the Node version. */
export interface PageMemory {
  readonly menu: readonly string[];
  readonly zone: SettledZone;
}

/** What all pages share. */
export interface Site {
  readonly title: string;
  readonly description: string;
  /** The site that contains the section; missing: none. */
  readonly parent?: { readonly title: string; readonly url: string };
  /** BCP 47. */
  readonly language: string;
  /** Base address of the published folder; ends in "/". */
  readonly feedsUrl: string;
  /** Published feed formats. */
  readonly formats: readonly string[];
  /** Whether publications have pages. */
  readonly perSource: boolean;
  readonly words: PageWords;
  readonly zone: TimeZone;
  readonly menu: readonly { readonly id: string; readonly label: string }[];
  /** Whether any topic has a page. */
  readonly hasTopics: boolean;
  /** Whether pages show only our copies of pictures and load nothing from other hosts. */
  readonly ownPictures: boolean;
  readonly icon: ChannelImage | null;
  /** Paths of the logo in the published folder; missing: the title is shown. */
  readonly logo?: { readonly light: string; readonly dark: string };
  /** Address of the picture for shared links to lists; null: none. */
  readonly sharedImage: string | null;
  /** The section's reservation of text and data mining; missing: none. */
  readonly reservation?: Reservation;
  /** As in `publish`; missing: false. */
  readonly search?: true;
  readonly script?: true;
  /** Whether `icons/` with icons of publications is published. */
  readonly icons: boolean;
}

export type PageEntry = Pick<Entry, 'id' | 'slug' | 'title' | 'summary' | 'language' | 'publishedAt'> & {
  readonly publication: string;
  /** The source of this publication; null: none, or the section itself. */
  readonly sourceId: SourceId | null;
  /** Has known sizes; null: none may be shown. */
  readonly picture: EntryPicture | null;
  /** Other publications of the story, only if the article leads it. */
  readonly alsoReportedBy: readonly string[];
  /** Its audio or video; missing: none. `duration`: seconds; null: unknown. */
  readonly medium?: { readonly isVideo: boolean; readonly duration: number | null };
  /** Its story, if the list shows other reports of it with this entry; missing: none. */
  readonly folded?: FoldedStory;
  /** The kind of machine output that replaces the publisher's text; missing: none. */
  readonly machine?: EnrichKind;
  readonly remark?: Entry['remark'];
};

/** Reports of a story that a list shows with the newest of them. */
interface FoldedStory {
  readonly slug: string;
  /** Newest first. */
  readonly others: readonly PageEntry[];
  /** Whether it is among the largest stories of the list. */
  readonly isTop: boolean;
}

export interface PageStory {
  readonly slug: string;
  readonly lead: PageEntry;
  /** The latest article of each other publication, in the order of their dates. */
  readonly others: readonly PageEntry[];
  /** Number of articles, with copies. */
  readonly reports: number;
  /** When the last of its publications joined the story. */
  readonly joinedAt: Date;
}

export interface TopStory {
  /** The story's lead or the pinned article. */
  readonly entry: PageEntry;
  /** null: the pinned article does not belong to a story of several publications. */
  readonly story: PageStory | null;
  readonly isPinned: boolean;
}

/** The page of a story with two or more publications. */
export interface StoryPage extends Pick<PageStory, 'slug' | 'lead' | 'reports'> {
  readonly publications: number;
  /** Oldest first; `copies`: articles with the same text. */
  readonly course: readonly { readonly entry: PageEntry; readonly copies: readonly PageEntry[] }[];
  readonly related: readonly Pick<PageStory, 'slug' | 'lead'>[];
}

export interface ArticlePage {
  readonly entry: Entry;
  /** Its story, and the number of reports; null: none. */
  readonly story: Pick<PageStory, 'slug' | 'reports'> | null;
  /** Other articles of its story, then earlier articles on its first topic. */
  readonly more: readonly PageEntry[];
  /** Recommended articles of other stories. */
  readonly alike: readonly PageEntry[];
}

export type ListPage =
  | (Listed & {
      readonly kind: 'index';
      /** The stories in the top section: pinned ones, then the most prominent. */
      readonly top: readonly TopStory[];
      /** The source of each entry. */
      readonly sourceIds: readonly SourceId[];
      readonly stories: boolean;
      readonly topics: readonly Counted[];
      readonly sources: readonly Counted[];
      /** Editor's channels, languages, digests, and authors with most articles; missing: none. */
      readonly channelLists?: readonly ChannelList[];
    })
  | (Continued & {
      readonly kind: 'topic' | 'channel' | 'language' | 'author';
      readonly channel: ChannelPath;
      readonly label: string;
      readonly translations?: readonly Translation[];
    })
  | (Continued & {
      readonly kind: 'source';
      readonly channel: ChannelPath;
      readonly label: string;
      readonly homeUrl: string | null;
      readonly feedUrl: string | null;
      readonly about: string | null;
      readonly language: string | null;
      /** Articles, archives included. */
      readonly count: number;
    })
  | (Continued & { readonly kind: 'latest' })
  | (Listed & {
      readonly kind: 'archive';
      readonly channel: ChannelPath;
      /** null: the section's main list. */
      readonly label: string | null;
      readonly number: number;
      readonly next: number | null;
    });

/** The newest articles of a list, for other pages to embed. */
export interface EmbeddedList {
  readonly path: string;
  /** null: the section's main list. */
  readonly label: string | null;
  /** The page of the list, relative to the published folder. */
  readonly page: string;
  readonly entries: readonly PageEntry[];
}

interface Listed {
  readonly entries: readonly PageEntry[];
}

interface Continued extends Listed {
  /** Number of the newest archive document, which continues the list; null: none. */
  readonly lastArchive: number | null;
}

export interface ChannelList {
  readonly kind: 'channel' | 'language' | 'digest' | 'author';
  /** `count`: articles, archives included; null: issues of a digest. */
  readonly channels: readonly { readonly path: ChannelPath; readonly label: string; readonly count: number | null }[];
}

export interface Counted {
  readonly id: string;
  readonly label: string;
  /** Articles, archives included. */
  readonly count: number;
}

/** A page that lists no articles. */
export type Overview =
  | { readonly kind: 'topics'; readonly topics: readonly CountedTopic[] }
  | { readonly kind: 'sources'; readonly sources: readonly ListedPublication[] }
  | { readonly kind: 'channels'; readonly lists: readonly ChannelList[] }
  | { readonly kind: 'subscribe' | 'search' }
  | {
      readonly kind: 'publishers';
      readonly home: string;
      /** mailto: or http(s); null: none. */
      readonly contact: string | null;
      readonly sources: readonly PublisherTerms[];
    };

/** The content that the section takes from a publisher. */
interface PublisherTerms {
  readonly id: SourceId;
  readonly label: string;
  readonly homeUrl: string | null;
  readonly content: Licence;
  /** Minutes between two requests; null: adaptive. */
  readonly every: number | null;
}

export interface CountedTopic extends Counted {
  readonly parent: string | null;
  /** Articles of the thirty days before the newest one. */
  readonly recent: number;
}

export interface ListedPublication extends Counted {
  /** BCP 47; null: unknown. */
  readonly language: string | null;
  readonly hasPage: boolean;
  readonly homeUrl: string | null;
}

/** The state of a source, as in `status.json`. */
export interface SourceStatus {
  readonly id: string;
  readonly title: string;
  readonly state: SourceHealth;
  readonly since: Date | null;
  readonly newestArticleAt: Date | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** A feed that its site names since this one is gone; missing: none. */
  readonly proposedUrl?: string;
}

/** A site's own templates, which replace ours, and its stylesheet, which is appended to ours. */
export interface Theme {
  /** By name. */
  readonly templates: Readonly<Record<string, string>>;
  readonly stylesheet: string;
  /** Published files of the theme, and the logo; missing: none. */
  readonly assets?: readonly ThemeAsset[];
}

export interface ThemeAsset {
  /** In the published folder, such as `assets/font.woff2`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Published path of a logo, given its file. */
export function logoPath(mode: 'light' | 'dark', file: string): string {
  return `assets/logo-${mode}${file.slice(file.lastIndexOf('.')).toLowerCase()}`;
}

/** The past and future offsets of a time zone, so that pages do not depend on the machine's tables. */
export interface TimeZone {
  /** IANA, such as `Europe/Kyiv`. */
  readonly name: string;
  /** Unix seconds from which an offset in minutes applies, ascending; the first also before. Empty: UTC. */
  readonly offsets: readonly ZoneOffset[];
}

export type ZoneOffset = readonly [from: number, minutes: number];

/** `until`: time (Unix, seconds) up to which pages already used these offsets, so they are fixed. */
export interface SettledZone extends TimeZone {
  readonly until: number;
}

export const UTC: TimeZone = { name: 'UTC', offsets: [] };

/** Minutes east of Greenwich. */
export function findOffset({ offsets }: Pick<TimeZone, 'offsets'>, date: Date): number {
  const seconds = date.getTime() / 1000;
  let [low, high] = [0, offsets.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsets[middle]![0] <= seconds) low = middle;
    else high = middle;
  }
  return offsets[low]?.[1] ?? 0;
}
