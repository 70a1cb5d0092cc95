/** Creates and migrates a store's schema in one transaction, under the publisher's lock. Others only check it. */
import { StoreError } from '../../model/errors.js';
import { countAppliedMigrations, requireCurrentVersion, schemaVersion } from '../sql/migrations.js';
import { migrations } from '../sql/schema.js';
import { type PostgresConnection, quoteName } from './connection.js';
import { toPostgresSchema } from './dialect.js';
import type { PostgresPlace } from './place.js';
import { additions } from './schema.js';

const VERSION = 'store.schema';

/** Throws STORE_VERSION. */
export async function migrateSchema(db: PostgresConnection, place: PostgresPlace): Promise<void> {
  const steps = countAppliedMigrations(await readVersion(db, place), place.shown);
  if (steps === migrations.length) return;
  const create = (await hasSchema(db, place)) ? [] : [`CREATE SCHEMA ${quoteName(place.schema)}`];
  await execInTransaction(db, [...create, ...listMigrationSteps(steps)]);
}

/** Readers cannot migrate. Without a store, they use an empty temporary one. */
export async function requireCurrentSchema(db: PostgresConnection, place: PostgresPlace): Promise<void> {
  const version = await readVersion(db, place);
  if (version > 0) return requireCurrentVersion(version, place.shown);
  await db.exec('SET search_path TO pg_temp');
  await execInTransaction(db, listMigrationSteps(0));
}

/** For fetch workers, which a publisher of a later release may precede. Throws STORE_VERSION. */
export async function refuseNewerSchema(db: PostgresConnection, place: PostgresPlace): Promise<void> {
  const version = await readVersion(db, place);
  if (version > schemaVersion()) countAppliedMigrations(version, place.shown);
}

function listMigrationSteps(steps: number): string[] {
  const note = `INSERT INTO meta VALUES ('${VERSION}', '${schemaVersion()}') ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
  const all = migrations.map((step, i) => `${toPostgresSchema(step)};\n${additions[i] ?? ''}`);
  return [...all.slice(steps), note];
}

async function execInTransaction(db: PostgresConnection, steps: readonly string[]): Promise<void> {
  await db.exec(['BEGIN', ...steps, 'COMMIT'].join(';\n')).catch(async (error: unknown) => {
    await db.exec('ROLLBACK');
    throw error;
  });
}

async function hasSchema(db: PostgresConnection, { schema }: PostgresPlace): Promise<boolean> {
  return (await db.get('SELECT 1 FROM pg_namespace WHERE nspname = ?', schema)) !== undefined;
}

/** 0: no store. */
async function readVersion(db: PostgresConnection, place: PostgresPlace): Promise<number> {
  const table = `${quoteName(place.schema)}.meta`;
  const { found } = (await db.get<{ found: string | null }>('SELECT to_regclass(?)::text AS found', table))!;
  if (found === null) return 0;
  const row = await db.get<{ value: string }>(`SELECT value FROM ${table} WHERE key = ?`, VERSION);
  if (row !== undefined) return Number(row.value);
  throw new StoreError(
    'STORE_FAILED',
    `${place.shown}: this schema belongs to another program: choose another name in store.schema`,
  );
}
