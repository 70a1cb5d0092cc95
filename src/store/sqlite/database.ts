/** Adapts an SQLite file to the database interface. Statements are synchronous; only transactions span awaits. */
import { StoreError } from '../../model/errors.js';
import type { Database, Dialect, Value } from '../sql/database.js';
import type { Connection } from './connection.js';

const sqliteDialect: Dialect = {
  part: (column, ...path) => `${column} -> '$.${path.join('.')}'`,
  expandNumbers: (column) => `json_each(${column}) AS item`,
  contains: (column) => `instr(${column}, ?) > 0`,
  isLike: (column) => `${column} LIKE ? ESCAPE '\\'`,
};

const ROWS_AT_ONCE = 32;

export function sqliteDatabase(file: Connection, path: string): Database {
  return {
    dialect: sqliteDialect,
    rowsAtOnce: ROWS_AT_ONCE,
    run: (sql, ...values) => void file.run(sql, ...values),
    change: async (sql, ...values) => file.run(sql, ...values),
    get: async <Row>(sql: string, ...values: readonly Value[]) => file.get<Row>(sql, ...values),
    all: async <Row>(sql: string, ...values: readonly Value[]) => file.all<Row>(sql, ...values),
    allBatched: async <Row>(sql: string, sets: readonly (readonly Value[])[]) =>
      sets.map((values) => file.all<Row>(sql, ...values)),
    allMatching: async <Row>(sql: string, values: readonly (string | number)[], ...first: readonly Value[]) =>
      ([] as Row[]).concat(
        ...splitValues(values).map((some) =>
          file.all<Row>(`${sql} (?${', ?'.repeat(some.length - 1)})`, ...first, ...some),
        ),
      ),
    write: (work) => file.write(work),
    read: (work) => file.read(work),
    drain: async () => {},
    lastNumber: async (table) => {
      const counted = '(SELECT seq FROM sqlite_sequence WHERE name = ?)';
      const last = `SELECT max(coalesce(${counted}, 0), coalesce((SELECT max(n) FROM ${table}), 0)) AS n`;
      return file.get<{ n: number }>(last, table)!.n;
    },
    continueNumbering: async (table, last) => {
      // Has no effect on a table without AUTOINCREMENT, which continues after its last row.
      file.run('DELETE FROM sqlite_sequence WHERE name = ?', table);
      file.run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', table, last);
    },
    sync: async () => file.sync(),
    eraseDeleted: async () => {
      file.exec('PRAGMA temp_store = FILE'); // the copy may be larger than the memory
      file.exec('VACUUM');
      // The file keeps its old pages until the log is copied.
      if (!file.checkpoint())
        throw new StoreError('STORE_BUSY', `${path}: another process is reading the store: stop it and run again`);
    },
    requireIntact: async () => file.requireIntact(path),
  };
}

/** Splits values into few different lengths, because each length needs its own statement. */
function splitValues<T>(values: readonly T[]): T[][] {
  if (values.length <= ROWS_AT_ONCE) return values.length === 0 ? [] : [[...values]];
  const all = [...new Set(values)];
  return Array.from({ length: Math.ceil(all.length / ROWS_AT_ONCE) }, (_, i) =>
    all.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE),
  );
}
