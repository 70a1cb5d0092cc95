/** Counters that would otherwise require reading all articles. */
import type { Database } from './database.js';

/**
 * `articles`: number with an id that were not pruned; `next_ref`: greater than the refs of all articles;
 * `clustered_up_to`: all articles up to this ref are assigned to stories.
 */
type CounterName = 'articles' | 'next_ref' | 'clustered_up_to';

export async function readCounter(db: Database, name: CounterName): Promise<number> {
  return (await db.get<{ n: number }>('SELECT n FROM counter WHERE name = ?', name))!.n;
}

/** Call in a transaction. */
export function addToCounter(db: Database, name: CounterName, more: number): void {
  db.run('UPDATE counter SET n = n + ? WHERE name = ?', more, name);
}

/** Call in a transaction; returns the first of so many numbers that nobody else gets. */
export async function reserveNumbers(db: Database, name: CounterName, count: number): Promise<number> {
  const reserve = 'UPDATE counter SET n = n + ? WHERE name = ? RETURNING n';
  return (await db.get<{ n: number }>(reserve, count, name))!.n - count;
}
