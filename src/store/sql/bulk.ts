/** Runs statements on many rows at once, since calling SQLite costs more than what it then does. */
import type { Connection } from '../sqlite/connection.js';
import type { Value } from '../sqlite/driver.js';

/** Rows per statement; more rows take several statements. */
const MAX_ROWS = 32;

/** `into`: `INSERT INTO table (columns)`; `after`: the rest of the statement after the rows, such as `ON CONFLICT`. */
export function insertRows(db: Connection, into: string, rows: readonly (readonly Value[])[], after = ''): void {
  for (const some of chunks(rows)) {
    const row = `(${placeholders(some[0]!.length)})`;
    db.run(`${into} VALUES ${Array(some.length).fill(row).join(', ')} ${after}`, ...some.flat());
  }
}

/** Rows of a query that ends in `IN`, for any number of values. */
export function selectIn<Row>(db: Connection, sql: string, values: readonly Value[]): Row[] {
  return chunks(values).flatMap((some) => db.all<Row>(`${sql} (${placeholders(some.length)})`, ...some));
}

/** As many as one statement takes. */
export function chunks<T>(all: readonly T[]): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / MAX_ROWS) }, (_, i) =>
    all.slice(i * MAX_ROWS, (i + 1) * MAX_ROWS),
  );
}

function placeholders(count: number): string {
  return Array(count).fill('?').join(', ');
}
