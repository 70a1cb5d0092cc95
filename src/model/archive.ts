/** Page arithmetic of a channel's archive (RFC 5005). Places of articles ("spots") count from 0, documents from 1. */

/** Articles in one full archive document. */
export const ARCHIVE_ARTICLES = 100;

/** Number of the document that holds a spot. */
export function archiveDocument(spot: number): number {
  return Math.floor(spot / ARCHIVE_ARTICLES) + 1;
}

/** Number of the newest document of an archive with `spots` places; 0: no archive. */
export function lastArchive(spots: number): number {
  return Math.ceil(spots / ARCHIVE_ARTICLES);
}
