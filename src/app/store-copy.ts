/** A copy of the store for a dry run, which does all its work on it, so that it can write nothing by mistake. */
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreSettings } from '../model/settings.js';

/** `settings` that open the copy. A store that is no file, or not there yet, has nothing to copy. */
export async function copyOfStore(
  settings: StoreSettings,
): Promise<{ settings: StoreSettings; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-dry-run-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  if (settings.path === null) return { settings, remove };
  const path = join(folder, 'newsloom.db');
  for (const tail of ['', '-wal'].filter((tail) => existsSync(`${settings.path}${tail}`)))
    await copyFile(`${settings.path}${tail}`, `${path}${tail}`);
  return { settings: { ...settings, path }, remove };
}
