/** The store in an SQLite file. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from '../../model/errors.js';
import type { StoreSettings } from '../../model/settings.js';
import type { Store, StoreMode } from '../../ports/store/store.js';
import { createSqlStore, type OpenDatabase, type SqlBackend } from '../sql/store.js';
import { FileChecksum, forgetChecksum } from './checksum.js';
import { Connection } from './connection.js';
import { sqliteDatabase } from './database.js';
import { findDriver, type Open } from './driver.js';
import { damageError, toStoreError } from './failure.js';
import { lockPath, takeLock } from './lock.js';
import { migrate, requireCurrent } from './migrations.js';

/** An in-memory store for tests and embedders, discarded on close. */
export const memory: SqlBackend = {
  lock: async () => () => {},
  open: async () => openInMemory(await findDriver()),
  openDatabase: async () => openEmptyDatabase(await findDriver()),
  moveAside: null,
};

export const sqlite: SqlBackend = {
  async lock(settings) {
    const path = requirePath(settings);
    const open = await findDriver();
    return withStoreErrors(path, () => takePrivateLock(path, open));
  },
  open: async (settings, mode) => openSqlite(requirePath(settings), mode, await findDriver()),
  openDatabase: async (settings, mode) => openFile(requirePath(settings), mode, await findDriver()),
  moveAside: (settings, why) => moveStoreAside(requirePath(settings), why),
};

function requirePath({ path }: StoreSettings): string {
  if (path === null)
    throw new StoreError('STORE_FAILED', 'store.path is missing: set it to the path of the SQLite file');
  return path;
}

/** Opens the file with the given binding. A reader of a missing file gets an empty store. */
export function openSqlite(path: string, mode: StoreMode, open: Open): Store {
  return createSqlStore(openFile(path, mode, open));
}

function openFile(path: string, mode: StoreMode, open: Open): OpenDatabase {
  return withStoreErrors(path, () => {
    if (mode === 'read') return openReader(path, open);
    return openWriter(path, open, mode === 'locked' ? () => {} : takePrivateLock(path, open));
  });
}

export function openInMemory(open: Open): Store {
  return createSqlStore(openEmptyDatabase(open));
}

function openEmptyDatabase(open: Open): OpenDatabase {
  const path = ':memory:';
  const file = openEmptyFile(open, path);
  return toOpenDatabase(file, path, 'write', () => file.close());
}

/** Moves the store aside with its log for later inspection. Returns the new path. */
async function moveStoreAside(path: string, why: string): Promise<string> {
  const place = (n: number) => `${path}.${why}-${n}`;
  let n = 1;
  while (existsSync(place(n))) n++;
  await rename(path, place(n));
  for (const tail of ['-wal', '.sum'])
    if (existsSync(`${path}${tail}`)) await rename(`${path}${tail}`, `${place(n)}${tail}`);
  await rm(`${path}-shm`, { force: true });
  return place(n);
}

function openWriter(path: string, open: Open, release: () => void): OpenDatabase {
  let db: Connection | null = null;
  try {
    if (!existsSync(path)) forgetChecksum(path);
    createPrivateFile(path);
    const checksum = new FileChecksum(path);
    const end = checksum.detectChange();
    db = new Connection(open(path, 'write'), 'write', checksum);
    if (end !== null) rejectDamage(db, path, end);
    migrate(db, path);
    return createWriter(db, path, checksum, release);
  } catch (error) {
    db?.close();
    release();
    throw error;
  }
}

/**
 * Creates a file readable only by its owner, because the store contains secrets and unpublished articles. SQLite gives its extra files the
 * same mode. Existing files keep their mode.
 */
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

function takePrivateLock(path: string, open: Open): () => void {
  createPrivateFile(lockPath(path));
  return takeLock(open, path);
}

/** Marks the store as in use. After an unclean shutdown, checks the whole file first. */
function createWriter(db: Connection, path: string, checksum: FileChecksum, release: () => void): OpenDatabase {
  if (!checksum.matches(readMeta(db, CLEAN_END))) db.requireIntact(path);
  writeMeta(db, CLEAN_END, IN_USE);
  const opened = identifyFiles(path);
  const isInPlace = () => identifyFiles(path) === opened;
  const file = toOpenDatabase(db, path, 'write', () => {
    // Otherwise SQLite would delete the log of the new file.
    if (!isInPlace()) return release();
    const endId = noteShutdown(db);
    db.close();
    if (endId !== null) checksum.save(endId);
    release();
  });
  return { ...file, isInPlace };
}

function identifyFiles(path: string): string {
  const files = [path, lockPath(path)].map((one) => statSync(one, { throwIfNoEntry: false }));
  return files.map((file) => file && `${file.dev}:${file.ino}`).join(' ');
}

function openReader(path: string, open: Open): OpenDatabase {
  const db = existsSync(path) ? new Connection(open(path, 'read'), 'read') : openEmptyFile(open, path);
  try {
    requireUnchanged(db, path);
    requireCurrent(db, path);
    return toOpenDatabase(db, path, 'read', () => db.close());
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Skips stores in use or after an unclean shutdown, which may have changed. */
function requireUnchanged(db: Connection, path: string): void {
  const checksum = new FileChecksum(path);
  if (!checksum.isSaved || !checksum.matches(readMeta(db, CLEAN_END))) return;
  const end = checksum.detectChange();
  // A writer that started meanwhile has marked the store as in use.
  if (end !== null) rejectDamage(db, path, end);
}

function openEmptyFile(open: Open, path: string): Connection {
  const db = new Connection(open(':memory:', 'write'), 'write');
  migrate(db, path);
  return db;
}

function toOpenDatabase(file: Connection, path: string, mode: 'write' | 'read', close: () => void): OpenDatabase {
  return { db: sqliteDatabase(file, path), mode, failure: (error) => toStoreError(error, path), close };
}

/** Meta key: id of the last clean shutdown, or `IN_USE`. */
const CLEAN_END = 'store.clean-end';
const IN_USE = 'in use';

/** Throws if bytes changed since that shutdown without a later use. A killed process or a power failure counts as use. */
function rejectDamage(db: Connection, path: string, end: string): void {
  let found: string | null;
  try {
    found = readMeta(db, CLEAN_END);
  } catch (error) {
    throw damageError(path, error instanceof Error ? error.message : String(error));
  }
  // A missing note is damage too.
  if (found === end || found === null) throw damageError(path, 'its bytes changed since the last shutdown');
}

/** Returns the id of this shutdown. On a full disk, nothing is lost: the log keeps committed data, and the next start checks the file. */
function noteShutdown(db: Connection): string | null {
  try {
    const endId = randomBytes(6).toString('hex');
    writeMeta(db, CLEAN_END, endId);
    return db.checkpoint() ? endId : null;
  } catch {
    return null;
  }
}

function readMeta(db: Connection, key: string): string | null {
  return db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null;
}

function writeMeta(db: Connection, key: string, value: string): void {
  db.run('REPLACE INTO meta VALUES (?, ?)', key, value);
}

function withStoreErrors<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error, path);
  }
}
