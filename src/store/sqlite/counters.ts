/** Numbers that would cost a walk through all articles. */
import type { Connection } from './connection.js';

/**
 * `articles`: those that have an id and were not pruned; `next_ref`: no article has it or a greater one;
 * `clustered_up_to`: all articles up to this one have their story.
 */
type CounterName = 'articles' | 'next_ref' | 'clustered_up_to';

export function readCounter(db: Connection, name: CounterName): number {
  return db.get<{ n: number }>('SELECT n FROM counter WHERE name = ?', name)!.n;
}

/** Within a transaction; returns what it was before. */
export function addToCounter(db: Connection, name: CounterName, more: number): number {
  return db.get<{ n: number }>('UPDATE counter SET n = n + ? WHERE name = ? RETURNING n', more, name)!.n - more;
}
