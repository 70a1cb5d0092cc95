/** Runs statements on many rows at once, because each call of the database is expensive. */
import type { Database, Value } from './database.js';

/** `into`: `INSERT INTO table (columns)`; `after`: the end of the statement, such as `ON CONFLICT`. Call in a transaction. */
export async function insertRows(
  db: Database,
  into: string,
  rows: readonly (readonly Value[])[],
  after = '',
): Promise<void> {
  for (const some of chunks(db, rows)) {
    const row = `(${Array(some[0]!.length).fill('?').join(', ')})`;
    db.run(`${into} VALUES ${Array(some.length).fill(row).join(', ')} ${after}`, ...some.flat());
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
  const latest = new Map(rows.map((row) => [row.slice(0, key.length).join('\n'), row]));
  const overwrite = set.map((column) => `${column} = excluded.${column}`).join(', ');
  const into = `INSERT INTO ${table} (${[...key, ...set].join(', ')})`;
  await insertRows(db, into, [...latest.values()], `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${overwrite}`);
}

export function chunks<T>(db: Database, all: readonly T[]): (readonly T[])[] {
  const length = db.rowsAtOnce;
  return Array.from({ length: Math.ceil(all.length / length) }, (_, i) => all.slice(i * length, (i + 1) * length));
}
