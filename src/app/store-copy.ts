/** A copy of the store for dry runs: they work on it, so that the real one cannot change. */
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreSettings } from '../model/settings.js';

/** Returns settings that open the copy. A store without a file, or whose file is missing, is not copied. */
export async function copyOfStore(
  settings: StoreSettings,
): Promise<{ settings: StoreSettings; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-dry-run-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  if (settings.path === null) return { settings, remove };
  const path = join(folder, 'newsloom.db');
  for (const tail of ['', '-wal', '.sum'].filter((tail) => existsSync(`${settings.path}${tail}`)))
    await copyFile(`${settings.path}${tail}`, `${path}${tail}`);
  return { settings: { ...settings, path }, remove };
}
