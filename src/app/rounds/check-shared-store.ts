/** Checks the database of a site shared by several processes. */
import { ConfigError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';

/** Throws ConfigError if its lock would not hold, StoreError if the database fails. */
export async function checkSharedStore({ store, configPath }: Settings): Promise<void> {
  const { isPooledByTransaction } = await import('../../store/postgres/rounds/pooling.js');
  if (!(await isPooledByTransaction(store))) return;
  const message =
    'a connection pool assigns sessions per transaction, which breaks the lock of the publisher: connect to the database directly, or use session pooling';
  throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path: 'store.url', message }]);
}
