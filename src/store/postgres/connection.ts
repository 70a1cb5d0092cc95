/** A connection to PostgreSQL with its statements and transactions. It does not reconnect, because the publisher's lock is lost with it. */
import type { Client, CustomTypesConfig } from 'pg';
import { StoreError } from '../../model/errors.js';
import { missingPackages } from '../../model/optional-packages.js';
import { WORKER_DATABASE_TIMEOUT_MS } from '../../model/round.js';
import type { Database, Value } from '../sql/database.js';
import { postgresDialect, toPostgresStatement } from './dialect.js';
import { escapeText, unescapeText } from './escape.js';
import { toPostgresError } from './failure.js';
import type { PostgresPlace } from './place.js';

/** Number of pending values from which `drain` waits; some are texts of many kilobytes. */
const MAX_PENDING_VALUES = 5000;
const MAX_PIPELINED_QUERIES = 500;

/** Maximum characters of a prepared statement: longer ones differ by row count, and the server would keep all their plans. */
const MAX_PREPARED_LENGTH = 1500;

/** Milliseconds. */
const CONNECT_TIMEOUT = 10_000;
/** Milliseconds after which the server ends an idle publisher's connection, because its process is suspended. */
const IDLE_TIMEOUT = 300_000;

const OIDS = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, float4: 700, float8: 701 };
const asNumber = new Set<number>([OIDS.int8, OIDS.int2, OIDS.int4, OIDS.float4, OIDS.float8]);

const types = {
  getTypeParser: (oid: number) => {
    if (asNumber.has(oid)) return Number;
    if (oid === OIDS.bool) return (text: string) => text === 't';
    if (oid === OIDS.bytea) return parseHexBytes;
    return unescapeText;
  },
} as CustomTypesConfig;

/** Copies the bytes, because `Buffer.from` uses a shared pool. */
function parseHexBytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.slice(2), 'hex'));
}

interface Answer {
  readonly rows: unknown[];
  readonly rowCount: number | null;
}

type ConnectionMode = 'write' | 'read' | 'answer';

export class PostgresConnection implements Database {
  readonly dialect = postgresDialect;
  readonly rowsAtOnce = 100;
  readonly #client: Client;
  readonly #place: PostgresPlace;
  /** Prepared statements by SQL, which must not contain values. */
  readonly #statements = new Map<string, { readonly name: string; readonly text: string }>();
  #transaction: 'nothing' | 'read' | 'write' = 'nothing';
  #pending: Promise<void>[] = [];
  #pendingValues = 0;
  #failure: unknown = null;
  isLost = false;

  private constructor(client: Client, place: PostgresPlace) {
    this.#client = client;
    this.#place = place;
    client.once('end', () => {
      this.isLost = true;
    });
  }

  /** Rejects with StoreError. `write`: for the publisher; `answer`: for a fetch worker. */
  static async open(place: PostgresPlace, mode: ConnectionMode, patience = IDLE_TIMEOUT): Promise<PostgresConnection> {
    const { Client } = await loadPostgresDriver();
    try {
      const client = new Client({
        connectionString: place.url,
        fallback_application_name: 'newsloom',
        connectionTimeoutMillis: CONNECT_TIMEOUT,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        pipeline: true,
        ...(mode === 'answer' && { query_timeout: WORKER_DATABASE_TIMEOUT_MS }),
        types,
      });
      // Without a listener, a lost connection would end the process. The next query rejects.
      client.on('error', () => {});
      await client.connect();
      await client.query(buildSessionSettings(place, mode).join('; '));
      if (mode === 'write') await limitIdleTime(client, patience);
      return new PostgresConnection(client, place);
    } catch (error) {
      throw toPostgresError(error, place);
    }
  }

  run(sql: string, ...values: readonly Value[]): void {
    if (this.#transaction === 'nothing') throw new Error(`not in a transaction: ${sql}`);
    const done = this.#query(sql, values).then(
      () => {},
      (error: unknown) => {
        // Only the first failure matters: all later statements of the transaction fail too.
        this.#failure ??= error;
      },
    );
    this.#pending.push(done);
    this.#pendingValues += 1 + values.length;
  }

  async change(sql: string, ...values: readonly Value[]): Promise<number> {
    return (await this.#answer(sql, values)).rowCount ?? 0;
  }

  async get<Row>(sql: string, ...values: readonly Value[]): Promise<Row | undefined> {
    return (await this.#answer(sql, values)).rows[0] as Row | undefined;
  }

  async all<Row>(sql: string, ...values: readonly Value[]): Promise<Row[]> {
    return (await this.#answer(sql, values)).rows as Row[];
  }

  async allBatched<Row>(sql: string, sets: readonly (readonly Value[])[]): Promise<Row[][]> {
    const found: Row[][] = [];
    for (let at = 0; at < sets.length; at += MAX_PIPELINED_QUERIES) {
      const some = sets.slice(at, at + MAX_PIPELINED_QUERIES).map((values) => this.#answer(sql, values));
      for (const { rows } of await settleAll(some)) found.push(rows as Row[]);
    }
    return found;
  }

  async allMatching<Row>(
    sql: string,
    values: readonly (string | number)[],
    ...first: readonly Value[]
  ): Promise<Row[]> {
    if (values.length === 0) return [];
    const all = sql.replace(/\bIN$/, '= ANY(?)');
    return (await this.#answer(all, [...first, values])).rows as Row[];
  }

  async write<T>(work: () => Promise<T>): Promise<T> {
    return this.#runTransaction('write', 'BEGIN', work);
  }

  /** Statements that write are rejected. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    return this.#runTransaction('read', 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work);
  }

  async drain(): Promise<void> {
    if (this.#pendingValues >= MAX_PENDING_VALUES) await this.#settle();
  }

  async lastNumber(table: string): Promise<number> {
    const last = 'SELECT last_value AS n, is_called AS given FROM';
    const { n, given } = (await this.get<{ n: number; given: boolean }>(`${last} ${table}_n_seq`))!;
    return given ? n : n - 1;
  }

  async continueNumbering(table: string, last: number): Promise<void> {
    await this.get('SELECT setval(?, ?, ?)', `${table}_n_seq`, Math.max(1, last), String(last > 0));
  }

  /** A synced commit also syncs earlier ones, but only if the transaction writes. */
  async sync(): Promise<void> {
    await this.write(async () => {
      this.run('SET LOCAL synchronous_commit = on');
      const noted = `INSERT INTO meta VALUES ('store.synced', '1') ON CONFLICT (key) DO UPDATE SET value = CASE meta.value WHEN '1' THEN '2' ELSE '1' END`;
      this.run(noted);
    });
  }

  /** Left to autovacuum. */
  async eraseDeleted(): Promise<void> {}

  /** PostgreSQL detects damage when it reads. */
  async requireIntact(): Promise<void> {}

  async exec(sql: string): Promise<void> {
    await this.#client.query(sql).catch((error: unknown) => {
      throw toPostgresError(error, this.#place);
    });
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }

  /** Rejects with an earlier failure of `run`, if any. */
  async #answer(sql: string, values: readonly unknown[]): Promise<Answer> {
    const mine = this.#query(sql, values);
    const [answer] = await Promise.allSettled([mine, ...this.#takePending()]);
    this.#throwFailure();
    if (answer.status === 'rejected') throw toPostgresError(answer.reason, this.#place);
    return answer.value;
  }

  #query(sql: string, values: readonly unknown[]): Promise<Answer> {
    return this.#client.query({ ...this.#statement(sql), values: values.map(escapeValue) });
  }

  #statement(sql: string): { readonly name?: string; readonly text: string } {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (sql.length > MAX_PREPARED_LENGTH) return { text: toPostgresStatement(sql) };
    const statement = { name: `s${this.#statements.size}`, text: toPostgresStatement(sql) };
    this.#statements.set(sql, statement);
    return statement;
  }

  async #settle(): Promise<void> {
    await Promise.all(this.#takePending());
    this.#throwFailure();
  }

  #takePending(): Promise<void>[] {
    const all = this.#pending;
    this.#pending = [];
    this.#pendingValues = 0;
    return all;
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw toPostgresError(this.#failure, this.#place);
  }

  /** Pipelines BEGIN with the first statement and COMMIT with the last. COMMIT rolls back after a failure. */
  async #runTransaction<T>(what: 'read' | 'write', begin: string, work: () => Promise<T>): Promise<T> {
    if (this.#transaction === 'read') throw new StoreError('STORE_FAILED', `${this.#place.shown}: opened read-only`);
    this.#transaction = what;
    this.run(begin);
    try {
      const result = await work();
      this.run('COMMIT');
      await this.#settle();
      return result;
    } catch (error) {
      await this.#rollBack();
      throw error;
    } finally {
      this.#transaction = 'nothing';
      this.#failure = null;
    }
  }

  /** The server has already rolled back a lost connection. */
  async #rollBack(): Promise<void> {
    await this.#settle().catch(() => {});
    await this.#client.query('ROLLBACK').catch(() => {});
  }
}

/** Keepalives do not detect a suspended process, because its kernel answers them. */
async function limitIdleTime(client: Client, patience: number): Promise<void> {
  await client.query(
    `SELECT set_config(name, '${patience}', false) FROM pg_settings WHERE name IN ('idle_session_timeout', 'idle_in_transaction_session_timeout')`,
  );
  const speaking = setInterval(() => client.query('SELECT 1').catch(() => {}), patience / 5).unref();
  client.once('end', () => clearInterval(speaking));
}

function buildSessionSettings({ schema }: PostgresPlace, mode: ConnectionMode): string[] {
  return [
    `SET search_path TO ${quoteName(schema)}`,
    // Regular queries have indexes. A statement prepared while a table is empty must use them too.
    'SET enable_seqscan = off',
    'SET plan_cache_mode = force_generic_plan',
    'SET jit = off',
    // Ends a broken connection, and with it the lock, on the server.
    'SET tcp_keepalives_idle = 10',
    'SET tcp_keepalives_interval = 5',
    'SET tcp_keepalives_count = 3',
    // As in SQLite, `sync` runs before an edition. A worker's answers are synced at once: it reports its bundle as done, so that an answer
    // lost in a restart of the database would not be requested again.
    ...(mode === 'write' ? ['SET synchronous_commit = off'] : []),
  ];
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function escapeValue(value: unknown): unknown {
  if (typeof value === 'string') return escapeText(value);
  return Array.isArray(value) ? value.map(escapeValue) : value;
}

/** Waits for all, so that none is left pending; rejects with the first failure. */
async function settleAll<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Rejects with STORE_DRIVER if the driver is not installed. */
export async function loadPostgresDriver(): Promise<{ readonly Client: typeof Client }> {
  try {
    return (await import('pg')).default;
  } catch (cause) {
    throw new StoreError('STORE_DRIVER', missingPackages('store.kind: postgres', 'pg', 'pg-boss'), { cause });
  }
}
