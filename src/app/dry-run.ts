/** A copy of the store for dry runs: they work on it, so that the real one cannot change. */
import { existsSync } from 'node:fs';
import { copyFile, rm, stat } from 'node:fs/promises';
import type { StoreSettings } from '../model/settings.js';
import { copyRows, temporaryStore } from './copy-store.js';
import { backendOf } from './open-store.js';

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

/** As a reader sees it, since whoever writes meanwhile moves what is in the log into the file. */
async function copyAtOneMoment(settings: StoreSettings, from: string, to: string): Promise<void> {
  if (await copyUnused(from, to)) return;
  const open = await (await backendOf(settings)).openDatabase(settings, 'read').catch(() => null);
  // A store that cannot be read is copied all the same.
  if (open === null) return copyFiles(from, to);
  const copy = async () => {
    await open.db.get('SELECT 1 FROM meta');
    await copyFiles(from, to);
  };
  await open.db.read(copy).finally(open.close);
}

/** Without opening it, as a reader would leave files beside it. Returns whether nobody used it meanwhile: there was no log. */
async function copyUnused(from: string, to: string): Promise<boolean> {
  const writtenAt = async () =>
    existsSync(`${from}-wal`) ? null : ((await stat(from).catch(() => null))?.mtimeMs ?? 0);
  const before = await writtenAt();
  if (before === null) return false;
  await copyFiles(from, to);
  return (await writtenAt()) === before;
}

/** As they are: a damaged store stays damaged. */
async function copyFiles(from: string, to: string): Promise<void> {
  for (const tail of ['', '-wal', '.sum'])
    if (existsSync(`${from}${tail}`)) await copyFile(`${from}${tail}`, `${to}${tail}`);
    else await rm(`${to}${tail}`, { force: true });
}
