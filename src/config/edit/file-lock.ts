/** A lock file: one process at a time edits a file, others wait. */
import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which a lock counts as stale: edits take far less. */
const LEFT_BEHIND = 10_000;
/** Milliseconds between two attempts. */
const RETRY_EVERY = 20;

/** Runs `work` while holding `<path>.newsloom-lock`. Rejects as `work` does, or where the lock file cannot be created. */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.newsloom-lock`;
  while (!(await takeFileLock(lock))) {
    const held = await stat(lock).catch(() => null);
    if (held !== null && Date.now() - held.mtimeMs > LEFT_BEHIND) await rm(lock, { force: true });
    else await sleep(RETRY_EVERY);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** True where the lock was acquired. */
async function takeFileLock(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
