/** The address of a store in PostgreSQL, and its form in messages without passwords. */
import { isAddress } from '../../model/address.js';
import { StoreError } from '../../model/errors.js';
import type { StoreSettings } from '../../model/settings.js';

export interface PostgresPlace {
  readonly url: string;
  /** Schema of one site, also the name of its lock. */
  readonly schema: string;
  /** For messages: without user and password. */
  readonly shown: string;
}

const DEFAULT_SCHEMA = 'newsloom';

export function parsePostgresPlace({ url, schema = DEFAULT_SCHEMA }: StoreSettings): PostgresPlace {
  if (url === null || url === '') {
    const missing =
      'store.url is missing: set it to the address of the database, such as postgres://user@host/database';
    throw new StoreError('STORE_FAILED', missing);
  }
  return { url, schema, shown: `${redactAddress(url)}, schema ${schema}` };
}

function redactAddress(url: string): string {
  if (!isAddress(url)) {
    const wrong = 'store.url is not the address of a database: use the form postgres://user@host/database';
    throw new StoreError('STORE_FAILED', wrong);
  }
  const { protocol, host, pathname, searchParams } = new URL(url);
  return `${protocol}//${host || searchParams.get('host') || 'localhost'}${pathname}`;
}
