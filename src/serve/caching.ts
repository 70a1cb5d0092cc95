/** How long a published file may be kept by those who fetched it. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Readers that obey max-age (Miniflux) wait no longer than this for news. */
const CHANGES = 'public, max-age=300, must-revalidate';
const SETTLED = 'public, max-age=31536000, immutable';

const ARCHIVE = /^(archive\/.+\/)(\d+)(\.(?:rss|atom|json))$/;

/** An archive document that is followed by another is full and does not change any more. */
export async function cacheControl(dir: string, path: string): Promise<string> {
  const [, folder, number, ending] = ARCHIVE.exec(path) ?? [];
  if (folder === undefined) return CHANGES;
  const next = await stat(join(dir, `${folder}${Number(number) + 1}${ending}`)).catch(() => null);
  return next === null ? CHANGES : SETTLED;
}
