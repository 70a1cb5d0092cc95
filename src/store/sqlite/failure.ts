/** Converts errors of SQLite and the file system to error codes. */
import { type ErrorCode, StoreError } from '../../model/errors.js';

type StoreCode = Extract<ErrorCode, `STORE_${string}`>;
type Failure = readonly [StoreCode, string];

const CLOSED: Failure = [
  'STORE_FAILED',
  'no permission for the store: check the owner and mode of its file and folder',
];
const BUSY: Failure = ['STORE_BUSY', 'the store is busy with another process: run again later'];

/** By primary result code (https://sqlite.org/rescode.html) and its name, because better-sqlite3 has no numbers. */
const SQLITE: readonly (readonly [number: number, name: string, ...Failure])[] = [
  [1, 'SQLITE_ERROR', 'STORE_CORRUPT', 'unexpected database schema'],
  [5, 'SQLITE_BUSY', ...BUSY],
  [6, 'SQLITE_LOCKED', ...BUSY],
  [8, 'SQLITE_READONLY', ...CLOSED],
  [10, 'SQLITE_IOERR', 'STORE_FAILED', 'cannot read or write: check the disk, quotas and file size limits'],
  [11, 'SQLITE_CORRUPT', 'STORE_CORRUPT', 'the store is damaged'],
  [13, 'SQLITE_FULL', 'STORE_FULL', 'no space left for the store, this step was not saved: free space and run again'],
  [
    14,
    'SQLITE_CANTOPEN',
    'STORE_FAILED',
    'cannot open the store: check its path, and the owner and mode of its folder',
  ],
  [18, 'SQLITE_TOOBIG', 'STORE_REFUSED', 'a value is too large for the store'],
  [19, 'SQLITE_CONSTRAINT', 'STORE_REFUSED', 'the new data conflicts with stored data'],
  [20, 'SQLITE_MISMATCH', 'STORE_REFUSED', 'a value has the wrong type for the store'],
  [26, 'SQLITE_NOTADB', 'STORE_CORRUPT', 'not a newsloom store'],
];

const SYSTEM: Readonly<Record<string, Failure>> = {
  ENOSPC: ['STORE_FULL', 'no space left for the store: free disk space'],
  EDQUOT: ['STORE_FULL', 'disk quota exceeded by the store: raise the quota or delete files'],
  EACCES: CLOSED,
  EPERM: CLOSED,
  EROFS: ['STORE_FAILED', 'the store is on a read-only file system: mount its folder writable'],
};

const FAILED: Failure = ['STORE_FAILED', 'the store failed'];

/** Returns a StoreError for an error of the store at `path`, and any other error unchanged. */
export function toStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  // From invalid JSON or binary numbers in the store.
  if (error instanceof SyntaxError || error instanceof RangeError) return damageError(path, error.message);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isOfSqlite = 'errcode' in error || code.startsWith('SQLITE_');
  if (!isOfSqlite && !('syscall' in error)) return error;
  const [ours, text] = (isOfSqlite ? findSqliteFailure(error, code) : SYSTEM[code]) ?? FAILED;
  // The status page shows errors of single sources and must not reveal local paths.
  const where = ours === 'STORE_REFUSED' ? '' : `${path}: `;
  return new StoreError(ours, `${where}${text} (${error.message})`, { cause: error, details: { path, reason: code } });
}

export function damageError(path: string, finding: string): StoreError {
  return new StoreError('STORE_CORRUPT', `${path}: the store is damaged (${finding})`, {
    details: { path },
  });
}

function findSqliteFailure(error: Error & { readonly errcode?: unknown }, code: string): Failure | undefined {
  const number = typeof error.errcode === 'number' ? error.errcode & 0xff : null;
  const row = SQLITE.find(([known, name]) => (number === null ? code.startsWith(name) : known === number));
  return row && [row[2], row[3]];
}
