/** Allows one writer per store, by an exclusive transaction on a separate database. The system ends it with the process. */
import { unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StoreError } from '../../model/errors.js';
import type { Driver, Open } from './driver.js';
import { toStoreError } from './failure.js';

/** Prevents garbage collection of the handles, which would release the lock. */
const heldLocks = new Set<Driver>();

/** `newsloom.db` → `newsloom.lock.db` */
export function lockPath(storePath: string): string {
  return join(dirname(storePath), `${basename(storePath).replace(/\.db$/, '')}.lock.db`);
}

/** Takes the lock or throws STORE_LOCKED. Call the result to release it. A suspended process keeps its lock, a killed one does not. */
export function takeLock(open: Open, storePath: string): () => void {
  const driver = open(lockPath(storePath), 'write');
  try {
    // Processes that start at the same time may block each other briefly. With a short wait, one of them gets the lock.
    driver.exec('PRAGMA busy_timeout = 500; BEGIN EXCLUSIVE');
  } catch (error) {
    driver.close();
    const failure = lockError(error, storePath);
    if (!(failure instanceof StoreError) || failure.code !== 'STORE_CORRUPT') throw failure;
    // The lock file contains no data, so a damaged one can be replaced.
    unlinkSync(lockPath(storePath));
    return takeLock(open, storePath);
  }
  heldLocks.add(driver);
  return () => {
    if (heldLocks.delete(driver)) driver.close();
  };
}

function lockError(error: unknown, storePath: string): unknown {
  const failure = toStoreError(error, lockPath(storePath));
  if (!(failure instanceof StoreError) || failure.code !== 'STORE_BUSY') return failure;
  return new StoreError('STORE_LOCKED', `${storePath}: another newsloom process holds this store`, {
    cause: error,
    details: { path: storePath },
  });
}
