/** File system calls that return null, false or an empty list for missing files and unreadable folders. */
import {
  type Dirent,
  lstatSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  type Stats,
  statSync,
  unlinkSync,
} from 'node:fs';

const MISSING = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'];
const CLOSED = [...MISSING, 'EACCES', 'EPERM'];

export function statIfExists(path: string): Stats | null {
  return nullOnError(MISSING, () => statSync(path, { throwIfNoEntry: false }) ?? null);
}

/** Does not follow a symbolic link. */
export function lstatIfExists(path: string): Stats | null {
  return nullOnError(MISSING, () => lstatSync(path, { throwIfNoEntry: false }) ?? null);
}

/** Reads only regular files: reading a pipe may never end. */
export function readIfExists(path: string): Uint8Array | null {
  return nullOnError(MISSING, () => (statSync(path).isFile() ? readFileSync(path) : null));
}

export function unlinkIfExists(path: string): boolean {
  const removed = nullOnError(MISSING, () => {
    unlinkSync(path);
    return true;
  });
  return removed ?? false;
}

export function readEntriesIfAllowed(folder: string): readonly Dirent[] {
  return nullOnError(CLOSED, () => readdirSync(folder, { withFileTypes: true })) ?? [];
}

export function rmdirIfEmpty(path: string): void {
  nullOnError(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'], () => rmdirSync(path));
}

function nullOnError<R>(codes: readonly string[], work: () => R): R | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return null;
    throw error;
  }
}
