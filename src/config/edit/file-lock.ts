/** A lock file: one process at a time edits a file, others wait. */
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '../../model/errors.js';

/** Milliseconds after which a lock counts as stale: edits take far less. */
const LEFT_BEHIND = 10_000;
/** Milliseconds between two attempts. */
const RETRY_EVERY = 20;

/**
 * Runs `work` while holding `<path>.newsloom-lock`, in a folder that is made where there is none. Rejects as `work` does, and with
 * ConfigError CONFIG_INVALID where nothing can be written there.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.newsloom-lock`;
  const cannotWrite = ({ code }: NodeJS.ErrnoException): never => {
    const message = `cannot be changed: ${dirname(path)} cannot be written to (${code})`;
    throw new ConfigError('CONFIG_INVALID', [{ file: path, line: 0, column: 0, path: '', message }]);
  };
  await mkdir(dirname(path), { recursive: true }).catch(cannotWrite);
  while (!(await takeFileLock(lock).catch(cannotWrite))) {
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
