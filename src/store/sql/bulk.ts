/** Runs statements on many rows at once, because each call of the database is expensive. */
import type { Database, Value } from './database.js';

/**
 * `into`: `table (columns)`; `after`: the end of the statement, such as `ON CONFLICT`. Call in a transaction. `FAIL` saves SQLite a journal
 * of the statement: after a failure, the transaction rolls back anyway.
 */
export async function insertRows(
  db: Database,
  into: string,
  rows: readonly (readonly Value[])[],
  after = '',
): Promise<void> {
  for (const some of chunks(db, rows)) {
    const row = `(?${', ?'.repeat(some[0]!.length - 1)})`;
    const values = ([] as Value[]).concat(...some); // much faster than flat()
    db.run(`INSERT OR FAIL INTO ${into} VALUES ${row}${`, ${row}`.repeat(some.length - 1)} ${after}`, ...values);
    await db.drain();
  }
}

/** Inserts complete rows; if `key` exists, overwrites the `set` columns. The last of several rows with one key wins. `key` comes first. */
export async function upsertRows(
  db: Database,
  table: string,
  key: readonly string[],
  set: readonly string[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const latest = new Map(rows.map((row) => [key.length === 1 ? row[0] : row.slice(0, key.length).join('\n'), row]));
  const overwrite = set.map((column) => `${column} = excluded.${column}`).join(', ');
  const into = `${table} (${[...key, ...set].join(', ')})`;
  await insertRows(db, into, [...latest.values()], `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${overwrite}`);
}

export function chunks<T>(db: Database, all: readonly T[], length = db.rowsAtOnce): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / length) }, (_, i) => all.slice(i * length, (i + 1) * length));
}
