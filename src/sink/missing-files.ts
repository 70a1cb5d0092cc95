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

export function statIfThere(path: string): Stats | null {
  return unless(MISSING, () => statSync(path));
}

/** Does not follow a symbolic link. */
export function lstatIfThere(path: string): Stats | null {
  return unless(MISSING, () => lstatSync(path));
}

/** Reads only regular files: reading a pipe may never end. */
export function readIfThere(path: string): Uint8Array | null {
  return unless(MISSING, () => (statSync(path).isFile() ? readFileSync(path) : null));
}

export function unlinkIfThere(path: string): boolean {
  const removed = unless(MISSING, () => {
    unlinkSync(path);
    return true;
  });
  return removed ?? false;
}

export function entriesIfAllowed(folder: string): readonly Dirent[] {
  return unless(CLOSED, () => readdirSync(folder, { withFileTypes: true })) ?? [];
}

export function rmdirIfEmpty(path: string): void {
  unless(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'], () => rmdirSync(path));
}

function unless<R>(codes: readonly string[], work: () => R): R | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return null;
    throw error;
  }
}
