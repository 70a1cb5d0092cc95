/** Where a store lies in PostgreSQL, and what may be said of that: addresses hold passwords. */
import { isAddress } from '../../model/address.js';
import { StoreError } from '../../model/errors.js';
import type { StoreSettings } from '../../model/settings.js';

export interface PostgresPlace {
  readonly url: string;
  /** Of one site: tables, and the name of the lock. */
  readonly schema: string;
  /** For messages, without user and password. */
  readonly shown: string;
}

const DEFAULT_SCHEMA = 'newsloom';

export function placeOf({ url, schema = DEFAULT_SCHEMA }: StoreSettings): PostgresPlace {
  if (url === null || url === '') {
    const missing = 'store.url is missing: the address of the database, such as postgres://user@host/database';
    throw new StoreError('STORE_FAILED', missing);
  }
  return { url, schema, shown: `${shownAddress(url)}, schema ${schema}` };
}

function shownAddress(url: string): string {
  if (!isAddress(url)) {
    const wrong = 'store.url is no address of a database: it must look like postgres://user@host/database';
    throw new StoreError('STORE_FAILED', wrong);
  }
  const { protocol, host, pathname, searchParams } = new URL(url);
  return `${protocol}//${host || searchParams.get('host') || 'localhost'}${pathname}`;
}
