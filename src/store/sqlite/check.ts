/** Whether the file is whole: reads all of it, so only after an end out of order and before pruning. */
import type { Connection } from './connection.js';
import { damaged } from './failure.js';

/** Fails with STORE_CORRUPT where SQLite finds damage. */
export function requireIntact(db: Connection, path: string): void {
  const finding = db.get<{ quick_check: string }>('PRAGMA quick_check(1)')!.quick_check;
  if (finding !== 'ok') throw damaged(path, finding);
}
