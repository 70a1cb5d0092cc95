/** The store in a schema of a PostgreSQL database. */
import { StoreError } from '../../model/errors.js';
import type { StoreSettings } from '../../model/settings.js';
import type { StoreMode } from '../../ports/store/store.js';
import { createSqlStore, type OpenDatabase, type SqlBackend } from '../sql/store.js';
import { PostgresConnection, quotedName } from './connection.js';
import { postgresFailure } from './failure.js';
import { takePublisherLock } from './lock.js';
import { migrateSchema, requireCurrentSchema } from './migrations.js';
import { type PostgresPlace, placeOf } from './place.js';
import { sharedRounds } from './rounds/inbox.js';

/** Connections that hold a lock, for opening the store: only the locking connection may write. */
const held = new Map<string, PostgresConnection>();

export const postgres: SqlBackend = {
  async lock(settings) {
    const place = placeOf(settings);
    const db = await openLocked(place);
    held.set(nameOf(place), db);
    return async () => {
      if (held.get(nameOf(place)) === db) held.delete(nameOf(place));
      await db.close();
    };
  },
  open: async (settings, mode) => createSqlStore(await openDatabase(settings, mode)),
  openDatabase,
  putAside: async (settings, why) => {
    const place = placeOf(settings);
    const db = held.get(nameOf(place));
    if (db === undefined) throw new StoreError('STORE_LOCKED', `${place.shown}: lock the store first`);
    return rename(db, place, why);
  },
};

async function openDatabase(settings: StoreSettings, mode: StoreMode): Promise<OpenDatabase> {
  const place = placeOf(settings);
  const locked = mode === 'locked' ? held.get(nameOf(place)) : undefined;
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
  const failure = (error: unknown) => postgresFailure(error, place);
  if (mode === 'read') return { db, mode, failure, close };
  return { db, mode: 'write', failure, close, isInPlace: () => !db.isLost, rounds: sharedRounds(db) };
}

function nameOf({ url, schema }: PostgresPlace): string {
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
  await db.exec(`ALTER SCHEMA ${quotedName(schema)} RENAME TO ${quotedName(aside)}`);
  return `schema ${aside}`;
}
