/** SQLite's own look at the file: after an end that was not in order, and before pruning. */
import type { Connection } from './connection.js';
import { damaged } from './failure.js';

/** Fails with STORE_CORRUPT where SQLite finds damage: it reads the whole file, but not whether a text is still what was written. */
export function requireIntact(db: Connection, path: string): void {
  const finding = db.get<{ quick_check: string }>('PRAGMA quick_check(1)')!.quick_check;
  if (finding !== 'ok') throw damaged(path, finding);
}
