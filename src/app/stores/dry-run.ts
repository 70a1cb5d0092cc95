/** A copy of the store for dry runs: they work on it, so that the real one cannot change. */
import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { StoreSettings } from '../../model/settings.js';
import { backendOf } from '../open-store.js';
import { copyRows, temporaryStore } from './copy.js';

/** Returns settings that open the copy. A store in memory, or whose file is missing, is not copied. */
export async function copyOfStore(
  settings: StoreSettings,
): Promise<{ settings: StoreSettings; remove(): Promise<void> }> {
  const copy = await temporaryStore();
  if (settings.kind === 'memory') return { settings, remove: copy.remove };
  try {
    if (settings.path === null) await copyRows(settings, copy.settings, new AbortController().signal);
    else await copyAtOneMoment(settings, settings.path, copy.settings.path);
    return copy;
  } catch (error) {
    await copy.remove();
    throw error;
  }
}

/** Whoever reads keeps what a worker writes meanwhile apart; a store that cannot be read is copied all the same. */
async function copyAtOneMoment(settings: StoreSettings, from: string, to: string): Promise<void> {
  const open = await (await backendOf(settings)).openDatabase(settings, 'read').catch(() => null);
  if (open === null) return copyFiles(from, to);
  const copy = async () => {
    await open.db.get('SELECT 1 FROM meta');
    await copyFiles(from, to);
  };
  await open.db.read(copy).finally(open.close);
}

/** As they are: a damaged store stays damaged. */
async function copyFiles(from: string, to: string): Promise<void> {
  for (const tail of ['', '-wal', '.sum'].filter((tail) => existsSync(`${from}${tail}`)))
    await copyFile(`${from}${tail}`, `${to}${tail}`);
}
