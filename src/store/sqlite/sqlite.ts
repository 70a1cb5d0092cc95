/** The store in one SQLite file. Its parts are put together here; each is a file beside this one. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../../model/errors.js';
import type { StoreSettings } from '../../model/settings.js';
import type { Backend, Store, StoreMode } from '../../ports/store/store.js';
import { type Sync, toAsync } from '../to-async.js';
import { articleMethods } from './articles/articles.js';
import { editsMethod, headlinesMethod } from './articles/edits.js';
import { enrichmentMethods } from './articles/enrichment.js';
import { hiddenMethods } from './articles/hidden.js';
import { identityMethods } from './articles/identity.js';
import { pictureMethods } from './articles/pictures.js';
import { pruneMethod } from './articles/prune.js';
import { topicMethods } from './articles/topics.js';
import { channelReads, channelWrites } from './channels/channels.js';
import { dirtyMethods } from './channels/dirty.js';
import { placementMethods } from './channels/placement.js';
import { requireIntact } from './check.js';
import { FileChecksum } from './checksum.js';
import { Connection } from './connection.js';
import { findDriver, type Open } from './driver.js';
import { editionMethods, readMeta, writeMeta } from './editions.js';
import { damaged, storeFailure } from './failure.js';
import { lockPath, takeLock } from './lock.js';
import { migrate, requireCurrent } from './migrations.js';
import { outboxMethods } from './outbox.js';
import { renameMethods } from './rename.js';
import { sourceMethods } from './sources/sources.js';
import { subscriptionMethods } from './sources/subscriptions.js';
import { storyMethods } from './stories/stories.js';

/** An in-memory store for tests and embedders, discarded when it is closed. */
export const memory: Backend = { lock: async () => () => {}, open: async () => openInMemory(await findDriver()) };

export const sqlite: Backend = {
  async lock(settings) {
    const path = pathOf(settings);
    const open = await findDriver();
    return withStoreErrors(path, () => lockPrivately(path, open));
  },
  async open(settings, mode) {
    return openSqlite(pathOf(settings), mode, await findDriver());
  },
};

function pathOf({ path }: StoreSettings): string {
  if (path === null) throw new StoreError('STORE_FAILED', 'store.path is missing: an SQLite store is a file');
  return path;
}

/** Opens the file with the given binding; a reader of a missing file gets an empty store. */
export function openSqlite(path: string, mode: StoreMode, open: Open): Store {
  return withStoreErrors(path, () => {
    if (mode === 'read') return openReader(path, open);
    return openWriter(path, open, mode === 'locked' ? () => {} : lockPrivately(path, open));
  });
}

export function openInMemory(open: Open): Store {
  const path = ':memory:';
  const db = emptyStore(open, path);
  return createStore(db, path, 'write', () => db.close());
}

function openWriter(path: string, open: Open, release: () => void): Store {
  let db: Connection | null = null;
  try {
    createPrivately(path);
    const checksum = new FileChecksum(path);
    const end = checksum.changedSinceEnd();
    db = new Connection(open(path, 'write'), 'write', checksum);
    if (end !== null) requireUsedSince(db, path, end);
    migrate(db, path);
    return createWriter(db, path, checksum, release);
  } catch (error) {
    db?.close();
    release();
    throw error;
  }
}

/**
 * What the store keeps (addresses with their keys, articles that are not published yet) is for its owner alone. SQLite gives the files
 * beside a database the mode of that. What is there already keeps its mode: an editor may have opened it to others.
 */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

function lockPrivately(path: string, open: Open): () => void {
  createPrivately(lockPath(path));
  return takeLock(open, path);
}

/** Notes that the store is in use; where the last use did not end in order, the whole file is looked through first. */
function createWriter(db: Connection, path: string, checksum: FileChecksum, release: () => void): Store {
  if (!checksum.has(readMeta(db, CLEAN_END))) requireIntact(db, path);
  db.write(() => writeMeta(db, CLEAN_END, IN_USE));
  return createStore(db, path, 'write', () => {
    const endId = noteEnd(db);
    db.close();
    if (endId !== null) checksum.save(endId);
    release();
  });
}

function openReader(path: string, open: Open): Store {
  const db = existsSync(path) ? new Connection(open(path, 'read'), 'read') : emptyStore(open, path);
  try {
    requireUnchanged(db, path);
    requireCurrent(db, path);
    return createStore(db, path, 'read', () => db.close());
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Since the last end; a store that is in use, or was not closed in order, may have changed. */
function requireUnchanged(db: Connection, path: string): void {
  const checksum = new FileChecksum(path);
  if (!checksum.isSaved || !checksum.has(readMeta(db, CLEAN_END))) return;
  const end = checksum.changedSinceEnd();
  // A writer that came meanwhile noted that before it wrote to the file.
  if (end !== null) requireUsedSince(db, path, end);
}

function emptyStore(open: Open, path: string): Connection {
  const db = new Connection(open(':memory:', 'write'), 'write');
  migrate(db, path);
  return db;
}

/** Each method of a reader sees one state of the file; a writer is the only process that changes it. */
function createStore(db: Connection, path: string, mode: 'write' | 'read', close: () => void): Store {
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
    ...hiddenMethods(db),
    saveEdits: editsMethod(db),
    saveHeadlines: headlinesMethod(db),
    prune: pruneMethod(db, path),
    ...topicMethods(db),
    ...placementMethods(db),
    ...channelReads(db),
    ...channelWrites(db),
    ...dirtyMethods(db),
    ...editionMethods(db),
    ...storyMethods(db),
    ...renameMethods(db),
    ...pictureMethods(db),
    ...outboxMethods(db),
    ...enrichmentMethods(db),
    ...subscriptionMethods(db),
  };
}

/** The id of the last end in order, or `IN_USE`. */
const CLEAN_END = 'store.clean-end';
const IN_USE = 'in use';

/** Bytes that changed since that end are damage, unless the store was used since and could not note it: killed, or cut off from its power. */
function requireUsedSince(db: Connection, path: string, end: string): void {
  let found: string | null;
  try {
    found = readMeta(db, CLEAN_END);
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error));
  }
  // None at all: the note is not where it was written.
  if (found === end || found === null) throw damaged(path, 'its bytes are not those that were written');
}

/** Returns the id of this end. A disk too full for it loses nothing: the log keeps what was committed, and the next start looks the file through. */
function noteEnd(db: Connection): string | null {
  try {
    const endId = randomBytes(6).toString('hex');
    db.write(() => writeMeta(db, CLEAN_END, endId));
    return db.checkpoint() ? endId : null;
  } catch {
    return null;
  }
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
