/** An empty store in memory, closed after the test. */
import type { Store } from '../../src/ports/store/store.js';
import { findDriver } from '../../src/store/sqlite/driver.js';
import { openInMemory } from '../../src/store/sqlite/sqlite.js';

const driver = await findDriver();

export function openMemory(): Store {
  return openInMemory(driver);
}
