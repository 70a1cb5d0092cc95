/** The store in a schema of a PostgreSQL database. */
import { StoreError } from '../../model/errors.js';
import type { StoreSettings } from '../../model/settings.js';
import type { StoreMode } from '../../ports/store/store.js';
import { createSqlStore, type OpenDatabase, type SqlBackend } from '../sql/store.js';
import { PostgresConnection, quoteName } from './connection.js';
import { toPostgresError } from './failure.js';
import { takePublisherLock } from './lock.js';
import { migrateSchema, requireCurrentSchema } from './migrations.js';
import { type PostgresPlace, parsePostgresPlace } from './place.js';
import { createSharedRounds } from './rounds/inbox.js';

/** Connections that hold a lock, for opening the store: only the locking connection may write. */
const held = new Map<string, PostgresConnection>();

export const postgres: SqlBackend = {
  async lock(settings) {
    const place = parsePostgresPlace(settings);
    const db = await openLocked(place);
    held.set(placeKey(place), db);
    return async () => {
      if (held.get(placeKey(place)) === db) held.delete(placeKey(place));
      await db.close();
    };
  },
  open: async (settings, mode) => createSqlStore(await openDatabase(settings, mode)),
  openDatabase,
  moveAside: async (settings, why) => {
    const place = parsePostgresPlace(settings);
    const db = held.get(placeKey(place));
    if (db === undefined) throw new StoreError('STORE_LOCKED', `${place.shown}: lock the store first`);
    return rename(db, place, why);
  },
};

async function openDatabase(settings: StoreSettings, mode: StoreMode): Promise<OpenDatabase> {
  const place = parsePostgresPlace(settings);
  const locked = mode === 'locked' ? held.get(placeKey(place)) : undefined;
  const db = locked ?? (mode === 'read' ? await PostgresConnection.open(place, 'read') : await openLocked(place));
  const close = async () => {
    if (locked === undefined) await db.close();
  };
  try {
    if (mode === 'read') await requireCurrentSchema(db, place);
    else await migrateSchema(db, place);
  } catch (error) {
    await close();
    throw error;
  }
  const failure = (error: unknown) => toPostgresError(error, place);
  if (mode === 'read') return { db, mode, failure, close };
  return { db, mode: 'write', failure, close, isInPlace: () => !db.isLost, rounds: createSharedRounds(db) };
}

function placeKey({ url, schema }: PostgresPlace): string {
  return `${url} ${schema}`;
}

async function openLocked(place: PostgresPlace): Promise<PostgresConnection> {
  const db = await PostgresConnection.open(place, 'write');
  try {
    await takePublisherLock(db, place);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** `newsloom` → `newsloom_damaged_1` */
async function rename(db: PostgresConnection, { schema }: PostgresPlace, why: string): Promise<string> {
  const taken = await db.all<{ name: string }>(
    'SELECT nspname AS name FROM pg_namespace WHERE starts_with(nspname, ?)',
    schema,
  );
  const names = new Set(taken.map(({ name }) => name));
  let n = 1;
  while (names.has(`${schema}_${why}_${n}`)) n++;
  const aside = `${schema}_${why}_${n}`;
  await db.exec(`ALTER SCHEMA ${quoteName(schema)} RENAME TO ${quoteName(aside)}`);
  return `schema ${aside}`;
}
