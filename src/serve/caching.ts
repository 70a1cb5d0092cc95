/** Cache-Control of published files. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Feed readers that obey max-age (Miniflux) see news at most this much later. */
const CHANGING = 'public, max-age=300, must-revalidate';
/** Pictures and icons are named after what they belong to, and hardly ever become others. */
const DAY = 'public, max-age=86400';
const IMMUTABLE = 'public, max-age=31536000, immutable';

const ARCHIVE = /^(archive\/.+\/)(\d+)(\.(?:rss|atom|json))$/;

/** An archive document with a successor is full and rarely changes. */
export async function cacheControl(dir: string, path: string): Promise<string> {
  if (/^(?:images|icons)\/.+\.(?:webp|png)$/.test(path)) return DAY;
  const [, folder, number, ending] = ARCHIVE.exec(path) ?? [];
  if (folder === undefined) return CHANGING;
  const next = await stat(join(dir, `${folder}${Number(number) + 1}${ending}`)).catch(() => null);
  return next === null ? CHANGING : IMMUTABLE;
}
