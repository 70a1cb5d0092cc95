/** One connection to PostgreSQL, with its statements and transactions. Once it is lost it stays lost: with it went the publisher's lock. */
import type { Client, CustomTypesConfig } from 'pg';
import { StoreError } from '../../model/errors.js';
import { missingPackages } from '../../model/optional-packages.js';
import { WORKER_PATIENCE } from '../../model/round.js';
import type { Database, Value } from '../sql/database.js';
import { postgresDialect, statementFor } from './dialect.js';
import { escapeText, unescapeText } from './escape.js';
import { postgresFailure } from './failure.js';
import type { PostgresPlace } from './place.js';

/** Values that are under way, after which `drain` waits: some are texts of many kilobytes. */
const MOST_UNDER_WAY = 5000;
/** Questions that are asked before the first is answered. */
const ASKED_AT_ONCE = 500;

/** Of many rows there is a statement for each number of rows: the server would keep the plans of all. In characters. */
const LONGEST_PREPARED = 1500;

/** Milliseconds. */
const CONNECT_TIMEOUT = 10_000;
/** Milliseconds after which the server ends the connection of a publisher that says nothing: its process stands still. No work of ours keeps one from speaking for so long. */
const PATIENCE = 300_000;

const OIDS = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, float4: 700, float8: 701 };
const asNumber = new Set<number>([OIDS.int8, OIDS.int2, OIDS.int4, OIDS.float4, OIDS.float8]);

/** Of this connection alone. Our numbers are below 2⁵³. */
const types = {
  getTypeParser: (oid: number) => {
    if (asNumber.has(oid)) return Number;
    if (oid === OIDS.bool) return (text: string) => text === 't';
    if (oid === OIDS.bytea) return bytesOfHex;
    return unescapeText;
  },
} as CustomTypesConfig;

/** In memory of their own: `Buffer.from` shares one piece among many. */
function bytesOfHex(hex: string): Uint8Array {
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
  #during: 'nothing' | 'read' | 'write' = 'nothing';
  /** What `run` was given and has no answer yet. */
  #underWay: Promise<void>[] = [];
  #valuesUnderWay = 0;
  #failure: unknown = null;
  isLost = false;

  private constructor(client: Client, place: PostgresPlace) {
    this.#client = client;
    this.#place = place;
    client.once('end', () => {
      this.isLost = true;
    });
  }

  /** Rejects with StoreError. `write`: the connection of the publisher; `answer`: of a fetch worker. */
  static async open(place: PostgresPlace, mode: ConnectionMode, patience = PATIENCE): Promise<PostgresConnection> {
    const { Client } = await loadPostgresDriver();
    try {
      const client = new Client({
        connectionString: place.url,
        fallback_application_name: 'newsloom',
        connectionTimeoutMillis: CONNECT_TIMEOUT,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        pipeline: true,
        ...(mode === 'answer' && { query_timeout: WORKER_PATIENCE }),
        types,
      });
      // Without a listener a lost connection would end the process; whoever asks next is told of it.
      client.on('error', () => {});
      await client.connect();
      await client.query(settingsOf(place, mode).join('; '));
      if (mode === 'write') await endWhenSilent(client, patience);
      return new PostgresConnection(client, place);
    } catch (error) {
      throw postgresFailure(error, place);
    }
  }

  run(sql: string, ...values: readonly Value[]): void {
    if (this.#during === 'nothing') throw new Error(`not in a transaction: ${sql}`);
    const done = this.#query(sql, values).then(
      () => {},
      (error: unknown) => {
        // The first counts: in a transaction that failed, all that follows fails.
        this.#failure ??= error;
      },
    );
    this.#underWay.push(done);
    this.#valuesUnderWay += 1 + values.length;
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

  async allOfEach<Row>(sql: string, sets: readonly (readonly Value[])[]): Promise<Row[][]> {
    const found: Row[][] = [];
    for (let at = 0; at < sets.length; at += ASKED_AT_ONCE) {
      const some = sets.slice(at, at + ASKED_AT_ONCE).map((values) => this.#answer(sql, values));
      for (const { rows } of await allOf(some)) found.push(rows as Row[]);
    }
    return found;
  }

  async allIn<Row>(sql: string, values: readonly (string | number)[], ...first: readonly Value[]): Promise<Row[]> {
    if (values.length === 0) return [];
    const all = sql.replace(/\bIN$/, '= ANY(?)');
    return (await this.#answer(all, [...first, values])).rows as Row[];
  }

  async write<T>(work: () => Promise<T>): Promise<T> {
    return this.#within('write', 'BEGIN', work);
  }

  /** Whatever writes fails. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    return this.#within('read', 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work);
  }

  async drain(): Promise<void> {
    if (this.#valuesUnderWay >= MOST_UNDER_WAY) await this.#settle();
  }

  async lastNumber(table: string): Promise<number> {
    const last = 'SELECT last_value AS n, is_called AS given FROM';
    const { n, given } = (await this.get<{ n: number; given: boolean }>(`${last} ${table}_n_seq`))!;
    return given ? n : n - 1;
  }

  async numberFrom(table: string, last: number): Promise<void> {
    await this.get('SELECT setval(?, ?, ?)', `${table}_n_seq`, Math.max(1, last), String(last > 0));
  }

  /** A synced commit waits for all that came before it; a transaction that writes nothing would wait for nothing. */
  async sync(): Promise<void> {
    await this.write(async () => {
      this.run('SET LOCAL synchronous_commit = on');
      const noted = `INSERT INTO meta VALUES ('store.synced', '1') ON CONFLICT (key) DO UPDATE SET value = CASE meta.value WHEN '1' THEN '2' ELSE '1' END`;
      this.run(noted);
    });
  }

  /** Its server does that itself (autovacuum). */
  async eraseDeleted(): Promise<void> {}

  /** PostgreSQL finds damage as it reads. */
  async requireIntact(): Promise<void> {}

  /** Several statements, without values. */
  async exec(sql: string): Promise<void> {
    await this.#client.query(sql).catch((error: unknown) => {
      throw postgresFailure(error, this.#place);
    });
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }

  /** What failed before is why this fails. */
  async #answer(sql: string, values: readonly unknown[]): Promise<Answer> {
    const mine = this.#query(sql, values);
    const [answer] = await Promise.allSettled([mine, ...this.#takeUnderWay()]);
    this.#throwFailure();
    if (answer.status === 'rejected') throw postgresFailure(answer.reason, this.#place);
    return answer.value;
  }

  #query(sql: string, values: readonly unknown[]): Promise<Answer> {
    return this.#client.query({ ...this.#statement(sql), values: values.map(escaped) });
  }

  #statement(sql: string): { readonly name?: string; readonly text: string } {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (sql.length > LONGEST_PREPARED) return { text: statementFor(sql) };
    const statement = { name: `s${this.#statements.size}`, text: statementFor(sql) };
    this.#statements.set(sql, statement);
    return statement;
  }

  async #settle(): Promise<void> {
    await Promise.all(this.#takeUnderWay());
    this.#throwFailure();
  }

  #takeUnderWay(): Promise<void>[] {
    const all = this.#underWay;
    this.#underWay = [];
    this.#valuesUnderWay = 0;
    return all;
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw postgresFailure(this.#failure, this.#place);
  }

  /** The first statement travels with `begin`, the last with COMMIT, which rolls back where one failed. */
  async #within<T>(what: 'read' | 'write', begin: string, work: () => Promise<T>): Promise<T> {
    if (this.#during === 'read') throw new StoreError('STORE_FAILED', `${this.#place.shown}: opened to be read only`);
    this.#during = what;
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
      this.#during = 'nothing';
      this.#failure = null;
    }
  }

  /** A lost connection cannot roll back: the database has done it. */
  async #rollBack(): Promise<void> {
    await this.#settle().catch(() => {});
    await this.#client.query('ROLLBACK').catch(() => {});
  }
}

/** A process that stands still has its kernel answer for it, so keepalives do not find it. */
async function endWhenSilent(client: Client, patience: number): Promise<void> {
  await client.query(
    `SELECT set_config(name, '${patience}', false) FROM pg_settings WHERE name IN ('idle_session_timeout', 'idle_in_transaction_session_timeout')`,
  );
  const speaking = setInterval(() => client.query('SELECT 1').catch(() => {}), patience / 5).unref();
  client.once('end', () => clearInterval(speaking));
}

function settingsOf({ schema }: PostgresPlace, mode: ConnectionMode): string[] {
  return [
    `SET search_path TO ${quotedName(schema)}`,
    // Every query that runs regularly has an index; what is prepared while a table is empty must use it too, when the table is not.
    'SET enable_seqscan = off',
    'SET plan_cache_mode = force_generic_plan',
    'SET jit = off',
    // A connection that was cut ends there too, and with it the lock.
    'SET tcp_keepalives_idle = 10',
    'SET tcp_keepalives_interval = 5',
    'SET tcp_keepalives_count = 3',
    // As with SQLite: what lies before an edition is synced with it (`sync`). A worker's answers are synced at once: it reports its
    // bundle as done, and an answer that a restart of the database took back would never be asked for again.
    ...(mode === 'write' ? ['SET synchronous_commit = off'] : []),
  ];
}

export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function escaped(value: unknown): unknown {
  if (typeof value === 'string') return escapeText(value);
  return Array.isArray(value) ? value.map(escaped) : value;
}

/** All are waited for, so that no answer is left over; rejects with the first failure. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Rejects with STORE_DRIVER where it is not installed. */
export async function loadPostgresDriver(): Promise<{ readonly Client: typeof Client }> {
  try {
    return (await import('pg')).default;
  } catch (cause) {
    throw new StoreError('STORE_DRIVER', missingPackages('store.kind: postgres', 'pg', 'pg-boss'), { cause });
  }
}
