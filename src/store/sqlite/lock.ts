/** Ensures a single writer per store: an exclusive transaction on a separate database, which ends with the process in any case. */
import { basename, dirname, join } from 'node:path';
import { StoreError } from '../../model/errors.js';
import type { Driver, Open } from './driver.js';
import { storeFailure } from './failure.js';

/** Keeps the handles from being garbage-collected, which would release the lock. */
const heldLocks = new Set<Driver>();

/** `newsloom.db` → `newsloom.lock.db` */
function lockPath(storePath: string): string {
  return join(dirname(storePath), `${basename(storePath).replace(/\.db$/, '')}.lock.db`);
}

/** Takes the lock or throws STORE_LOCKED; the result releases it. A killed process holds no lock, a paused one still does. */
export function takeLock(open: Open, storePath: string): () => void {
  const driver = open(lockPath(storePath), 'write');
  try {
    // Two processes that start at the same moment may block each other briefly: with a short wait, one of them gets the lock.
    driver.exec('PRAGMA busy_timeout = 500; BEGIN EXCLUSIVE');
  } catch (error) {
    driver.close();
    throw lockError(error, storePath);
  }
  heldLocks.add(driver);
  return () => {
    if (heldLocks.delete(driver)) driver.close();
  };
}

function lockError(error: unknown, storePath: string): unknown {
  const failure = storeFailure(error, lockPath(storePath));
  if (!(failure instanceof StoreError) || failure.code !== 'STORE_BUSY') return failure;
  return new StoreError('STORE_LOCKED', `${storePath}: another newsloom holds this store`, {
    cause: error,
    details: { path: storePath },
  });
}
