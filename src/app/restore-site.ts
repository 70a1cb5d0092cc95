/** Rebuilds a lost store in a temporary file and then moves it into place, so that an interruption leaves no partial store. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from '../model/errors.js';
import type { RestoreCause, RestoreReport } from '../model/restore-report.js';
import type { Settings, StoreSettings } from '../model/settings.js';
import { toSiteRules } from '../pipeline/facts/site-rules.js';
import { createTagging } from '../pipeline/facts/tagging.js';
import { isEmptyStore } from '../pipeline/restore/own-edition.js';
import { restore } from '../pipeline/restore/restore.js';
import { copyRows, createTemporaryStore } from './copy-store.js';
import { openSink } from './open-sink.js';
import { loadBackend, lockStore, openStore } from './open-store.js';

export type { RestoreCause, RestoreReport };

/** Needs the lock. Moves a store with data aside and restores it from the published edition. */
export async function restoreEdition(
  settings: Settings,
  reason: RestoreCause['reason'],
  signal: AbortSignal,
): Promise<{ readonly report: RestoreReport; readonly cause: RestoreCause }> {
  const putAside = (await loadBackend(settings.store)).moveAside;
  const aside = reason === 'empty' || putAside === null ? null : await putAside(settings.store, reason);
  return { report: await restoreLocked(settings, signal), cause: { reason, aside } };
}

async function isEmpty(settings: StoreSettings): Promise<boolean> {
  const store = await openStore(settings, 'locked');
  return isEmptyStore(store).finally(() => store.close());
}

/** Throws StoreError: STORE_RESTORE if nothing can be restored or the store is not empty, STORE_LOCKED if another process has it. */
export async function restoreSite(settings: Settings, signal: AbortSignal): Promise<RestoreReport> {
  const release = await lockStore(settings.store);
  return await restoreLocked(settings, signal).finally(release);
}

async function restoreLocked(settings: Settings, signal: AbortSignal): Promise<RestoreReport> {
  const { store: at } = settings;
  if (at.kind === 'memory')
    throw new StoreError('STORE_RESTORE', 'a store in memory cannot be restored: configure another store.kind');
  if (!(await isEmpty(at)))
    throw new StoreError('STORE_RESTORE', 'the store is not empty: to restore it, move it aside first', {
      details: { path: at.path },
    });
  return at.path === null ? restoreIntoDatabase(settings, signal) : restoreFile(settings, at.path, signal);
}

/** Restores to a file, then copies it in one transaction. */
async function restoreIntoDatabase(settings: Settings, signal: AbortSignal): Promise<RestoreReport> {
  const beside = await createTemporaryStore();
  try {
    const report = await restoreToStore(settings, beside.settings, signal);
    await copyRows(beside.settings, settings.store, signal, 'locked');
    return report;
  } finally {
    await beside.remove();
  }
}

async function restoreFile(settings: Settings, path: string, signal: AbortSignal): Promise<RestoreReport> {
  const beside = `${path}.restoring`;
  await mkdir(dirname(path), { recursive: true });
  const remove = () => Promise.all(['', '-wal', '-shm', '.sum'].map((tail) => rm(`${beside}${tail}`, { force: true })));
  await remove();
  try {
    const report = await restoreToStore(settings, { ...settings.store, path: beside }, signal);
    for (const tail of ['-wal', '-shm']) await rm(`${path}${tail}`, { force: true });
    await rename(beside, path);
    if (existsSync(`${beside}.sum`)) await rename(`${beside}.sum`, `${path}.sum`);
    return report;
  } finally {
    await remove();
  }
}

async function restoreToStore(settings: Settings, at: StoreSettings, signal: AbortSignal): Promise<RestoreReport> {
  const store = await openStore(at, 'locked');
  const deps = {
    store,
    sink: await openSink(settings, { memory: null }),
    settings,
    desk: settings.desk,
    rules: toSiteRules(settings),
    sources: settings.sources,
    prefer: settings.stories.prefer,
    topicsFingerprint: createTagging(settings).fingerprint,
  };
  return restore(deps, signal).finally(() => store.close());
}
