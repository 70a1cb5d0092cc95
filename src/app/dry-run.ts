/** Copies the store for dry runs, so that they cannot change the real one. */
import { existsSync } from 'node:fs';
import { copyFile, rm, stat } from 'node:fs/promises';
import type { StoreSettings } from '../model/settings.js';
import { copyRows, createTemporaryStore } from './copy-store.js';
import { loadBackend } from './open-store.js';

/** Returns settings that open the copy. Memory stores and missing files are not copied. */
export async function copyToTemporaryStore(
  settings: StoreSettings,
): Promise<{ settings: StoreSettings; remove(): Promise<void> }> {
  const copy = await createTemporaryStore();
  if (settings.kind === 'memory') return { settings, remove: copy.remove };
  try {
    if (settings.path === null) await copyRows(settings, copy.settings, new AbortController().signal);
    else await copyConsistently(settings, settings.path, copy.settings.path);
    return copy;
  } catch (error) {
    await copy.remove();
    throw error;
  }
}

/** Copies inside a read transaction, because a writer moves log content into the file. */
async function copyConsistently(settings: StoreSettings, from: string, to: string): Promise<void> {
  if (await copyUnusedFile(from, to)) return;
  const open = await (await loadBackend(settings)).openDatabase(settings, 'read').catch(() => null);
  // An unreadable store is copied as well.
  if (open === null) return copyFiles(from, to);
  const copy = async () => {
    await open.db.get('SELECT 1 FROM meta');
    await copyFiles(from, to);
  };
  await open.db.read(copy).finally(open.close);
}

/** Copies the file unopened, because a reader would leave files next to it. Returns whether it was unused meanwhile. */
async function copyUnusedFile(from: string, to: string): Promise<boolean> {
  const readWriteTime = async () =>
    existsSync(`${from}-wal`) ? null : ((await stat(from).catch(() => null))?.mtimeMs ?? 0);
  const before = await readWriteTime();
  if (before === null) return false;
  await copyFiles(from, to);
  return (await readWriteTime()) === before;
}

/** Verbatim, including damage. */
async function copyFiles(from: string, to: string): Promise<void> {
  for (const tail of ['', '-wal', '.sum'])
    if (existsSync(`${from}${tail}`)) await copyFile(`${from}${tail}`, `${to}${tail}`);
    else await rm(`${to}${tail}`, { force: true });
}
