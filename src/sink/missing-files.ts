/** Calls to the file system for which it is an answer, and no failure, that something is not there. */
import { lstatSync, readFileSync, rmdirSync, type Stats, statSync, unlinkSync } from 'node:fs';

const MISSING = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'];

export function statIfThere(path: string): Stats | null {
  return unless(MISSING, () => statSync(path));
}

/** Of a link itself. */
export function lstatIfThere(path: string): Stats | null {
  return unless(MISSING, () => lstatSync(path));
}

/** Of a file; what is none is none of ours: a folder has no bytes, and those of a pipe never come. */
export function readIfThere(path: string): Uint8Array | null {
  return unless(MISSING, () => (statSync(path).isFile() ? readFileSync(path) : null));
}

/** Whether it was there. */
export function unlinkIfThere(path: string): boolean {
  const removed = unless(MISSING, () => {
    unlinkSync(path);
    return true;
  });
  return removed ?? false;
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
