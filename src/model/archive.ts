/** Computes archive pages (RFC 5005). Positions of articles ("spots") count from 0, documents from 1. */

export const ARCHIVE_ARTICLES = 100;

/** Number of the document that contains a spot. */
export function findArchiveNumber(spot: number): number {
  return Math.floor(spot / ARCHIVE_ARTICLES) + 1;
}

/** Number of the newest document of an archive with `spots` positions; 0: the archive is empty. */
export function countArchiveDocuments(spots: number): number {
  return Math.ceil(spots / ARCHIVE_ARTICLES);
}
