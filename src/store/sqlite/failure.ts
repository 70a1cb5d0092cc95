/** Converts errors of SQLite and the file system to our error codes. New cases are added as rows. */
import { type ErrorCode, StoreError } from '../../model/errors.js';

type StoreCode = Extract<ErrorCode, `STORE_${string}`>;
type Failure = readonly [StoreCode, string];

const CLOSED: Failure = [
  'STORE_FAILED',
  'no permission for the store: check the owner and mode of its file and folder',
];
const BUSY: Failure = ['STORE_BUSY', 'another process kept the store busy for too long'];

/** By primary result code (https://sqlite.org/rescode.html), with its name: better-sqlite3 gives no numbers. */
const SQLITE: readonly (readonly [number: number, name: string, ...Failure])[] = [
  [1, 'SQLITE_ERROR', 'STORE_CORRUPT', "the store's tables are not as they were made"],
  [5, 'SQLITE_BUSY', ...BUSY],
  [6, 'SQLITE_LOCKED', ...BUSY],
  [8, 'SQLITE_READONLY', ...CLOSED],
  [10, 'SQLITE_IOERR', 'STORE_FAILED', 'reading or writing failed: the disk, a quota or a file size limit'],
  [11, 'SQLITE_CORRUPT', 'STORE_CORRUPT', 'the store is damaged'],
  [
    13,
    'SQLITE_FULL',
    'STORE_FULL',
    'no room is left for the store: nothing of this step was kept; make room and run again',
  ],
  [14, 'SQLITE_CANTOPEN', 'STORE_FAILED', 'cannot be opened: check the path, and the owner and mode of its folder'],
  [18, 'SQLITE_TOOBIG', 'STORE_REFUSED', 'a value is too large for the store'],
  [19, 'SQLITE_CONSTRAINT', 'STORE_REFUSED', 'what was to be stored contradicts what the store holds'],
  [20, 'SQLITE_MISMATCH', 'STORE_REFUSED', 'a value is not of the kind that the store holds'],
  [26, 'SQLITE_NOTADB', 'STORE_CORRUPT', 'this is no store of newsloom'],
];

const SYSTEM: Readonly<Record<string, Failure>> = {
  ENOSPC: ['STORE_FULL', 'no room is left for the store'],
  EDQUOT: ['STORE_FULL', 'the quota leaves no room for the store'],
  EACCES: CLOSED,
  EPERM: CLOSED,
  EROFS: ['STORE_FAILED', 'the store lies where nothing may be written: mount its folder to be written to'],
};

const FAILED: Failure = ['STORE_FAILED', 'the store failed'];

/** The StoreError for an error of the store at `path`; any other error is returned unchanged, since it is a bug. */
export function storeFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  // Of JSON and of numbers as bytes, which nobody but us writes.
  if (error instanceof SyntaxError || error instanceof RangeError) return damaged(path, error.message);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isOfSqlite = 'errcode' in error || code.startsWith('SQLITE_');
  if (!isOfSqlite && !('syscall' in error)) return error;
  const [ours, text] = (isOfSqlite ? sqliteFailure(error, code) : SYSTEM[code]) ?? FAILED;
  // Errors that concern one source appear on the status page, which must not show our paths.
  const where = ours === 'STORE_REFUSED' ? '' : `${path}: `;
  return new StoreError(ours, `${where}${text} (${error.message})`, { cause: error, details: { path, reason: code } });
}

/** The error for damaged content that a check found. */
export function damaged(path: string, finding: string): StoreError {
  return new StoreError('STORE_CORRUPT', `${path}: the store is damaged (${finding})`, {
    details: { path },
  });
}

function sqliteFailure(error: Error & { readonly errcode?: unknown }, code: string): Failure | undefined {
  // The low byte of the extended code.
  const number = typeof error.errcode === 'number' ? error.errcode & 0xff : null;
  const row = SQLITE.find(([known, name]) => (number === null ? code.startsWith(name) : known === number));
  return row && [row[2], row[3]];
}
