/** Counters that avoid reading all articles. */
import type { Database } from './database.js';

/** `articles`: minted and not pruned; `next_ref`: above all refs; `clustered_up_to`: all articles up to this ref are clustered. */
type CounterName = 'articles' | 'next_ref' | 'clustered_up_to';

export async function readCounter(db: Database, name: CounterName): Promise<number> {
  return (await db.get<{ n: number }>('SELECT n FROM counter WHERE name = ?', name))!.n;
}

/** Call in a transaction. */
export function addToCounter(db: Database, name: CounterName, more: number): void {
  db.run('UPDATE counter SET n = n + ? WHERE name = ?', more, name);
}

/** Reserves `count` numbers and returns the first. Call in a transaction. */
export async function reserveNumbers(db: Database, name: CounterName, count: number): Promise<number> {
  const reserve = 'UPDATE counter SET n = n + ? WHERE name = ? RETURNING n';
  return (await db.get<{ n: number }>(reserve, count, name))!.n - count;
}
