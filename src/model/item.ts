/** A parsed feed, not yet cleaned: the common shape of all formats. */

import type { Reservation } from './reservation.js';
import type { SourceList } from './source-list.js';

/** `xhtml` arrives as html. `base`: the base of relative URLs in an html value. */
export interface Text {
  type: 'text' | 'html';
  value: string;
  base: string | null;
}
export interface Person {
  name: string | null;
  email: string | null;
  url: string | null;
}
export interface Category {
  term: string;
  scheme: string | null;
  label: string | null;
}
export interface Link {
  href: string;
  rel: string;
  type: string | null;
  title: string | null;
  /** Bytes. */
  length: number | null;
}
export interface ItemEnclosure {
  url: string;
  type: string | null;
  /** Bytes. */
  length: number | null;
  /** Seconds. */
  duration: number | null;
}
/** An episode, in the terms of Apple's and Podcasting 2.0's namespaces. */
export interface ItemEpisode {
  season: number | null;
  number: number | null;
  transcripts: { url: string; type: string | null; language: string | null }[];
  chapters: { url: string; type: string | null } | null;
  /** `role`: host, guest and so on, verbatim. */
  people: { name: string; role: string | null; url: string | null }[];
}
export interface ItemImage {
  url: string;
  width: number | null;
  height: number | null;
  alt: string | null;
}
export interface ItemSource {
  title: string | null;
  /** The original publication's home page. */
  url: string | null;
  feedUrl: string | null;
}

/** null: the source did not provide the value; lists are never null. Untrusted content. */
export interface Item {
  guid: string | null;
  guidIsPermalink: boolean | null;
  /** feedburner:origLink takes precedence over link. */
  url: string | null;
  commentsUrl: string | null;
  /** The section does not accept comments. Only its own posts and links have this. */
  commentsClosed?: true;
  title: Text | null;
  summary: Text | null;
  content: Text | null;
  authors: Person[];
  contributors: Person[];
  categories: Category[];
  links: Link[];
  enclosures: ItemEnclosure[];
  episode: ItemEpisode | null;
  images: ItemImage[];
  source: ItemSource | null;
  /** dc:publisher, verbatim. */
  publisher: string | null;
  /** ISO 8601 in UTC. */
  published: string | null;
  /** ISO 8601 in UTC. */
  updated: string | null;
  language: string | null;
  rights: string | null;
}

/** An item withdrawn by the publisher: at:deleted-entry, RFC 6721. */
export interface Tombstone {
  ref: string;
  /** ISO 8601 in UTC. */
  when: string | null;
}

/** A further document of the source, such as a sitemap of a sitemap index. */
export interface ItemPart {
  /** Absolute, http(s). */
  url: string;
  /** ISO 8601 in UTC. */
  changedAt: string | null;
}

export interface ParsedFeed {
  /** Feeds: rss, rdf, atom, json, cdf; otherwise the source's kind. */
  format: string;
  version: string | null;
  title: Text | null;
  description: Text | null;
  url: string | null;
  feedUrl: string | null;
  id: string | null;
  language: string | null;
  updated: string | null;
  imageUrl: string | null;
  rights: string | null;
  /** The reservation in its head (TDMRep); missing: not reserved. */
  reservation?: Reservation;
  authors: Person[];
  categories: Category[];
  links: Link[];
  hubs: string[];
  ttlMinutes: number | null;
  /** 0 to 23, GMT. */
  skipHours: number[];
  /** English names: 'Saturday'. */
  skipDays: string[];
  updateEveryMinutes: number | null;
  items: Item[];
  /** Documents that contain the items, the most important first; missing: the items are here. */
  parts?: ItemPart[];
  /** The sources of a list; missing: not a list of sources. */
  list?: SourceList;
  tombstones: Tombstone[];
  /** False: the document was truncated or exceeded our limit, so a missing item may still exist. */
  complete: boolean;
  /** Deviations from the format, and how they were read. */
  warnings: string[];
}
