/** The store in one SQLite file, composed of the parts in this folder. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../../model/errors.js';
import type { StoreSettings } from '../../model/settings.js';
import type { Store } from '../../ports/store/store.js';
import { type Sync, toAsync } from '../to-async.js';
import { articleMethods } from './articles/articles.js';
import { identityMethods } from './articles/identity.js';
import { pruneMethod } from './articles/prune.js';
import { topicMethods } from './articles/topics.js';
import { channelReads, channelWrites } from './channels/channels.js';
import { dirtyMethods } from './channels/dirty.js';
import { placementMethods } from './channels/placement.js';
import { requireIntact } from './check.js';
import { Connection } from './connection.js';
import { findDriver, type Open } from './driver.js';
import { editionMethods, readMeta, writeMeta } from './editions.js';
import { storeFailure } from './failure.js';
import { takeLock } from './lock.js';
import { migrate, requireCurrent } from './migrations.js';
import { sourceMethods } from './sources/sources.js';
import { storyMethods } from './stories/stories.js';

type Mode = 'write' | 'read';

/** An in-memory store for tests and embedders, discarded when it is closed. */
export const memory = { open: async (): Promise<Store> => openInMemory(await findDriver()) };

export const sqlite = {
  async open(settings: StoreSettings, mode: Mode): Promise<Store> {
    if (settings.path === null)
      throw new StoreError('STORE_FAILED', 'store.path is missing: an SQLite store is a file');
    return openSqlite(settings.path, mode, await findDriver());
  },
};

/** Opens the file with the given binding; a reader of a missing file gets an empty store. */
export function openSqlite(path: string, mode: Mode, open: Open): Store {
  return withStoreErrors(path, () => (mode === 'write' ? openWriter(path, open) : openReader(path, open)));
}

export function openInMemory(open: Open): Store {
  const path = ':memory:';
  const db = emptyStore(open, path);
  return createStore(db, path, 'write', () => db.close());
}

function openWriter(path: string, open: Open): Store {
  mkdirSync(dirname(path), { recursive: true });
  const release = takeLock(open, path);
  let db: Connection | null = null;
  try {
    db = new Connection(open(path, 'write'), 'write');
    migrate(db, path);
    return createWriter(db, path, release);
  } catch (error) {
    db?.close();
    release();
    throw error;
  }
}

function createWriter(db: Connection, path: string, release: () => void): Store {
  noteStart(db, path);
  return createStore(db, path, 'write', () => {
    noteEnd(db);
    db.close();
    release();
  });
}

function openReader(path: string, open: Open): Store {
  const db = existsSync(path) ? new Connection(open(path, 'read'), 'read') : emptyStore(open, path);
  requireCurrent(db, path);
  return createStore(db, path, 'read', () => db.close());
}

function emptyStore(open: Open, path: string): Connection {
  const db = new Connection(open(':memory:', 'write'), 'write');
  migrate(db, path);
  return db;
}

/** Each method of a reader sees one state of the file; a writer is the only process that changes it. */
function createStore(db: Connection, path: string, mode: Mode, close: () => void): Store {
  const methods = toAsync(storeMethods(db, path), (work) =>
    withStoreErrors(path, () => (mode === 'read' ? db.read(work) : work())),
  );
  return { ...methods, ...toAsync({ close: once(close) }, (work) => withStoreErrors(path, work)) };
}

function storeMethods(db: Connection, path: string): Sync<Omit<Store, 'close'>> {
  return {
    ...sourceMethods(db),
    ...identityMethods(db),
    ...articleMethods(db),
    prune: pruneMethod(db, path),
    ...topicMethods(db),
    ...placementMethods(db),
    ...channelReads(db),
    ...channelWrites(db),
    ...dirtyMethods(db),
    ...editionMethods(db),
    ...storyMethods(db),
  };
}

const CLEAN_END = 'store.clean-end';

/** Records that the store is in use; after an unclean end, checks the whole file first. */
function noteStart(db: Connection, path: string): void {
  if (readMeta(db, CLEAN_END) === null) requireIntact(db, path);
  db.write(() => writeMeta(db, CLEAN_END, null));
}

/** Errors (a full disk) are ignored: the log keeps what was committed, and the next start checks the file. */
function noteEnd(db: Connection): void {
  try {
    db.write(() => writeMeta(db, CLEAN_END, 'yes'));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {}
}

function withStoreErrors<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw storeFailure(error, path);
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
