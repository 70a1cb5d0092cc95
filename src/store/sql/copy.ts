/** Copies all rows of a store into an empty one, also between different databases. */
import { StoreError } from '../../model/errors.js';
import { insertRows } from './bulk.js';
import type { Database, Value } from './database.js';
import { toBytes } from './stories/numbers.js';

/** All tables with the columns that order their rows. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  meta: ['key'],
  counter: ['name'],
  source: ['id'],
  host: ['host'],
  snapshot: ['source'],
  fingerprint: ['n'],
  article: ['ref'],
  article_text: ['ref'],
  page_facts: ['ref'],
  pending: ['ref'],
  alias: ['key'],
  channel: ['n'],
  member: ['channel', 'state', 'ord', 'ref'],
  archive: ['channel', 'spot'],
  dirty: ['channel', 'archive'],
  file: ['path'],
  story: ['ref'],
  story_key: ['term', 'first_at', 'story'],
  story_member: ['article'],
  story_alias: ['slug'],
  term_counts: ['scope'],
  enrichment: ['ref', 'key'],
  object: ['path'],
  picture_copy: ['path'],
  icon: ['source'],
  announce_begin: ['target', 'name'],
  announce_told: ['target', 'about', 'subject'],
  announce_target: ['id'],
  outbox: ['n'],
  subscription: ['token'],
};

const NUMBERED = ['fingerprint', 'channel', 'outbox'];

/** Rows per statement; some are many kilobytes long. */
const AT_ONCE = 100;

type Row = Readonly<Record<string, Value>>;

export interface CopyReport {
  readonly rows: number;
}

/** Copies everything or nothing. `place`: the target in messages. Throws STORE_NOT_EMPTY if the target has rows. */
export async function copyTables(
  from: Database,
  to: Database,
  signal: AbortSignal,
  place = 'the target store',
): Promise<CopyReport> {
  return from.read(() =>
    to.write(async () => {
      await requireEmpty(to, place);
      to.run('DELETE FROM counter');
      let rows = 0;
      for (const table of Object.keys(TABLES)) rows += await copyTable(from, to, table, signal);
      for (const table of NUMBERED) await to.continueNumbering(table, await from.lastNumber(table));
      return { rows };
    }),
  );
}

async function copyTable(from: Database, to: Database, table: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  for (
    let rows = await readFirstRows(from, table);
    rows.length > 0;
    rows = await readNextRows(from, table, rows.at(-1)!)
  ) {
    signal.throwIfAborted();
    const kept = rows.filter((row) => table !== 'meta' || !isDatabaseNote(row));
    count += kept.length;
    if (kept.length === 0) continue;
    const columns = Object.keys(kept[0]!);
    const values = kept.map((row) => columns.map((column) => toPlainValue(row[column]!)));
    await insertRows(to, `${table} (${columns.join(', ')})`, values);
  }
  return count;
}

/** Keys that each database keeps about itself. */
function isDatabaseNote({ key }: Row): boolean {
  return String(key).startsWith('store.');
}

/** SQLite stores an empty Uint8Array without a buffer as NULL. */
function toPlainValue(value: Value): Value {
  return value instanceof Uint8Array && value.length === 0 ? toBytes(new Uint16Array()) : value;
}

function readFirstRows(db: Database, table: string): Promise<Row[]> {
  return db.all(`SELECT * FROM ${table} ORDER BY ${TABLES[table]!.join(', ')} LIMIT ${AT_ONCE}`);
}

function readNextRows(db: Database, table: string, last: Row): Promise<Row[]> {
  const key = TABLES[table]!;
  const after = `(${key.join(', ')}) > (${key.map(() => '?').join(', ')})`;
  const next = `SELECT * FROM ${table} WHERE ${after} ORDER BY ${key.join(', ')} LIMIT ${AT_ONCE}`;
  return db.all(next, ...key.map((column) => last[column]!));
}

async function requireEmpty(db: Database, place: string): Promise<void> {
  for (const table of Object.keys(TABLES)) {
    if (table === 'counter') continue;
    const rows = await readFirstRows(db, table);
    if (rows.some((row) => table !== 'meta' || !isDatabaseNote(row)))
      throw new StoreError('STORE_NOT_EMPTY', `${place} is not empty: its table ${table} has rows`);
  }
}
