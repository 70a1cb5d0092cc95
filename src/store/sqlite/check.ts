/** Checks the integrity of the file. Reads all of it, so it runs only after an unclean end and before pruning. */
import type { Connection } from './connection.js';
import { damaged } from './failure.js';

/** Throws STORE_CORRUPT where SQLite finds damage. */
export function requireIntact(db: Connection, path: string): void {
  const finding = db.get<{ quick_check: string }>('PRAGMA quick_check(1)')!.quick_check;
  if (finding !== 'ok') throw damaged(path, finding);
}
