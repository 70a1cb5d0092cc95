/** Cache-Control of published files, by path. */
import { documentPath, readDocumentPath } from '../address.js';

/** Feed readers that obey max-age (Miniflux) see news at most this much later. */
const CHANGING = 'public, max-age=300, must-revalidate';
/** Pictures and icons are named after what they belong to, and hardly ever become others. */
const DAY = 'public, max-age=86400';
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** The archive document after this one, `archive/all/1.rss` → `archive/all/2.rss`; null: no archive document. */
export function nextArchivePath(path: string): string | null {
  const document = readDocumentPath(path);
  if (document === null || document.number === null) return null;
  return documentPath({ path: document.channel }, document.number + 1, document.format);
}

/** `isFull`: of an archive document, whether there is one after it: then it rarely changes. */
export function cacheControlOf(path: string, isFull: boolean): string {
  if (/^(?:images|icons)\/.+\.(?:webp|png)$/.test(path)) return DAY;
  return isFull ? IMMUTABLE : CHANGING;
}
