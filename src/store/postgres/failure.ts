/** Converts errors of PostgreSQL and of the connection to our error codes. New cases are added as rows. */
import { type ErrorCode, StoreError } from '../../model/errors.js';
import type { PostgresPlace } from './place.js';

type StoreCode = Extract<ErrorCode, `STORE_${string}`>;
type Row = readonly [StoreCode, string];

const LOST: Row = ['STORE_FAILED', 'the connection to the database was lost: nothing of this step was kept'];
const UNREACHED: Row = ['STORE_FAILED', 'the database cannot be reached'];
const REFUSED: Row = ['STORE_REFUSED', 'what was to be stored contradicts what the store holds'];
const TOO_LARGE: Row = ['STORE_REFUSED', 'a value is too large for the store'];
const BUSY: Row = ['STORE_BUSY', 'another session kept the store busy'];
const OTHER_TABLES: Row = ['STORE_CORRUPT', "the store's tables are not as they were made"];
const DAMAGED: Row = ['STORE_CORRUPT', 'the database reports damage'];

/** By SQLSTATE, or by its class, its first two characters (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const SQLSTATES: Readonly<Record<string, Row>> = {
  '08': LOST,
  '22': REFUSED,
  '23': REFUSED,
  '25P02': LOST,
  '25P03': LOST,
  '28': ['STORE_FAILED', 'the database refuses this user: check name and password in store.url'],
  '3D000': ['STORE_FAILED', 'there is no such database: create it, or check store.url'],
  '40': BUSY,
  '42501': ['STORE_FAILED', 'the user of store.url lacks rights: it must be able to create a schema and its tables'],
  '42P01': OTHER_TABLES,
  '42703': OTHER_TABLES,
  '53': ['STORE_FAILED', 'the database has no resources left'],
  '53100': ['STORE_FULL', 'no room is left in the database: nothing of this step was kept; make room and run again'],
  '54': TOO_LARGE,
  '55P03': BUSY,
  '57': LOST,
  '57P03': ['STORE_FAILED', 'the database is starting or stopping'],
  '58': ['STORE_FAILED', 'the database could not read or write its files'],
  XX001: DAMAGED,
  XX002: DAMAGED,
};

/** Errors of the socket that mean that there was a connection. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE']);
/** Of the driver, which gives these no code. */
const DRIVER =
  /^(Connection terminated|Client has encountered|Client was closed|Query read timeout|timeout expired|The server does not support SSL)/;

/** The StoreError for an error of the store; any other error is returned unchanged, since it is a bug. */
export function postgresFailure(error: unknown, place: PostgresPlace): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  if (error instanceof SyntaxError || error instanceof RangeError)
    return failure('STORE_CORRUPT', 'the store holds what newsloom did not write', error, place);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const row = rowOf(error, code);
  return row === null ? error : failure(...row, error, place, code);
}

function rowOf(error: Error, code: string): Row | null {
  if (/^[0-9A-Z]{5}$/.test(code) && 'severity' in error)
    return (
      SQLSTATES[code] ??
      SQLSTATES[code.slice(0, 2)] ??
      (code.startsWith('42') ? null : ['STORE_FAILED', 'the store failed'])
    );
  if (BROKEN.has(code)) return LOST;
  if ('syscall' in error || 'errors' in error) return UNREACHED;
  if (!DRIVER.test(error.message)) return null;
  return error.message.startsWith('timeout') || error.message.includes('SSL') ? UNREACHED : LOST;
}

function failure(code: StoreCode, text: string, cause: Error, place: PostgresPlace, reason = ''): StoreError {
  // Errors that concern one source appear on the status page, which must not say where the database is.
  const where = code === 'STORE_REFUSED' ? '' : `${place.shown}: `;
  return new StoreError(code, `${where}${text} (${messageOf(cause)})`, { cause, details: { reason } });
}

/** Several addresses that were tried have no message of their own. */
function messageOf(error: Error): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map((one) => one.message).join(', ');
  return error.message;
}
