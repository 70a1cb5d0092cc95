/** Determines the Cache-Control header of published files. */
import { documentPath, readDocumentPath } from '../address.js';

/** The maximum delay of news in feed readers that obey max-age (Miniflux). */
const CHANGING = 'public, max-age=300, must-revalidate';
/** For pictures and icons, which rarely change under one name. */
const DAY = 'public, max-age=86400';
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** The archive document after this one, `archive/all/1.rss` → `archive/all/2.rss`; null: another file. */
export function nextArchivePath(path: string): string | null {
  const document = readDocumentPath(path);
  if (document === null || document.number === null) return null;
  return documentPath({ path: document.channel }, document.number + 1, document.format);
}

/** `isFull`: whether an archive document has a successor. Then it rarely changes. */
export function selectCacheControl(path: string, isFull: boolean): string {
  if (/^(?:images|icons)\/.+\.(?:webp|png)$/.test(path)) return DAY;
  return isFull ? IMMUTABLE : CHANGING;
}
