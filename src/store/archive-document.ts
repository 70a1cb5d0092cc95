/** Which archive document holds a spot of a channel's archive: all backends must agree on it (RFC 5005; contract: 100 articles each). */

/** Articles in one archive document. */
export const ARCHIVE_DOCUMENT_SIZE = 100;

/** Spots count from 0, documents from 1. */
export function archiveDocument(spot: number): number {
  return Math.floor(spot / ARCHIVE_DOCUMENT_SIZE) + 1;
}
