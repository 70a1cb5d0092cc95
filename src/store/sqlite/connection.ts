/** One open database file: its settings, and transactions that happen whole or not at all. */
import type { Driver, Statement, Value } from './driver.js';
import { type GroupCommit, groupCommit, type Transaction } from './group-commit.js';

/** A prepared statement whose rows have the shape R. */
export interface Query<R> {
  run(...values: Value[]): number;
  get(...values: Value[]): R | undefined;
  all(...values: Value[]): R[];
}

export interface Connection {
  exec(sql: string): void;
  prepare<R = unknown>(sql: string): Query<R>;
  /** Runs `work` in a transaction that writes; what it throws undoes everything. */
  write<T>(work: () => T): T;
  /** Writes whose commit may wait for others. Whatever else writes, and closing, commits them first. */
  readonly grouped: GroupCommit;
  /** Told of every transaction that was undone, before anything else is done. */
  onRollBack(forget: () => void): void;
  /** Runs `work` on one state of the database, whatever another process writes meanwhile. */
  read<T>(work: () => T): T;
  close(): void;
}

// 5 s block the event loop: transactions are short. 32 MB of log before SQLite copies it into the file by itself: a run
// ends with a checkpoint of its own.
const SETTINGS = `
  PRAGMA busy_timeout = 5000;
  PRAGMA foreign_keys = ON;
`;
const WRITER = `
  PRAGMA cache_size = -16000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 8000;
`;

// Who only reads, reads little or everything once.
const READER = 'PRAGMA cache_size = -2000';

export function connect(driver: Driver, mode: 'write' | 'read'): Connection {
  driver.exec(SETTINGS);
  driver.exec(mode === 'write' ? WRITER : READER);
  let forget = () => {};
  const writing = transaction(driver, 'BEGIN IMMEDIATE', () => forget());
  const grouped = groupCommit(writing);
  const write = within(writing);
  return {
    grouped,
    onRollBack: (then) => {
      forget = then;
    },
    exec: (sql) => void driver.exec(sql),
    prepare: (sql) => query(driver, sql),
    write: (work) => {
      grouped.flush();
      return write(work);
    },
    read: within(transaction(driver, 'BEGIN')),
    close: () => {
      try {
        grouped.flush();
      } finally {
        driver.close();
      }
    },
  };
}

function query<R>(driver: Driver, sql: string): Query<R> {
  const statement = driver.prepare(sql);
  const toRow = rowReader<R>(statement);
  return {
    run: (...values) => Number(statement.run(...values).changes),
    get: (...values) => {
      const row = statement.get(...values);
      return row === undefined ? undefined : toRow(row);
    },
    all: (...values) => statement.all(...values).map(toRow),
  };
}

/** Asked for as lists where that can be: an object that the binding makes takes a quarter longer than one that is made here. */
function rowReader<R>(statement: Statement): (row: unknown) => R {
  if (statement.reader !== true || statement.raw === undefined) return (row) => row as R;
  statement.raw(true);
  const names = (statement.columns?.() ?? []).map(({ name }) => name);
  return (row) => {
    const values = row as readonly unknown[];
    const made: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i++) made[names[i]!] = values[i];
    return made as R;
  };
}

/** One that reads first and writes later would fail at once when another process has written: whoever writes begins IMMEDIATE. */
function transaction(driver: Driver, begin: 'BEGIN' | 'BEGIN IMMEDIATE', undone = () => {}): Transaction {
  return {
    begin: () => void driver.exec(begin),
    commit: () => void driver.exec('COMMIT'),
    rollBack: () => {
      rollBack(driver);
      undone();
    },
  };
}

function within({ begin, commit, rollBack }: Transaction): <T>(work: () => T) => T {
  return (work) => {
    begin();
    try {
      const result = work();
      commit();
      return result;
    } catch (error) {
      rollBack();
      throw error;
    }
  };
}

/** SQLite may have rolled back by itself (a full disk): then there is nothing to undo, and only that is ignored. */
function rollBack(driver: Driver): void {
  try {
    driver.exec('ROLLBACK');
  } catch {}
}
