/** Copies a store: into another kind of database, or into a file that somebody may work on. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../model/errors.js';
import type { StoreSettings } from '../model/settings.js';
import type { StoreMode } from '../ports/store/store.js';
import { type CopyReport, copyTables } from '../store/sql/copy.js';
import { backendOf, lockStore } from './open-store.js';

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

/**
 * `newsloom store copy --to-file`: a backup, as one SQLite file that a site can go on with; no lock is taken, and a worker goes on meanwhile.
 * Throws StoreError: STORE_NOT_EMPTY where `path` is there already, STORE_FAILED where there is nothing to copy.
 */
export async function backUpStore(from: StoreSettings, path: string, signal: AbortSignal): Promise<CopyReport> {
  if (existsSync(path)) throw new StoreError('STORE_NOT_EMPTY', `${path} is there already: backups overwrite nothing`);
  if (from.path !== null && !existsSync(from.path))
    throw new StoreError('STORE_FAILED', `${from.path}: there is no store yet, nothing to copy`);
  let report: CopyReport | null = null;
  try {
    report = await copyRows(from, { kind: 'sqlite', path, url: null }, signal, 'locked');
    return report;
  } finally {
    // The checksum would have to go along with the file for ever; of a copy that failed nothing stays.
    for (const tail of report === null ? ['', '-wal', '-shm', '.sum'] : ['.sum'])
      await rm(`${path}${tail}`, { force: true });
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
      return await copyTables(source.db, target.db, signal, placeName(to));
    } catch (error) {
      throw source.failure(target.failure(error));
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** For messages: addresses of databases hold passwords. */
function placeName({ path, schema = 'newsloom' }: StoreSettings): string {
  return path ?? `the schema ${schema}`;
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
