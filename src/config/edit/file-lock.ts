/** Locks a file, so that one process at a time edits it. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refuseEdit } from './refuse-edit.js';
import { cannotWrite } from './replace-file.js';

/** Milliseconds to wait for another process. Edits take far less. */
const PATIENCE = 10_000;
const RETRY_EVERY = 20;

/** Rejects as `work` does, and with ConfigError CONFIG_INVALID if the folder is read-only or a stale lock remains. */
export async function withFileLock<T>(path: string, work: () => Promise<T>, patience = PATIENCE): Promise<T> {
  const lock = `${path}.newsloom-lock`;
  const refuse = cannotWrite(path, path);
  await mkdir(dirname(path), { recursive: true }).catch(refuse);
  const until = Date.now() + patience;
  while (!(await takeFileLock(lock).catch(refuse))) {
    if (Date.now() > until) refuseEdit(path, '', `another process is editing this file; if not, delete ${lock}`);
    await sleep(RETRY_EVERY);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeFileLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
