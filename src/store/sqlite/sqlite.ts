/** The store in one SQLite file. Its parts are put together here; each is a file beside this one. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../../model/errors.js';
import type { Store } from '../../ports/store/store.js';
import type { Backend } from '../backends.js';
import { toAsync } from '../promised.js';
import { articleMethods } from './articles.js';
import { channelReads, channelWrites } from './channels.js';
import { check } from './check.js';
import { type Connection, connect } from './connection.js';
import { dirtyMethods, openDirtyRepository } from './dirty.js';
import { findDriver, type Open } from './driver.js';
import { storeFailure } from './failure.js';
import { identityMethods, openNames } from './identity.js';
import { takeLock } from './lock.js';
import { openMembers } from './members.js';
import { openSnapshotRepository } from './memory.js';
import { migrate, requireCurrent } from './migrations.js';
import { neighbourMethods } from './neighbours.js';
import { placingMethods } from './placing.js';
import { pruneMethod } from './prune.js';
import { openMeta, publishedMethods } from './published.js';
import { readingMethods } from './reading.js';
import { openShelf } from './shelf.js';
import { openSourceRepository, sourceMethods } from './sources.js';
import { storyMethods } from './stories.js';
import { openTagRepository, tagMethods } from './tags.js';
import { openTally } from './tally.js';

type Mode = 'write' | 'read';

/** For tests, and for those who embed us and keep nothing: it ends when it is closed. */
export const memory: Backend = { open: async () => openInMemory(await findDriver()) };

export const sqlite: Backend = {
  async open(settings, mode) {
    if (settings.path === null)
      throw new StoreError('STORE_FAILED', 'store.path is missing: an SQLite store is a file');
    return openSqlite(settings.path, mode, await findDriver());
  },
};

/** Opens the file with one of the bindings; where it is missing, one who reads finds an empty store. */
export function openSqlite(path: string, mode: Mode, open: Open): Store {
  const failing = <R>(work: () => R) => named(path, work);
  return failing(() => (mode === 'write' ? openWriter(path, open, failing) : openReader(path, open, failing)));
}

export function openInMemory(open: Open): Store {
  const path = ':memory:';
  const db = emptyStore(open, path);
  return toAsync({ ...parts(db, path, 'write'), close: once(() => db.close()) }, (work) => named(path, work));
}

type Around = <R>(work: () => R) => R;

function openWriter(path: string, open: Open, failing: Around): Store {
  mkdirSync(dirname(path), { recursive: true });
  const release = takeLock(open, path);
  let db: Connection | null = null;
  try {
    db = connect(open(path, 'write'), 'write');
    migrate(db, path);
    return writer(db, path, release, failing);
  } catch (error) {
    db?.close();
    release();
    throw error;
  }
}

function writer(db: Connection, path: string, release: () => void, failing: Around): Store {
  const end = noteStart(db, path);
  const methods = parts(db, path, 'write');
  const close = () => {
    tidy(end);
    db.close();
    release();
  };
  return toAsync({ ...methods, close: once(close) }, failing);
}

function openReader(path: string, open: Open, failing: Around): Store {
  const db = existsSync(path) ? connect(open(path, 'read'), 'read') : emptyStore(open, path);
  requireCurrent(db, path);
  const methods = parts(db, path, 'read');
  const around: Around = (work) => failing(() => db.read(work));
  return { ...toAsync(methods, around), ...toAsync({ close: once(() => db.close()) }, failing) };
}

function emptyStore(open: Open, path: string): Connection {
  const db = connect(open(':memory:', 'write'), 'write');
  migrate(db, path);
  return db;
}

function parts(db: Connection, path: string, mode: Mode) {
  const shelf = openShelf(db, mode === 'write' ? 'recent' : 'nothing');
  db.onRollBack(shelf.forgetAll);
  const sources = openSourceRepository(db);
  const dirtBook = openDirtyRepository(db);
  const names = openNames(db, shelf);
  const all = {
    db,
    shelf,
    sources,
    dirtBook,
    names,
    memory: openSnapshotRepository(db, names),
    members: openMembers(db),
    tags: openTagRepository(db),
    tally: openTally(db),
  };
  return {
    ...sourceMethods(all),
    ...identityMethods(all),
    ...readingMethods(all),
    ...articleMethods(all),
    prune: pruneMethod({ ...all, check: () => check(db, path) }),
    ...tagMethods(all),
    ...placingMethods(all),
    ...channelReads(all),
    ...neighbourMethods(db),
    ...channelWrites(all),
    ...dirtyMethods(db, dirtBook),
    ...publishedMethods(db),
    ...storyMethods(all),
  };
}

const CLEAN_END = 'store.clean-end';

/** Notes that the store is in use; where the last use did not end in order, the whole file is looked through first. */
function noteStart(db: Connection, path: string): () => void {
  const meta = openMeta(db);
  if (meta.get(CLEAN_END) === null) check(db, path);
  db.write(() => meta.set(CLEAN_END, null));
  return () => {
    db.write(() => meta.set(CLEAN_END, 'yes'));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  };
}

function named<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw storeFailure(error, path);
  }
}

/** A disk too full for it loses nothing: the log keeps what was committed, and the next start looks the file through. */
function tidy(work: () => void): void {
  try {
    work();
  } catch {}
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
