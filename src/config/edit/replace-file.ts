/** Reads and replaces a file of the config. */
import { chmod, chown, readFile, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuseEdit } from './refuse-edit.js';

export async function readToEdit(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Atomic and durable. Follows a symbolic link and keeps the owner of its target. Rejects with ConfigError
 * CONFIG_INVALID if the folder is not writable.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const file = await realpath(path).catch(() => path);
  await replaceResolved(file, text).catch(cannotWrite(path, file));
}

async function replaceResolved(file: string, text: string): Promise<void> {
  const beside = `${file}.newsloom-new`;
  const found = await stat(file).catch(() => null);
  // Left by a killed run, or a link: writing would follow it.
  await unlink(beside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (found === null) {
    await writeFile(beside, text, { flag: 'wx', flush: true });
    return await rename(beside, file);
  }
  const { mode, uid, gid } = found;
  await writeFile(beside, text, { flag: 'wx', mode, flush: true });
  // Only root can change the owner. Some file systems support neither, nor modes outside the umask.
  await chown(beside, uid, gid)
    .catch(() => chown(beside, -1, gid))
    .catch(() => {});
  await chmod(beside, mode).catch(() => {});
  await rename(beside, file);
}

export function cannotWrite(path: string, file: string): (error: NodeJS.ErrnoException) => never {
  return ({ code }) => refuseEdit(path, '', `cannot change this file: writing to ${dirname(file)} failed (${code})`);
}
