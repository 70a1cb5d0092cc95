/** Rebuilds a lost store in a temporary file and renames it into place: an interruption leaves no store rather than half of one. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from '../model/errors.js';
import type { Settings, StoreSettings } from '../model/settings.js';
import { createTagging } from '../pipeline/organize/tagging.js';
import { isEmptyStore, ownManifest, type RestoreReport, restore } from '../pipeline/restore/restore.js';
import { createDirectorySink } from '../sink/directory.js';
import { openStore } from './open-store.js';

export type { RestoreReport };

/**
 * Calls `restoreSite` where the store is empty and the published folder holds an edition of this site; else changes nothing and
 * returns null.
 */
export async function restoreLost(settings: Settings, signal: AbortSignal): Promise<RestoreReport | null> {
  const { store, publish, site } = settings;
  if (store.path === null) return null;
  const manifest = await ownManifest(createDirectorySink(publish.dir), site.url);
  return manifest !== null && (await isLost(store)) ? restoreSite(settings, signal) : null;
}

/** An unreadable store is not lost: opening it reports the error. */
async function isLost(settings: StoreSettings): Promise<boolean> {
  return isEmpty(settings, 'read').catch((error: unknown) => {
    if (error instanceof StoreError) return false;
    throw error;
  });
}

async function isEmpty(settings: StoreSettings, mode: 'read' | 'write'): Promise<boolean> {
  const store = await openStore(settings, mode);
  return isEmptyStore(store).finally(() => store.close());
}

/**
 * The published folder is only read. Throws StoreError: STORE_RESTORE where there is nothing to restore from or the store is
 * not empty, STORE_LOCKED where another process has it.
 */
export async function restoreSite(settings: Settings, signal: AbortSignal): Promise<RestoreReport> {
  const { path } = settings.store;
  if (path === null) throw new StoreError('STORE_RESTORE', 'a store that is no file has nowhere to be restored to');
  // Opened for writing to take the lock: another process may be about to fill the store.
  if (!(await isEmpty(settings.store, 'write')))
    throw new StoreError('STORE_RESTORE', 'the store is not empty: put it aside first if it is to be made anew', {
      details: { path },
    });
  const beside = `${path}.restoring`;
  await mkdir(dirname(path), { recursive: true });
  const remove = () => Promise.all(['', '-wal', '-shm'].map((tail) => rm(`${beside}${tail}`, { force: true })));
  await remove();
  const store = await openStore({ ...settings.store, path: beside }, 'write');
  try {
    const report = await restore(
      {
        store,
        sink: createDirectorySink(settings.publish.dir),
        settings,
        sources: settings.sources,
        prefer: settings.stories.prefer,
        topicsFingerprint: createTagging(settings).fingerprint,
      },
      signal,
    );
    await store.close();
    for (const tail of ['-wal', '-shm']) await rm(`${path}${tail}`, { force: true });
    await rename(beside, path);
    return report;
  } finally {
    await store.close();
    await remove();
    await rm(`${beside}.lock.db`, { force: true });
  }
}
