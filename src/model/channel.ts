/** A feed that we publish, complete: writers need neither the store nor a clock. */
import type { ArticleId, Author, Episode, Image, ImageCopy, KnownImage, MediaLink, Publication } from './article.js';
import type { EnrichKind, MachineAnswer } from './machine.js';
import type { Reservation } from './reservation.js';
import type { SourceId } from './source.js';
import type { StoryRef } from './story.js';

/** `all`, `stories`, `stories/<slug>`, `topics/<id>`, `sources/<id>`, `channels/<id>`, `language/<tag>`, `digests/<id>`: the path without its extension, and the channel's key in the store. */
export type ChannelPath = string;

/** The channel whose entries are stories, not articles: it has a head but no archive. */
export const STORIES: ChannelPath = 'stories';

/** The mark of one story among the documents that are out of date: its files are named by its slug, marked by its number. */
export function storyMark(story: StoryRef): ChannelPath {
  return `${STORIES}/${story}`;
}

/** null: it is not the mark of a story. */
export function markedStory(channel: ChannelPath): StoryRef | null {
  return channel.startsWith(`${STORIES}/`) ? Number(channel.slice(STORIES.length + 1)) : null;
}

export interface EntryTopic {
  readonly id: string;
  readonly label: string;
  /** Absolute: our own topic scheme or IPTC's. */
  readonly scheme: string;
  /** The topic's term in that scheme: our id or `medtop:…`. */
  readonly term: string;
}

/** Another article on the same event. */
export interface RelatedLink {
  readonly url: string;
  readonly title: string;
  readonly publication: string;
  /** Where it is a report in another language than the entry's story: that language, if known. null: told by the same story. */
  readonly language?: string | null;
}

/** A file of ours that pictures a channel. */
export interface ChannelImage {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  readonly type: string;
  /** Pixels; null: a drawing, of any size. */
  readonly width: number | null;
  /** Pixels; null: a drawing, of any size. */
  readonly height: number | null;
}

/** How feed readers picture a channel. */
export interface ChannelImages {
  /** Square. */
  readonly icon: ChannelImage;
  /** Square and small. */
  readonly favicon: ChannelImage;
  /** At most 144 pixels wide, as RSS wants it; null: there is none. */
  readonly image: ChannelImage | null;
  /** Twice as broad as high; null: there is none. */
  readonly logo: ChannelImage | null;
}

/** The picture that pages show of an article. */
export interface EntryPicture {
  readonly url: string;
  /** Pixels; null: unknown, so that only the article's own page shows it. */
  readonly width: number | null;
  /** Pixels; null: unknown. */
  readonly height: number | null;
  readonly alt: string | null;
  /** Shown instead, where there are any; the narrowest first. */
  readonly copies: readonly ImageCopy[];
}

/** An article as a channel shows it, with its licence applied. */
export interface Entry {
  /** The article's id; in `stories` the story's own. */
  readonly id: string;
  /** First 12 of base32(SHA-256(article id)), lower case. */
  readonly slug: string;
  /** Target of the entry's link: the publisher's article or our page. */
  readonly url: string;
  /** Address of the publisher's article; null: it has none, and `url` is that of our page, else of its publication. */
  readonly originalUrl: string | null;
  readonly title: string;
  /** Plain text; empty: the licence allows none or the source has none. */
  readonly summary: string;
  readonly contentHtml: string | null;
  readonly authors: readonly Author[];
  readonly language: string | null;
  readonly publishedAt: Date;
  readonly updatedAt: Date | null;
  readonly image: Image | null;
  /** `image`, where the rights of its source let pages show it; missing: they do not. */
  readonly picture?: EntryPicture;
  /** What is known of the images in `contentHtml`; missing: nothing. */
  readonly knownImages?: readonly KnownImage[];
  readonly enclosures: readonly MediaLink[];
  readonly episode?: Episode | null;
  /** Whether our pages may play its enclosures: the licence is `full`. */
  readonly isPlayable?: boolean;
  readonly topics: readonly EntryTopic[];
  readonly publication: Publication;
  /** The source that is this publication; missing: none of them is. */
  readonly sourceId?: SourceId;
  /** Whether the section wrote it itself; missing: another publication did. */
  readonly isOwn?: true;
  /** The aggregator in whose feed we read it; null: read from the publisher. */
  readonly via: Publication | null;
  readonly credited: { readonly title: string; readonly url: string | null } | null;
  readonly rights: string | null;
  /** Our site's page for comments (`site.comments`). */
  readonly commentsUrl: string | null;
  /** The publication's own. */
  readonly discussionUrl?: string | null;
  /** Only in `stories`: the story's other articles, then reports in other languages. */
  readonly related: readonly RelatedLink[];
  /** What the section changed of it; missing: nothing. */
  readonly edited?: EntryEdit;
  /** That its publisher reserves text and data mining; missing: it says nothing. */
  readonly reservation?: Reservation;
  /** In the order of the config; missing: nothing. */
  readonly machine?: readonly EntryMachine[];
}

/** What a command of the editor made of an entry, marked as such wherever it is shown. */
export interface EntryMachine extends MachineAnswer {
  readonly as: EnrichKind;
  /** The command's name. */
  readonly by: string;
  /** Digest of the command and of what it was given. */
  readonly of: string;
  /** The publisher's own words, in whose place its words stand; missing: they stand beside. */
  readonly original?: {
    readonly language: string | null;
    readonly title: string | null;
    readonly summary: string | null;
  };
}

export interface EntryEdit {
  /** The section's title. */
  readonly by: string;
  readonly what: readonly ('title' | 'summary' | 'image' | 'topics')[];
}

/** A withdrawn entry (RFC 6721). */
export interface DeletedEntry {
  readonly id: string;
  readonly when: Date;
  readonly comment: string | null;
}

/** Position of a document in the paging of RFC 5005. Numbers refer to `archive/<channel>/<n>`. */
export interface ArchivePlace {
  /** null: the head. */
  readonly number: number | null;
  readonly previous: number | null;
  readonly next: number | null;
}

/** The same section in another language. */
export interface Translation {
  /** BCP 47. */
  readonly language: string;
  readonly path: ChannelPath;
}

export type ChannelKind = 'all' | 'stories' | 'story' | 'topic' | 'source' | 'channel' | 'language' | 'digest';

export interface Channel {
  readonly kind: ChannelKind;
  readonly path: ChannelPath;
  /** Permanent: Atom's feed id. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The HTML page of this channel. */
  readonly homeUrl: string;
  /** Base address of the published folder; ends in "/". */
  readonly feedsUrl: string;
  /** All published formats, for links between them. */
  readonly formats: readonly string[];
  /** The newest change of any entry; kept when the channel empties. */
  readonly updatedAt: Date;
  readonly siteTitle: string;
  /** That the section reserves text and data mining; missing: it says nothing. */
  readonly reservation?: Reservation;
  /** Missing: none. */
  readonly images?: ChannelImages;
  readonly hub: string | null;
  /** Of a channel of one language: those of the section's other languages; missing: none. */
  readonly translations?: readonly Translation[];
  readonly archive: ArchivePlace;
  /** Only of a `story`. */
  readonly story?: StoryFacts;
  readonly tombstones: readonly DeletedEntry[];
  readonly entries: readonly Entry[];
}

/** What the feed of a story says of it beside its articles. */
export interface StoryFacts {
  readonly id: string;
  /** The article that leads it. */
  readonly lead: ArticleId;
  /** Articles that are not among the entries, since another has the same text. */
  readonly copies: readonly { readonly id: ArticleId; readonly of: ArticleId }[];
}

/** A channel without its entries. */
export type ChannelFrame = Omit<Channel, 'entries'>;
