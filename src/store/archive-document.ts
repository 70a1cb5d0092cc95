/** Which archive document holds a spot of a channel's archive: all backends must agree on it. */
import { ARCHIVE_ARTICLES } from '../model/channel.js';

/** Spots count from 0, documents from 1. */
export function archiveDocument(spot: number): number {
  return Math.floor(spot / ARCHIVE_ARTICLES) + 1;
}
