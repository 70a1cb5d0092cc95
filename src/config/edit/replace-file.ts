/** Puts another text into a file of the config that is there. */
import { chmod, chown, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from '../../model/errors.js';

/**
 * A link stays one: the file that it leads to is replaced, and belongs to whom it belonged. The old text or the new one outlives a power cut.
 * Rejects with ConfigError CONFIG_INVALID where nothing can be written there.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const file = await realpath(path);
  await replaceAt(file, text).catch(cannotWrite(path, file));
}

async function replaceAt(file: string, text: string): Promise<void> {
  const beside = `${file}.newsloom-new`;
  const { mode, uid, gid } = await stat(file);
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
  return ({ code }) => {
    const message = `cannot be changed: ${dirname(file)} cannot be written to (${code})`;
    throw new ConfigError('CONFIG_INVALID', [{ file: path, line: 0, column: 0, path: '', message }]);
  };
}
