/** Reads and replaces a file of the config. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { chmod, chown, readFile, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuseEdit } from './refuse-edit.js';

export interface FileEdit {
  readonly path: string;
  /** The text that the edit was made from. null here and in `after`: no file. */
  readonly before: string | null;
  readonly after: string | null;
}

const recording = new AsyncLocalStorage<{ readonly read: Map<string, string | null>; readonly edits: FileEdit[] }>();

/** Adds the edits of `work` to `edits`, also if it rejects. Changes of others in the same files are not part of them. */
export async function recordEdits<T>(edits: FileEdit[], work: () => Promise<T>): Promise<T> {
  return await recording.run({ read: new Map(), edits }, work);
}

/** null: the file is missing. */
export async function readToEdit(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const bare = text?.replace(/^\uFEFF/, '') ?? null;
  recording.getStore()?.read.set(path, bare);
  return bare;
}

/**
 * Atomic and durable. Follows a symbolic link and keeps the owner of its target. Rejects with ConfigError
 * CONFIG_INVALID if the folder is not writable.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const file = await realpath(path).catch(() => path);
  await replaceResolved(file, text).catch(cannotWrite(path, file));
  const { read, edits } = recording.getStore() ?? {};
  edits?.push({ path, before: read?.get(path) ?? null, after: text });
  read?.set(path, text);
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
