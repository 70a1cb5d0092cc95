/** One process at a time changes a file: who comes second waits, and reads what the first has written. */
import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which a lock is one that was left behind: its work takes a few. */
const LEFT_BEHIND = 10_000;
/** Milliseconds between two attempts. */
const RETRY_EVERY = 20;

/** Runs `work` while `<path>.newsloom-lock` is ours. Rejects as `work` does, or where no file can be made beside `path`. */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.newsloom-lock`;
  while (!(await takeLock(lock))) {
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

/** Whether it is ours from now on. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
