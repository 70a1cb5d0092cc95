/** A feed that we publish, ready to be written: a writer looks nothing up and asks no clock. */
import type { Author, Image, MediaLink, Publication } from './article.js';

/** `all`, `stories`, `topics/<id>`, `sources/<id>`: the path without its ending, and the name that the store knows it by. */
export type ChannelPath = string;

/** The channel of events rather than articles: it has a head and no archive. */
export const STORIES: ChannelPath = 'stories';

export interface EntryTopic {
  readonly id: string;
  readonly label: string;
  /** Absolute: the section's topics or the IPTC scheme. */
  readonly scheme: string;
  /** What stands for the topic in that scheme: our id or `medtop:…`. */
  readonly term: string;
}

/** Another article on the same event. */
export interface RelatedLink {
  readonly url: string;
  readonly title: string;
  readonly publication: string;
}

/** An article in its place in a channel, its licence already applied. */
export interface Entry {
  /** The article's id; in `stories` the story's own. */
  readonly id: string;
  /** First 12 of base32(SHA-256(article id)), lower case. */
  readonly slug: string;
  /** What the entry's link points to: the publisher's article or our page. */
  readonly url: string;
  /** The publisher's article. */
  readonly originalUrl: string;
  readonly title: string;
  /** Plain text; empty where the licence or the source gives none. */
  readonly summary: string;
  readonly contentHtml: string | null;
  readonly authors: readonly Author[];
  readonly language: string | null;
  readonly publishedAt: Date;
  readonly updatedAt: Date | null;
  readonly image: Image | null;
  readonly enclosures: readonly MediaLink[];
  readonly topics: readonly EntryTopic[];
  readonly publication: Publication;
  /** Where we read it, if that is another. */
  readonly via: Publication | null;
  readonly credited: { readonly title: string; readonly url: string | null } | null;
  readonly rights: string | null;
  readonly commentsUrl: string | null;
  /** Only in `stories`: the others that tell it. */
  readonly related: readonly RelatedLink[];
}

/** RFC 6721. */
export interface DeletedEntry {
  readonly id: string;
  readonly when: Date;
  readonly comment: string | null;
}

/** RFC 5005: where this document stands. Numbers name `archive/<channel>/<n>`. */
export interface ArchivePlace {
  /** null: the head. */
  readonly number: number | null;
  readonly previous: number | null;
  readonly next: number | null;
}

export interface Channel {
  readonly kind: 'all' | 'topic' | 'source' | 'stories';
  readonly path: ChannelPath;
  /** Permanent: Atom's feed id. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The page for people that this feed belongs to. */
  readonly homeUrl: string;
  /** Where the folder is served; ends in "/". */
  readonly feedsUrl: string;
  /** The formats that are published, so that each can point to the others. */
  readonly formats: readonly string[];
  /** The newest change of any entry; what it was where there are none. */
  readonly updatedAt: Date;
  readonly siteTitle: string;
  readonly hub: string | null;
  readonly archive: ArchivePlace;
  readonly tombstones: readonly DeletedEntry[];
  readonly entries: readonly Entry[];
}

/** All of a channel that stands around its entries. */
export type ChannelFrame = Omit<Channel, 'entries'>;
