/** What a publisher's feed says, decoded but not yet cleaned: the one shape that every format is read into. */

/** `xhtml` arrives as html. `base` is what relative URLs in an html value resolve against. */
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
}
export interface ItemImage {
  url: string;
  /** Pixels. */
  width: number | null;
  /** Pixels. */
  height: number | null;
  alt: string | null;
}
export interface ItemSource {
  title: string | null;
  /** The original publication's home page. */
  url: string | null;
  feedUrl: string | null;
}

/** `null` means that the source did not say; lists are never null. Untrusted. */
export interface Item {
  guid: string | null;
  guidIsPermalink: boolean | null;
  /** feedburner:origLink wins over link. */
  url: string | null;
  commentsUrl: string | null;
  title: Text | null;
  summary: Text | null;
  content: Text | null;
  authors: Person[];
  contributors: Person[];
  categories: Category[];
  links: Link[];
  enclosures: ItemEnclosure[];
  images: ItemImage[];
  source: ItemSource | null;
  /** dc:publisher: the name of a publication, as the source gives it. */
  publisher: string | null;
  /** ISO 8601 in UTC. */
  published: string | null;
  /** ISO 8601 in UTC. */
  updated: string | null;
  language: string | null;
  rights: string | null;
}

/** RFC 6721 at:deleted-entry: an item that the publisher took back. */
export interface Tombstone {
  ref: string;
  /** ISO 8601 in UTC. */
  when: string | null;
}

export interface ParsedFeed {
  format: 'rss' | 'rdf' | 'atom' | 'json' | 'cdf';
  version: string | null;
  title: Text | null;
  description: Text | null;
  /** The publication's home page. */
  url: string | null;
  feedUrl: string | null;
  id: string | null;
  language: string | null;
  updated: string | null;
  imageUrl: string | null;
  rights: string | null;
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
  tombstones: Tombstone[];
  /** False where the document was cut off, or more items stood in it than we keep: what is missing then says nothing. */
  complete: boolean;
  /** What was odd and how it was read. */
  warnings: string[];
}
