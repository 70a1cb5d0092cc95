/** Converts errors of PostgreSQL and its connection to error codes. */
import { type ErrorCode, StoreError } from '../../model/errors.js';
import type { PostgresPlace } from './place.js';

type StoreCode = Extract<ErrorCode, `STORE_${string}`>;
type Row = readonly [StoreCode, string];

const LOST: Row = ['STORE_FAILED', 'lost the connection to the database: this step was not saved'];
const UNREACHABLE: Row = ['STORE_FAILED', 'cannot reach the database'];
const REFUSED: Row = ['STORE_REFUSED', 'the new data conflicts with stored data'];
const TOO_LARGE: Row = ['STORE_REFUSED', 'a value is too large for the store'];
const BUSY: Row = ['STORE_BUSY', 'the store is busy with another session'];
const OTHER_TABLES: Row = ['STORE_CORRUPT', 'unexpected database schema'];
const DAMAGED: Row = ['STORE_CORRUPT', 'the database reports damage'];

/** By SQLSTATE, or by its class, its first two characters (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const SQLSTATES: Readonly<Record<string, Row>> = {
  '08': LOST,
  '22': REFUSED,
  '23': REFUSED,
  '25P02': LOST,
  '25P03': LOST,
  '28': ['STORE_FAILED', 'the database rejects this user: check the name and password in store.url'],
  '3D000': ['STORE_FAILED', 'the database does not exist: create it, or check store.url'],
  '40': BUSY,
  '42501': ['STORE_FAILED', 'the user in store.url lacks permission to create a schema and its tables: grant it'],
  '42P01': OTHER_TABLES,
  '42703': OTHER_TABLES,
  '53': ['STORE_FAILED', 'the database is out of resources'],
  '53100': ['STORE_FULL', 'no space left in the database, this step was not saved: free space and run again'],
  '54': TOO_LARGE,
  '55P03': BUSY,
  '57': LOST,
  '57P03': ['STORE_FAILED', 'the database is starting or stopping'],
  '58': ['STORE_FAILED', 'the database could not read or write its files'],
  XX001: DAMAGED,
  XX002: DAMAGED,
};

/** Socket errors of an established connection. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE']);
const DRIVER =
  /^(Connection terminated|Client has encountered|Client was closed|Query read timeout|timeout expired|The server does not support SSL)/;

/** Returns a StoreError for an error of the store, and any other error unchanged. */
export function toPostgresError(error: unknown, place: PostgresPlace): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  if (error instanceof SyntaxError || error instanceof RangeError)
    return failure('STORE_CORRUPT', 'the store contains data that newsloom did not write', error, place);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const row = findFailureRow(error, code);
  return row === null ? error : failure(...row, error, place, code);
}

function findFailureRow(error: Error, code: string): Row | null {
  if (/^[0-9A-Z]{5}$/.test(code) && 'severity' in error)
    return (
      SQLSTATES[code] ??
      SQLSTATES[code.slice(0, 2)] ??
      (code.startsWith('42') ? null : ['STORE_FAILED', 'the store failed'])
    );
  if (BROKEN.has(code)) return LOST;
  if ('syscall' in error || 'errors' in error) return UNREACHABLE;
  if (!DRIVER.test(error.message)) return null;
  return error.message.startsWith('timeout') || error.message.includes('SSL') ? UNREACHABLE : LOST;
}

function failure(code: StoreCode, text: string, cause: Error, place: PostgresPlace, reason = ''): StoreError {
  // The status page shows errors of single sources and must not reveal the database's address.
  const where = code === 'STORE_REFUSED' ? '' : `${place.shown}: `;
  return new StoreError(code, `${where}${text} (${describeCause(cause)})`, { cause, details: { reason } });
}

/** An AggregateError of several addresses has no message of its own. */
function describeCause(error: Error): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map((one) => one.message).join(', ');
  return error.message;
}
