/** The archive of a channel in numbers (RFC 5005): stores and editions must agree on them. Spots count from 0, documents from 1. */

/** Articles in one archive document; what is full is followed by the next. */
export const ARCHIVE_ARTICLES = 100;

/** The number of the document that holds a spot. */
export function archiveDocument(spot: number): number {
  return Math.floor(spot / ARCHIVE_ARTICLES) + 1;
}

/** The number of the document that grows, of an archive with so many spots; 0: there is none. */
export function lastArchive(spots: number): number {
  return Math.ceil(spots / ARCHIVE_ARTICLES);
}
