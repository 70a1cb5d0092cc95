/** A copy of the store for dry runs: they work on it, so that the real one cannot change. */
import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { StoreSettings } from '../../model/settings.js';
import { copyRows, temporaryStore } from './copy.js';

/** Returns settings that open the copy. A store in memory, or whose file is missing, is not copied. */
export async function copyOfStore(
  settings: StoreSettings,
): Promise<{ settings: StoreSettings; remove(): Promise<void> }> {
  const copy = await temporaryStore();
  if (settings.kind === 'memory') return { settings, remove: copy.remove };
  try {
    if (settings.path === null) await copyRows(settings, copy.settings, new AbortController().signal);
    else await copyFiles(settings.path, copy.settings.path);
    return copy;
  } catch (error) {
    await copy.remove();
    throw error;
  }
}

/** As they are: a damaged store stays damaged. */
async function copyFiles(from: string, to: string): Promise<void> {
  for (const tail of ['', '-wal', '.sum'].filter((tail) => existsSync(`${from}${tail}`)))
    await copyFile(`${from}${tail}`, `${to}${tail}`);
}
