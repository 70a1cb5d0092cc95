/** The store in a schema of a PostgreSQL database. */
import type { StoreSettings } from '../../model/settings.js';
import type { Backend, Store, StoreMode } from '../../ports/store/store.js';
import { createSqlStore } from '../sql/store.js';
import { PostgresConnection } from './connection.js';
import { postgresFailure } from './failure.js';
import { takePublisherLock } from './lock.js';
import { migrate, requireCurrent } from './migrations.js';
import { type PostgresPlace, placeOf } from './place.js';
import { sharedRounds } from './rounds/inbox.js';

/** Connections that hold a lock, whose holder may open the store: the lock is good only on the connection that writes. */
const held = new Map<string, PostgresConnection>();

export const postgres: Backend = {
  async lock(settings) {
    const place = placeOf(settings);
    const db = await openLocked(place);
    held.set(nameOf(place), db);
    return async () => {
      held.delete(nameOf(place));
      await db.close();
    };
  },
  async open(settings: StoreSettings, mode: StoreMode): Promise<Store> {
    const place = placeOf(settings);
    if (mode === 'read') return openReader(place);
    const locked = mode === 'locked' ? held.get(nameOf(place)) : undefined;
    return openWriter(place, locked ?? (await openLocked(place)), locked === undefined);
  },
};

function nameOf({ url, schema }: PostgresPlace): string {
  return `${url} ${schema}`;
}

async function openLocked(place: PostgresPlace): Promise<PostgresConnection> {
  const db = await PostgresConnection.open(place, 'write');
  return orClosed(db, async () => {
    await takePublisherLock(db, place);
    return db;
  });
}

async function openWriter(place: PostgresPlace, db: PostgresConnection, isOwn: boolean): Promise<Store> {
  const close = async () => {
    if (isOwn) await db.close();
  };
  return orClosed(isOwn ? db : null, async () => {
    await migrate(db, place);
    const failure = (error: unknown) => postgresFailure(error, place);
    return createSqlStore(db, { mode: 'write', failure, close, rounds: sharedRounds(db) });
  });
}

async function openReader(place: PostgresPlace): Promise<Store> {
  const db = await PostgresConnection.open(place, 'read');
  return orClosed(db, async () => {
    await requireCurrent(db, place);
    const failure = (error: unknown) => postgresFailure(error, place);
    return createSqlStore(db, { mode: 'read', failure, close: () => db.close() });
  });
}

async function orClosed<T>(db: PostgresConnection | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await db?.close();
    throw error;
  }
}
