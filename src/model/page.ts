/** The HTML pages, complete: writing them needs neither the store nor a clock. */
import type { ChannelImage, ChannelPath, Entry, EntryPicture, Translation } from './channel.js';
import type { EnrichKind } from './machine.js';
import type { Reservation } from './reservation.js';
import type { Licence, SourceHealth, SourceId } from './source.js';

/** Words of an editor's own, by label: one text, a list (months), or texts by plural form or state. */
export type PageWords = Readonly<Record<string, string | readonly string[] | Readonly<Record<string, string>>>>;

/** What pages keep from edition to edition, though the news or a later Node would say otherwise. */
export interface PageMemory {
  /** Ids of the topics in the menu. */
  readonly menu: readonly string[];
  readonly zone: SettledZone;
}

/** What all pages share. */
export interface Site {
  readonly title: string;
  readonly description: string;
  /** The site that the section is a part of; missing: none. */
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
  /** Topics in the menu, in its order. */
  readonly menu: readonly { readonly id: string; readonly label: string }[];
  /** Whether any topic has a page. */
  readonly hasTopics: boolean;
  /** Whether pages show copies of pictures only, and ask no other host. */
  readonly ownPictures: boolean;
  /** For the browser's tab; null: none. */
  readonly icon: ChannelImage | null;
  /** Address of the picture that is shown where a list is shared; null: none. */
  readonly sharedImage: string | null;
  /** That text and data mining is reserved; missing: nothing is said. */
  readonly reservation?: Reservation;
  /** Whether icons of publications are published: `icons/`. */
  readonly icons: boolean;
}

/** An article as lists show it. */
export type PageEntry = Pick<Entry, 'id' | 'slug' | 'title' | 'summary' | 'language' | 'publishedAt'> & {
  /** Name of the publication. */
  readonly publication: string;
  /** The source that is this publication; null: none of them is, or it is the section itself. */
  readonly sourceId: SourceId | null;
  /** Of known size; null: none may be shown. */
  readonly picture: EntryPicture | null;
  /** Other publications of the story; only where the article leads it. */
  readonly alsoReportedBy: readonly string[];
  /** What a machine made of it, whose words stand in place of the publisher's; missing: the publisher's stand. */
  readonly machine?: EnrichKind;
};

/** A story as lists show it. */
export interface PageStory {
  readonly slug: string;
  readonly lead: PageEntry;
  /** The first article of each other publication, the first to report first. */
  readonly others: readonly PageEntry[];
  /** Number of articles, copies too. */
  readonly reports: number;
  /** When the last publication that tells it began to. */
  readonly joinedAt: Date;
}

/** A story at the top of the index. */
export interface TopStory {
  /** Its lead, or the article that the editor pinned. */
  readonly entry: PageEntry;
  /** null: the pinned article belongs to no story that others tell, too. */
  readonly story: PageStory | null;
  readonly isPinned: boolean;
}

/** The page of a story that two or more publications tell. */
export interface StoryPage extends Pick<PageStory, 'slug' | 'lead' | 'reports'> {
  /** Number of publications. */
  readonly publications: number;
  /** Oldest first; `copies`: articles with the same text. */
  readonly course: readonly { readonly entry: PageEntry; readonly copies: readonly PageEntry[] }[];
  readonly related: readonly Pick<PageStory, 'slug' | 'lead'>[];
}

export interface ArticlePage {
  readonly entry: Entry;
  /** The page of its story, and the number of its reports; null: it has none. */
  readonly story: Pick<PageStory, 'slug' | 'reports'> | null;
  /** Other articles of its story first, then earlier articles on its first topic. */
  readonly more: readonly PageEntry[];
  /** Recommended articles of other stories. */
  readonly alike: readonly PageEntry[];
}

export type ListPage =
  | (Listed & {
      readonly kind: 'index';
      /** The most prominent stories, first those that the editor pinned. */
      readonly top: readonly TopStory[];
      /** The source of each entry. */
      readonly sourceIds: readonly SourceId[];
      /** Whether there is a page of all stories. */
      readonly stories: boolean;
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
      /** Its own feed. */
      readonly feedUrl: string | null;
      readonly about: string | null;
      readonly language: string | null;
      /** Articles, archives included. */
      readonly count: number;
    })
  | (Listed & { readonly kind: 'archive'; readonly number: number; readonly next: number | null });

/** The newest articles of a list, to stand in another page. */
export interface EmbeddedList {
  readonly path: string;
  /** null: it is the section's own list. */
  readonly label: string | null;
  /** The page of the list, from the published folder. */
  readonly page: string;
  readonly entries: readonly PageEntry[];
}

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

/** A page beside the news. */
export type Overview =
  | { readonly kind: 'topics'; readonly topics: readonly CountedTopic[] }
  | { readonly kind: 'sources'; readonly sources: readonly ListedPublication[] }
  | { readonly kind: 'subscribe' }
  | {
      readonly kind: 'publishers';
      /** The section's home page. */
      readonly home: string;
      /** mailto: or http(s); null: none. */
      readonly contact: string | null;
      readonly sources: readonly TakenSource[];
    };

/** What the section takes of a publisher. */
interface TakenSource {
  readonly id: SourceId;
  readonly label: string;
  readonly homeUrl: string | null;
  readonly content: Licence;
  /** Minutes between two requests; null: as it publishes. */
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

/** A time zone as the offsets that it had and will have, so that writing pages needs no tables of the machine. */
export interface TimeZone {
  /** IANA, such as `Europe/Kyiv`. */
  readonly name: string;
  /** Moments (Unix, seconds) from which an offset from UTC (minutes) held, ascending. The first also holds before. Empty: UTC. */
  readonly offsets: readonly ZoneOffset[];
}

export type ZoneOffset = readonly [from: number, minutes: number];

/** A zone, and up to when (Unix, seconds) its offsets are settled: pages have been made with them. */
export interface SettledZone extends TimeZone {
  readonly until: number;
}

export const UTC: TimeZone = { name: 'UTC', offsets: [] };

/** In minutes, east of Greenwich positive. */
export function offsetAt({ offsets }: Pick<TimeZone, 'offsets'>, date: Date): number {
  const seconds = date.getTime() / 1000;
  let [low, high] = [0, offsets.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsets[middle]![0] <= seconds) low = middle;
    else high = middle;
  }
  return offsets[low]?.[1] ?? 0;
}
