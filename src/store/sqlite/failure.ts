/** Converts errors of SQLite and the file system to our error codes. New cases are added as rows. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ErrorCode, StoreError } from '../../model/errors.js';
import { belongsTo } from '../../text/file-owner.js';

type StoreCode = Extract<ErrorCode, `STORE_${string}`>;

/** Our code, what is said of it, and whether rights may be the cause. */
type Failure = readonly [StoreCode, string, 'rights'?];

/** By primary result code (https://sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, Failure>> = {
  1: ['STORE_CORRUPT', "the store's tables are not as they were made"],
  5: ['STORE_BUSY', 'another process kept the store busy for too long'],
  6: ['STORE_BUSY', 'another process kept the store busy for too long'],
  8: ['STORE_FAILED', 'the store may not be written: check the rights of the file and its folder', 'rights'],
  10: ['STORE_FAILED', 'the store could not be read or written: the disk, a quota or a file size limit'],
  11: ['STORE_CORRUPT', 'the store is damaged'],
  13: ['STORE_FULL', 'no room is left for the store: nothing of this step was kept; make room and run again'],
  14: ['STORE_FAILED', 'the store could not be opened: check the path and the rights of its folder', 'rights'],
  18: ['STORE_REFUSED', 'a value is too large for the store'],
  19: ['STORE_REFUSED', 'what was to be stored contradicts what the store holds'],
  20: ['STORE_REFUSED', 'a value is not of the kind that the store holds'],
  26: ['STORE_CORRUPT', 'this is no store of newsloom'],
};

/** The names of these codes: better-sqlite3 gives no numbers. */
const CODE_NAMES: readonly (readonly [string, number])[] = [
  ['SQLITE_ERROR', 1],
  ['SQLITE_BUSY', 5],
  ['SQLITE_LOCKED', 6],
  ['SQLITE_READONLY', 8],
  ['SQLITE_IOERR', 10],
  ['SQLITE_CORRUPT', 11],
  ['SQLITE_FULL', 13],
  ['SQLITE_CANTOPEN', 14],
  ['SQLITE_TOOBIG', 18],
  ['SQLITE_CONSTRAINT', 19],
  ['SQLITE_MISMATCH', 20],
  ['SQLITE_NOTADB', 26],
];

const SYSTEM: Readonly<Record<string, Failure>> = {
  ENOSPC: ['STORE_FULL', 'no room is left for the store'],
  EDQUOT: ['STORE_FULL', 'the quota leaves no room for the store'],
  EACCES: ['STORE_FAILED', 'the store may not be read or written', 'rights'],
  EPERM: ['STORE_FAILED', 'the store may not be read or written', 'rights'],
  EROFS: ['STORE_FAILED', 'the store lies where nothing may be written: mount its folder to be written to'],
};

const FAILED: Failure = ['STORE_FAILED', 'the store failed'];

/** The StoreError for an error of the store at `path`; any other error is returned unchanged, since it is a bug. */
export function storeFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  // Of JSON and of numbers as bytes, which nobody but us writes.
  if (error instanceof SyntaxError || error instanceof RangeError) return damaged(path, error.message);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const number = resultCode(error, code);
  if (number === null && !('syscall' in error)) return error;
  const [ours, text, about] = (number === null ? SYSTEM[code] : SQLITE[number]) ?? FAILED;
  // Errors that concern one source appear on the status page, which must not show our paths.
  const where = ours === 'STORE_REFUSED' ? '' : `${path}: `;
  return new StoreError(ours, `${where}${text}${about === 'rights' ? ownerOf(path) : ''} (${error.message})`, {
    cause: error,
    details: { path, reason: code },
  });
}

/** What one command made as root, another user may not touch. Empty: it is our own, its owner is not the cause, or nobody can tell. */
function ownerOf(path: string): string {
  const own = process.geteuid?.();
  const folder = nearestFolder(dirname(path));
  const places = own === undefined || own === 0 ? [] : [folder, path];
  const other = places.flatMap((one) => ownerWhoKeepsOthersOut(one) ?? []).find((uid) => uid !== own);
  if (other === undefined) return '';
  return belongsTo(folder === dirname(path) ? 'it' : folder, other, own);
}

/** The folder itself, or the one in which it was to be made. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** null: others may write there too, or nobody may, as where it is mounted to be read only. By the effective user, whom `access` would not ask for. */
function ownerWhoKeepsOthersOut(path: string): number | null {
  try {
    const { uid, gid, mode } = statSync(path);
    const isOfGroup = [process.getegid?.(), ...(process.getgroups?.() ?? [])].includes(gid);
    return (mode & (isOfGroup ? 0o020 : 0o002)) === 0 && !isReadOnly(path) ? uid : null;
  } catch {
    return null; // not there, or not for us to see
  }
}

function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS';
  }
}

/** The error for damaged content that a check found. */
export function damaged(path: string, finding: string): StoreError {
  return new StoreError('STORE_CORRUPT', `${path}: the store is damaged (${finding})`, {
    details: { path },
  });
}

/** The primary code is the low byte of the extended code. */
function resultCode(error: Error, code: string): number | null {
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  if (!code.startsWith('SQLITE_')) return null;
  return CODE_NAMES.find(([name]) => code.startsWith(name))?.[1] ?? 0;
}
