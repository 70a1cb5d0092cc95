/** Many rows in one call: a trip into SQLite costs more than what it does there. */
import type { Connection, Query } from './connection.js';
import type { Value } from './driver.js';

/** Rows in one statement; more take several. */
const MOST = 32;

/** `INSERT INTO alias VALUES` and what follows the rows, for rows of so many columns. */
export function bulkInsert(
  db: Connection,
  sql: { readonly into: string; readonly columns: number; readonly after?: string },
): (rows: readonly (readonly Value[])[]) => void {
  const row = `(${Array(sql.columns).fill('?').join(', ')})`;
  const statementFor = bySize(
    db,
    (size) => `${sql.into} VALUES ${Array(size).fill(row).join(', ')} ${sql.after ?? ''}`,
  );
  return (rows) => {
    for (let from = 0; from < rows.length; from += MOST) {
      const some = rows.slice(from, from + MOST);
      statementFor(some.length).run(...some.flat());
    }
  };
}

/** The rows of a query whose condition ends in `IN`, for any number of values. */
export function bulkFind<R>(db: Connection, sql: string): (values: readonly Value[]) => R[] {
  const statementFor = bySize<R>(db, (size) => `${sql} (${Array(size).fill('?').join(', ')})`);
  return (values) => {
    const found: R[] = [];
    for (let from = 0; from < values.length; from += MOST) {
      const some = values.slice(from, from + MOST);
      found.push(...statementFor(some.length).all(...some));
    }
    return found;
  };
}

function bySize<R>(db: Connection, sqlOf: (size: number) => string): (size: number) => Query<R> {
  const statements = new Map<number, Query<R>>();
  return (size) => {
    const statement = statements.get(size) ?? db.prepare<R>(sqlOf(size));
    statements.set(size, statement);
    return statement;
  };
}
