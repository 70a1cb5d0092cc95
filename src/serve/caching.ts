/** Selects Cache-Control for the files of a folder. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nextArchivePath, selectCacheControl } from '../write/published/cache-control.js';

export async function toCacheControl(dir: string, path: string): Promise<string> {
  const next = nextArchivePath(path);
  const found = next === null ? null : await stat(join(dir, next)).catch(() => null);
  return selectCacheControl(path, found !== null);
}
