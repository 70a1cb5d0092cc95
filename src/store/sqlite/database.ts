/** An SQLite file as the database of the repositories. It answers at once; only its transactions span awaits. */
import { StoreError } from '../../model/errors.js';
import type { Database, Dialect, Value } from '../sql/database.js';
import type { Connection } from './connection.js';

const sqliteDialect: Dialect = {
  part: (column, ...path) => `${column} -> '$.${path.join('.')}'`,
  numbersIn: (column) => `json_each(${column}) AS item`,
  contains: (column) => `instr(${column}, ?) > 0`,
};

const ROWS_AT_ONCE = 32;

/** `path`: for messages. */
export function sqliteDatabase(file: Connection, path: string): Database {
  return {
    dialect: sqliteDialect,
    rowsAtOnce: ROWS_AT_ONCE,
    run: (sql, ...values) => void file.run(sql, ...values),
    change: async (sql, ...values) => file.run(sql, ...values),
    get: async <Row>(sql: string, ...values: readonly Value[]) => file.get<Row>(sql, ...values),
    all: async <Row>(sql: string, ...values: readonly Value[]) => file.all<Row>(sql, ...values),
    allOfEach: async <Row>(sql: string, sets: readonly (readonly Value[])[]) =>
      sets.map((values) => file.all<Row>(sql, ...values)),
    allIn: async <Row>(sql: string, values: readonly (string | number)[], ...first: readonly Value[]) =>
      someOf(values).flatMap((some) => file.all<Row>(`${sql} (${some.map(() => '?').join(', ')})`, ...first, ...some)),
    write: (work) => file.write(work),
    read: (work) => file.read(work),
    drain: async () => {},
    lastNumber: async (table) => {
      const counted = 'SELECT seq AS n FROM sqlite_sequence WHERE name = ?';
      if (isCounting(file, table)) return file.get<{ n: number }>(counted, table)?.n ?? 0;
      return file.get<{ n: number | null }>(`SELECT max(n) AS n FROM ${table}`)?.n ?? 0;
    },
    numberFrom: async (table, last) => {
      // Tables that do not count go on after their last row.
      if (!isCounting(file, table)) return;
      file.run('DELETE FROM sqlite_sequence WHERE name = ?', table);
      file.run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', table, last);
    },
    sync: async () => file.sync(),
    eraseDeleted: async () => {
      file.exec('VACUUM');
      // Until the log is copied, the file has its old pages.
      if (!file.checkpoint()) throw new StoreError('STORE_BUSY', `${path}: another process still reads the store`);
    },
    requireIntact: async () => file.requireIntact(path),
  };
}

/** AUTOINCREMENT: numbers of dropped rows are not given again. */
function isCounting(file: Connection, table: string): boolean {
  const { sql } = file.get<{ sql: string }>('SELECT sql FROM sqlite_master WHERE name = ?', table)!;
  return sql.includes('AUTOINCREMENT');
}

/** Few lengths, since each makes another statement. */
function someOf<T>(values: readonly T[]): T[][] {
  if (values.length <= ROWS_AT_ONCE) return values.length === 0 ? [] : [[...values]];
  const all = [...new Set(values)];
  return Array.from({ length: Math.ceil(all.length / ROWS_AT_ONCE) }, (_, i) =>
    all.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE),
  );
}
