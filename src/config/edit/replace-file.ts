/** Reads a file of the config for an edit, and puts another text into it. */
import { chmod, chown, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuseEdit } from './refuse-edit.js';

/** null: no such file. */
export async function readToEdit(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Creates the file where there is none. A link stays one: the file that it leads to is replaced, and belongs to whom it belonged. The old text or the new one outlives a power cut.
 * Rejects with ConfigError CONFIG_INVALID where nothing can be written there.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const file = await realpath(path).catch(() => path);
  await replaceAt(file, text).catch(cannotWrite(path, file));
}

async function replaceAt(file: string, text: string): Promise<void> {
  const beside = `${file}.newsloom-new`;
  const found = await stat(file).catch(() => null);
  if (found === null) return await writeFile(file, text);
  const { mode, uid, gid } = found;
  await writeFile(beside, text, { mode, flush: true });
  // Only root may give a file away; anybody, one of his to a group of his. Not every file system knows of either, or of what the umask took off.
  await chown(beside, uid, gid)
    .catch(() => chown(beside, -1, gid))
    .catch(() => {});
  await chmod(beside, mode).catch(() => {});
  await rename(beside, file);
}

/** Tells of an error of the file system beside `file`, which `path` leads to. */
export function cannotWrite(path: string, file: string): (error: NodeJS.ErrnoException) => never {
  return ({ code }) => refuseEdit(path, '', `cannot be changed: ${dirname(file)} cannot be written to (${code})`);
}
