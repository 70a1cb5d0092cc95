/** An SQLite store in memory: the statements of the real one, without a file. */
import type { Store } from '../../src/ports/store/store.js';
import { findDriver } from '../../src/store/sqlite/driver.js';
import { openSqlite } from '../../src/store/sqlite/sqlite.js';

export async function sqliteInMemory(): Promise<Store> {
  const open = await findDriver();
  return openSqlite(':memory:', 'write', () => open(':memory:', 'write'));
}
