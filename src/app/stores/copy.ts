/** Copies a store: into another kind of database, or into a file that somebody may work on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../../model/errors.js';
import type { StoreSettings } from '../../model/settings.js';
import type { StoreMode } from '../../ports/store/store.js';
import { type CopyReport, copyTables } from '../../store/sql/copy.js';
import { backendOf, lockStore } from '../open-store.js';

export type { CopyReport };

/**
 * `newsloom store copy`. Both stores are locked meanwhile. Throws StoreError: STORE_NOT_EMPTY where the other one holds anything,
 * STORE_LOCKED where another process has one of them.
 */
export async function copyStore(from: StoreSettings, to: StoreSettings, signal: AbortSignal): Promise<CopyReport> {
  if (from.kind === to.kind) throw new StoreError('STORE_NOT_EMPTY', `"${from.kind}" is where the store is already`);
  const release = await lockStore(from);
  try {
    return await copyRows(from, to, signal);
  } finally {
    await release();
  }
}

/** For the holder of the lock of `to`, if `mode` is `locked`. */
export async function copyRows(
  from: StoreSettings,
  to: StoreSettings,
  signal: AbortSignal,
  mode: StoreMode = 'write',
): Promise<CopyReport> {
  const source = await (await backendOf(from)).openDatabase(from, 'read');
  try {
    const target = await (await backendOf(to)).openDatabase(to, mode);
    try {
      return await copyTables(source.db, target.db, signal);
    } catch (error) {
      throw source.failure(target.failure(error));
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** A place for an SQLite store that nobody else sees. */
export async function temporaryStore(): Promise<{
  readonly settings: StoreSettings & { readonly path: string };
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-store-'));
  const settings = { kind: 'sqlite', path: join(folder, 'newsloom.db'), url: null };
  return { settings, remove: () => rm(folder, { recursive: true, force: true }) };
}
