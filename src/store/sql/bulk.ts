/** Runs statements on many rows at once, since calling a database costs more than what it then does. */
import type { Database, Value } from './database.js';

/** `into`: `INSERT INTO table (columns)`; `after`: the rest of the statement after the rows, such as `ON CONFLICT`. Call in a transaction. */
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

/**
 * As `insertRows`, into all columns of a table; where `key` is there already, `set` columns are overwritten. Of rows with one key the
 * last counts. `key` holds the first columns.
 */
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

/** As many as one statement takes. */
export function chunks<T>(db: Database, all: readonly T[]): (readonly T[])[] {
  const length = db.rowsAtOnce;
  return Array.from({ length: Math.ceil(all.length / length) }, (_, i) => all.slice(i * length, (i + 1) * length));
}
