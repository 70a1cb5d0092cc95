/** Allows one publisher per store, by a session lock of the writing connection: a lost connection can neither hold it nor write. */
import { StoreError } from '../../model/errors.js';
import type { PostgresConnection } from './connection.js';
import type { PostgresPlace } from './place.js';

const LOCK = "('newsloom'), hashtext(?)";

/** Throws STORE_LOCKED if another session has the lock. Released when the connection ends. */
export async function takePublisherLock(db: PostgresConnection, place: PostgresPlace): Promise<void> {
  const take = `SELECT pg_try_advisory_lock(hashtext${LOCK}) AS taken`;
  const { taken } = (await db.get<{ taken: boolean }>(take, place.schema))!;
  if (!taken)
    throw new StoreError('STORE_LOCKED', `${place.shown}: another newsloom process publishes from this store`);
}
