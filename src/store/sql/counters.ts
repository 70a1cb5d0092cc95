/** Counters that would otherwise require reading all articles. */
import type { Connection } from '../sqlite/connection.js';

/**
 * `articles`: number with an id that were not pruned; `next_ref`: greater than the refs of all articles;
 * `clustered_up_to`: all articles up to this ref are assigned to stories.
 */
type CounterName = 'articles' | 'next_ref' | 'clustered_up_to';

export function readCounter(db: Connection, name: CounterName): number {
  return db.get<{ n: number }>('SELECT n FROM counter WHERE name = ?', name)!.n;
}

/** Call in a transaction; returns the previous value. */
export function addToCounter(db: Connection, name: CounterName, more: number): number {
  return db.get<{ n: number }>('UPDATE counter SET n = n + ? WHERE name = ? RETURNING n', more, name)!.n - more;
}
