/** Rebuilds a lost store in a temporary file and renames it into place: an interruption leaves no store rather than half of one. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from '../model/errors.js';
import type { Settings, StoreSettings } from '../model/settings.js';
import { siteRulesOf } from '../pipeline/organize/site-rules.js';
import { createTagging } from '../pipeline/organize/tagging.js';
import { isEmptyStore } from '../pipeline/restore/own-edition.js';
import { type RestoreCause, type RestoreReport, restore } from '../pipeline/restore/restore.js';
import { lockStore, openStore } from './open-store.js';
import { openSink } from './outgoing/open-sink.js';

export type { RestoreCause, RestoreReport };

const readPictures = async () => (await import('../pictures/picture-tools.js')).createPictureTools();

/** For the holder of its lock. Puts a store that is not empty aside, never away, and restores it from the published edition. */
export async function restoreFrom(
  settings: Settings,
  reason: RestoreCause['reason'],
  signal: AbortSignal,
): Promise<{ readonly report: RestoreReport; readonly cause: RestoreCause }> {
  const aside = reason === 'empty' ? null : await putAside(settings.store.path!, reason);
  return { report: await restoreLocked(settings, signal), cause: { reason, aside } };
}

/** With its log, so that what it held can still be looked at. Returns where it lies now. */
async function putAside(path: string, why: string): Promise<string> {
  const place = (n: number) => `${path}.${why}-${n}`;
  let n = 1;
  while (existsSync(place(n))) n++;
  await rename(path, place(n));
  for (const tail of ['-wal', '.sum'])
    if (existsSync(`${path}${tail}`)) await rename(`${path}${tail}`, `${place(n)}${tail}`);
  await rm(`${path}-shm`, { force: true });
  return place(n);
}

async function isEmpty(settings: StoreSettings): Promise<boolean> {
  const store = await openStore(settings, 'locked');
  return isEmptyStore(store).finally(() => store.close());
}

/**
 * The published folder is only read. Throws StoreError: STORE_RESTORE where there is nothing to restore from or the store is
 * not empty, STORE_LOCKED where another process has it.
 */
export async function restoreSite(settings: Settings, signal: AbortSignal): Promise<RestoreReport> {
  const release = await lockStore(settings.store);
  return await restoreLocked(settings, signal).finally(release);
}

async function restoreLocked(settings: Settings, signal: AbortSignal): Promise<RestoreReport> {
  const { path } = settings.store;
  if (path === null) throw new StoreError('STORE_RESTORE', 'a store that is no file has nowhere to be restored to');
  if (!(await isEmpty(settings.store)))
    throw new StoreError('STORE_RESTORE', 'the store is not empty: put it aside first if it is to be made anew', {
      details: { path },
    });
  const beside = `${path}.restoring`;
  await mkdir(dirname(path), { recursive: true });
  const remove = () => Promise.all(['', '-wal', '-shm', '.sum'].map((tail) => rm(`${beside}${tail}`, { force: true })));
  await remove();
  const store = await openStore({ ...settings.store, path: beside }, 'locked');
  try {
    const report = await restore(
      {
        store,
        sink: await openSink(settings, { memory: null }),
        settings,
        desk: settings.desk,
        rules: siteRulesOf(settings),
        sources: settings.sources,
        prefer: settings.stories.prefer,
        pictures: readPictures,
        topicsFingerprint: createTagging(settings).fingerprint,
      },
      signal,
    );
    await store.close();
    for (const tail of ['-wal', '-shm']) await rm(`${path}${tail}`, { force: true });
    await rename(beside, path);
    if (existsSync(`${beside}.sum`)) await rename(`${beside}.sum`, `${path}.sum`);
    return report;
  } finally {
    await store.close();
    await remove();
  }
}
