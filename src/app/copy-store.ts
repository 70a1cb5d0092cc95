/** Copies a store to another kind of database or to a backup file. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../model/errors.js';
import type { StoreSettings } from '../model/settings.js';
import type { StoreMode } from '../ports/store/store.js';
import { type CopyReport, copyTables } from '../store/sql/copy.js';
import { loadBackend, lockStore } from './open-store.js';

export type { CopyReport };

/**
 * `newsloom store copy`. Locks both stores. Throws StoreError: STORE_NOT_EMPTY if the target contains data, STORE_LOCKED if another
 * process has a store.
 */
export async function copyStore(from: StoreSettings, to: StoreSettings, signal: AbortSignal): Promise<CopyReport> {
  if (from.kind === to.kind)
    throw new StoreError('STORE_NOT_EMPTY', `the store is already in "${from.kind}": choose another kind`);
  const release = await lockStore(from);
  try {
    return await copyRows(from, to, signal);
  } finally {
    await release();
  }
}

/**
 * `newsloom store copy --to-file`: a backup as one SQLite file, usable as a store. Takes no lock, so a worker can continue. Throws
 * StoreError: STORE_NOT_EMPTY if `path` exists, STORE_FAILED without a store.
 */
export async function backUpStore(from: StoreSettings, path: string, signal: AbortSignal): Promise<CopyReport> {
  if (existsSync(path))
    throw new StoreError('STORE_NOT_EMPTY', `${path} exists already: choose another path for the backup`);
  if (from.path !== null && !existsSync(from.path))
    throw new StoreError('STORE_FAILED', `${from.path}: the store does not exist yet, nothing to copy`);
  let report: CopyReport | null = null;
  try {
    report = await copyRows(from, { kind: 'sqlite', path, url: null }, signal, 'locked');
    return report;
  } finally {
    // A backup has no checksum file. A failed copy leaves nothing.
    for (const tail of report === null ? ['', '-wal', '-shm', '.sum'] : ['.sum'])
      await rm(`${path}${tail}`, { force: true });
  }
}

/** With `mode` `locked`, the caller holds the lock of `to`. */
export async function copyRows(
  from: StoreSettings,
  to: StoreSettings,
  signal: AbortSignal,
  mode: StoreMode = 'write',
): Promise<CopyReport> {
  const source = await (await loadBackend(from)).openDatabase(from, 'read');
  try {
    const target = await (await loadBackend(to)).openDatabase(to, mode);
    try {
      return await copyTables(source.db, target.db, signal, formatStorePlace(to));
    } catch (error) {
      throw source.failure(target.failure(error));
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** For messages, because addresses of databases contain passwords. */
function formatStorePlace({ path, schema = 'newsloom' }: StoreSettings): string {
  return path ?? `the schema ${schema}`;
}

export async function createTemporaryStore(): Promise<{
  readonly settings: StoreSettings & { readonly path: string };
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-store-'));
  const settings = { kind: 'sqlite', path: join(folder, 'newsloom.db'), url: null };
  return { settings, remove: () => rm(folder, { recursive: true, force: true }) };
}
