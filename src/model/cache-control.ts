/** Cache-Control of published files, by path. */

/** Feed readers that obey max-age (Miniflux) see news at most this much later. */
const CHANGING = 'public, max-age=300, must-revalidate';
/** Pictures and icons are named after what they belong to, and hardly ever become others. */
const DAY = 'public, max-age=86400';
const IMMUTABLE = 'public, max-age=31536000, immutable';

const ARCHIVE = /^(archive\/.+\/)(\d+)(\.(?:rss|atom|json))$/;

/** The archive document after this one, `archive/all/1.rss` → `archive/all/2.rss`; null: no archive document. */
export function nextArchivePath(path: string): string | null {
  const [, folder, number, ending] = ARCHIVE.exec(path) ?? [];
  return folder === undefined ? null : `${folder}${Number(number) + 1}${ending}`;
}

/** `isFull`: of an archive document, whether there is one after it: then it rarely changes. */
export function cacheControlOf(path: string, isFull: boolean): string {
  if (/^(?:images|icons)\/.+\.(?:webp|png)$/.test(path)) return DAY;
  return isFull ? IMMUTABLE : CHANGING;
}
