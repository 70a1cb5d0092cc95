/** What a document of ours says when it is read back: the same shape whatever format it is in. */
import type { Author, Image, MediaLink, Publication } from '../../model/article.js';

/** Fields as in `Entry`; null or empty where the format has no word for it, or nothing was said. */
export interface PublishedEntry {
  readonly id: string;
  /** The publisher's article. */
  readonly url: string;
  /** What the entry's link points to: the same, or our page. */
  readonly link: string;
  readonly title: string;
  readonly summary: string;
  readonly contentHtml: string | null;
  readonly authors: readonly Author[];
  /** null: that of the document, or none. */
  readonly language: string | null;
  readonly publishedAt: Date;
  readonly updatedAt: Date | null;
  readonly image: Image | null;
  readonly enclosures: readonly MediaLink[];
  readonly topics: readonly PublishedTopic[];
  readonly publication: Publication;
  readonly via: Publication | null;
  readonly credited: { readonly title: string; readonly url: string | null } | null;
  readonly rights: string | null;
  /** In `stories`: links of the others that tell it. */
  readonly related: readonly string[];
}

export interface PublishedTopic {
  /** null: the format names it by its label alone. */
  readonly term: string | null;
  readonly scheme: string;
  readonly label: string;
}

export interface PublishedDocument {
  readonly title: string;
  readonly language: string | null;
  /** null: the format does not say. */
  readonly updatedAt: Date | null;
  readonly entries: readonly PublishedEntry[];
  /** RFC 6721; only Atom has them. */
  readonly tombstones: readonly { readonly id: string; readonly when: Date }[];
}

/** Throws where the text is no document of that format. */
export type ReadPublished = (text: string) => PublishedDocument;

/** Whole and possible, or an error: a date is never guessed. */
export function publishedDate(value: string): Date {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw new Error(`"${value}" is no date`);
  return date;
}

/** Readers do not tell a revision from first publication where both have one date. */
export function publishedRevision(published: Date, updated: string | null): Date | null {
  if (updated === null) return null;
  const date = publishedDate(updated);
  return date > published ? date : null;
}
