/** A lock file: one process at a time edits a file, others wait. */
import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cannotWrite } from './replace-file.js';

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
  const refuse = cannotWrite(path, path);
  await mkdir(dirname(path), { recursive: true }).catch(refuse);
  let own = await takeFileLock(lock).catch(refuse);
  while (own === null) {
    const held = await stat(lock).catch(() => null);
    if (held !== null && Date.now() - held.mtimeMs > LEFT_BEHIND) await breakLock(lock, held);
    else await sleep(RETRY_EVERY);
    own = await takeFileLock(lock).catch(refuse);
  }
  try {
    return await work();
  } finally {
    // Another may have taken it for stale, as after a machine slept.
    if (isSame(own, await stat(lock).catch(() => null))) await rm(lock, { force: true });
  }
}

/** null: another has it. */
async function takeFileLock(lock: string): Promise<Stats | null> {
  try {
    const file = await open(lock, 'wx');
    return await file.stat().finally(() => file.close());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
}

/** Of several who find it stale one moves it; who moves what has come in its place meanwhile puts that back. */
async function breakLock(lock: string, held: Stats): Promise<void> {
  const aside = `${lock}-${randomUUID()}`;
  try {
    await rename(lock, aside);
    if (!isSame(held, await stat(aside))) await link(aside, lock);
  } catch {
    // Another was faster.
  } finally {
    await rm(aside, { force: true });
  }
}

function isSame(a: Stats, b: Stats | null): boolean {
  return a.ino === b?.ino && a.mtimeMs === b.mtimeMs;
}
