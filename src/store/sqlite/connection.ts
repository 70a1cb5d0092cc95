/** An open database file with its settings, prepared statements and transactions. */
import type { Value } from '../sql/database.js';
import type { FileChecksum } from './checksum.js';
import type { Driver, Statement } from './driver.js';
import { damageError } from './failure.js';

const SETTINGS = `
  -- waiting blocks the event loop, but transactions are short
  PRAGMA busy_timeout = 5000;
  PRAGMA foreign_keys = ON;
`;
const WRITER = `
  PRAGMA cache_size = -16000;
  PRAGMA temp_store = MEMORY;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  -- automatic checkpoints only above 32 MB of log: every run ends with a checkpoint
  PRAGMA wal_autocheckpoint = 8000;
`;

// Readers read little, or everything once.
const READER = 'PRAGMA cache_size = -2000';

export class Connection {
  readonly #driver: Driver;
  /** Prepared statements by SQL, which must not contain values. */
  readonly #statements = new Map<string, Statement>();

  readonly #checksum: FileChecksum | null;

  constructor(driver: Driver, mode: 'write' | 'read', checksum: FileChecksum | null = null) {
    this.#driver = driver;
    this.#checksum = checksum;
    driver.exec(SETTINGS);
    driver.exec(mode === 'write' ? WRITER : READER);
  }

  exec(sql: string): void {
    this.#driver.exec(sql);
  }

  run(sql: string, ...values: Value[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  /** Runs `work` in a write transaction, and rolls back if it rejects. No other code may use the connection meanwhile. */
  write<T>(work: () => Promise<T>): Promise<T> {
    // IMMEDIATE: a transaction that starts with a read would fail if another process writes before it does.
    return this.#runTransaction('BEGIN IMMEDIATE', work);
  }

  read<T>(work: () => Promise<T>): Promise<T> {
    return this.#runTransaction('BEGIN', work);
  }

  /** Throws STORE_CORRUPT if SQLite finds damage. Reads the whole file but cannot detect a changed text. */
  requireIntact(path: string): void {
    const finding = this.get<{ quick_check: string }>('PRAGMA quick_check(1)')!.quick_check;
    if (finding !== 'ok') throw damageError(path, finding);
  }

  sync(): void {
    if (!this.checkpoint()) this.#writeSynced();
  }

  /** Copies the log into the file and syncs it; false: a reader of older data prevents this. */
  checkpoint(): boolean {
    const copyLog = () => this.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')!.busy === 0;
    return this.#checksum === null ? copyLog() : this.#checksum.trackCopy(copyLog);
  }

  close(): void {
    this.#driver.close();
  }

  #statement(sql: string): Statement {
    const statement = this.#statements.get(sql) ?? this.#driver.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  async #runTransaction<T>(begin: string, work: () => Promise<T>): Promise<T> {
    this.#driver.exec(begin);
    try {
      const result = await work();
      this.#driver.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** Writes something, because an empty commit is not synced. */
  #writeSynced(): void {
    const note = `INSERT INTO meta VALUES ('store.synced', 'odd')
      ON CONFLICT (key) DO UPDATE SET value = CASE value WHEN 'odd' THEN 'even' ELSE 'odd' END`;
    this.#driver.exec('PRAGMA synchronous = FULL');
    try {
      this.run(note);
    } finally {
      this.#driver.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /** Ignores a failure: SQLite may have rolled back already, for example on a full disk. */
  #rollBack(): void {
    try {
      this.#driver.exec('ROLLBACK');
    } catch {}
  }
}
