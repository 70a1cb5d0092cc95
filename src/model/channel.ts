/** Channels: published feeds with all that writers need, without a store or a clock. */
import type { ArticleId, Author, Episode, Image, ImageCopy, KnownImage, MediaLink, Publication } from './article.js';
import type { EnrichKind, MachineAnswer } from './machine.js';
import type { Reservation } from './reservation.js';
import type { SourceId } from './source.js';
import type { StoryRef } from './story.js';

/**
 * The path without its extension, and the channel's key in the store: `all`, `stories`, `stories/<slug>`,
 * `topics/<id>`, `sources/<id>`, `authors/<slug>`, `channels/<id>`, `language/<tag>`, `digests/<id>`.
 */
export type ChannelPath = string;

/** The channel with stories as entries. It has a head but no archive. */
export const STORIES: ChannelPath = 'stories';

/** The key of a story among the outdated documents: its number. The story's files have its slug. */
export function toStoryMark(story: StoryRef): ChannelPath {
  return `${STORIES}/${story}`;
}

/** Reads the number from a `toStoryMark`; null: another channel. */
export function parseStoryMark(channel: ChannelPath): StoryRef | null {
  return channel.startsWith(`${STORIES}/`) ? Number(channel.slice(STORIES.length + 1)) : null;
}

export interface EntryTopic {
  readonly id: string;
  readonly label: string;
  /** Absolute: our own topic scheme or IPTC's. */
  readonly scheme: string;
  /** Our id or `medtop:…`. */
  readonly term: string;
}

export interface RelatedLink {
  readonly url: string;
  readonly title: string;
  readonly publication: string;
  /** BCP 47, if it differs from that of the lead. */
  readonly language?: string | null;
}

export interface ChannelImage {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  readonly type: string;
  /** Pixels; null: a vector image. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface ChannelImages {
  /** Square. */
  readonly icon: ChannelImage;
  /** Square and small. */
  readonly favicon: ChannelImage;
  /** At most 144 pixels wide, the limit of RSS; null: none. */
  readonly image: ChannelImage | null;
  /** Twice as wide as high; null: none. */
  readonly logo: ChannelImage | null;
}

/** The picture of an article on pages. If its size is unknown, only the article's own page shows it. */
export interface EntryPicture extends Omit<Image, 'type'> {
  /** Shown in place of the original if present; the narrowest first. */
  readonly copies: readonly ImageCopy[];
}

/** An article in a channel, with its licence applied. */
export interface Entry {
  /** The article's id; in `stories` the story's id. */
  readonly id: string;
  /** First 12 of base32(SHA-256(article id)), lower case. */
  readonly slug: string;
  /** Link of the entry: the publisher's article or our page. */
  readonly url: string;
  /** The publisher's article; null: it has no address. Then `url` is our page or the publication. */
  readonly originalUrl: string | null;
  readonly title: string;
  /** Plain text; empty: missing, or not allowed by the licence. */
  readonly summary: string;
  readonly contentHtml: string | null;
  readonly authors: readonly Author[];
  readonly language: string | null;
  readonly publishedAt: Date;
  readonly updatedAt: Date | null;
  readonly image: Image | null;
  /** `image` with its sizes, if pages may show it; missing: they may not. */
  readonly picture?: EntryPicture;
  /** Known sizes of the images in `contentHtml`; missing: none. */
  readonly knownImages?: readonly KnownImage[];
  readonly enclosures: readonly MediaLink[];
  readonly episode?: Episode | null;
  /** Whether our pages may play its enclosures: the licence is `full`. */
  readonly isPlayable?: boolean;
  readonly topics: readonly EntryTopic[];
  readonly publication: Publication;
  /** The source of this publication; missing: none. */
  readonly sourceId?: SourceId;
  /** Its authors have channels (`authors/<slug>`); missing: they have none. */
  readonly hasAuthorPages?: true;
  /** The section wrote it; missing: another publication did. */
  readonly isOwn?: true;
  /** The aggregator that provided the article; null: it came from the publisher. */
  readonly via: Publication | null;
  readonly credited: { readonly title: string; readonly url: string | null } | null;
  readonly rights: string | null;
  /** Our site's page for comments (`site.comments`). */
  readonly commentsUrl: string | null;
  /** The publication's page for comments. */
  readonly discussionUrl?: string | null;
  /** Only in `stories`: the story's other articles, then reports in other languages. */
  readonly related: readonly RelatedLink[];
  /** Changes by the section; missing: none. */
  readonly edited?: EntryEdit;
  /** The section's words about it, plain text; missing: none. */
  readonly remark?: { readonly by: string; readonly text: string; readonly language: string };
  /** The publisher's reservation of text and data mining; missing: unknown. */
  readonly reservation?: Reservation;
  /** In the order of the config; missing: none. */
  readonly machine?: readonly EntryMachine[];
}

/** The output of a command, labelled wherever it is shown. */
export interface EntryMachine extends MachineAnswer {
  readonly as: EnrichKind;
  readonly by: string;
  /** Digest of the command and its input. */
  readonly of: string;
  /** The publisher's text, if the output replaces it; missing: both are shown. */
  readonly original?: Pick<MachineAnswer, 'language' | 'title' | 'summary'>;
}

export interface EntryEdit {
  readonly by: string;
  readonly what: readonly ('title' | 'summary' | 'image' | 'topics')[];
}

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

export type ChannelKind =
  | 'all'
  | 'stories'
  | 'story'
  | 'topic'
  | 'source'
  | 'author'
  | 'channel'
  | 'language'
  | 'digest';

export interface Channel {
  readonly kind: ChannelKind;
  readonly path: ChannelPath;
  /** Permanent: Atom's feed id. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly homeUrl: string;
  /** Base address of the published folder; ends in "/". */
  readonly feedsUrl: string;
  readonly formats: readonly string[];
  /** The newest change of any entry. An empty channel keeps the last value. */
  readonly updatedAt: Date;
  readonly siteTitle: string;
  /** The section's reservation of text and data mining; missing: none. */
  readonly reservation?: Reservation;
  readonly images?: ChannelImages;
  readonly hub: string | null;
  /** For a language channel: the same channel in the section's other languages; missing: none. */
  readonly translations?: readonly Translation[];
  readonly archive: ArchivePlace;
  /** Only for a `story`. */
  readonly story?: StoryFacts;
  readonly tombstones: readonly DeletedEntry[];
  readonly entries: readonly Entry[];
}

export interface StoryFacts {
  readonly id: string;
  readonly lead: ArticleId;
  /** Articles without an entry because another article has the same text. */
  readonly copies: readonly { readonly id: ArticleId; readonly of: ArticleId }[];
}

export type ChannelFrame = Omit<Channel, 'entries'>;
