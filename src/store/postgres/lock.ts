/** One publisher a store: a lock of the session that writes, so that who loses the connection can neither hold it nor write. */
import { StoreError } from '../../model/errors.js';
import type { PostgresConnection } from './connection.js';
import type { PostgresPlace } from './place.js';

const LOCK = "('newsloom'), hashtext(?)";

/** Throws STORE_LOCKED where another session has it. It is held until the connection ends, however that ends. */
export async function takePublisherLock(db: PostgresConnection, place: PostgresPlace): Promise<void> {
  const take = `SELECT pg_try_advisory_lock(hashtext${LOCK}) AS taken`;
  const { taken } = (await db.get<{ taken: boolean }>(take, place.schema))!;
  if (!taken) throw new StoreError('STORE_LOCKED', `${place.shown}: another newsloom publishes from this store`);
}
