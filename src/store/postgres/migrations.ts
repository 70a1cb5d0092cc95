/** Makes and migrates the schema of a store, all steps in one transaction. The publisher does, under its lock; others only look. */
import { StoreError } from '../../model/errors.js';
import { migrations } from '../sql/migrations.js';
import { type PostgresConnection, quotedName } from './connection.js';
import { schemaFor } from './dialect.js';
import type { PostgresPlace } from './place.js';
import { ownSteps } from './schema.js';

/** Rows of `meta` that count the steps which a schema has had. */
const COMMON = 'store.schema';
const OWN = 'store.schema.postgres';

interface Steps {
  readonly common: number;
  readonly own: number;
}

/** Throws STORE_VERSION where a newer newsloom wrote it. */
export async function migrateSchema(db: PostgresConnection, place: PostgresPlace): Promise<void> {
  const had = await stepsOf(db, place);
  if (had !== null && isCurrent(had)) return;
  const name = quotedName(place.schema);
  const begin = (await hasSchema(db, place)) ? [] : [`CREATE SCHEMA ${name}`];
  await inOneTransaction(db, [...begin, ...stepsFrom(had ?? { common: 0, own: 0 })]);
}

/** For readers, which cannot migrate. Where there is no store yet, they get an empty one of their own. */
export async function requireCurrentSchema(db: PostgresConnection, place: PostgresPlace): Promise<void> {
  const had = await stepsOf(db, place);
  if (had === null) {
    await db.exec('SET search_path TO pg_temp');
    return inOneTransaction(db, stepsFrom({ common: 0, own: 0 }));
  }
  if (isCurrent(had)) return;
  const older = 'written by an older newsloom; the next `newsloom build` brings it up to date';
  throw new StoreError('STORE_VERSION', `${place.shown}: ${older}`);
}

function isCurrent({ common, own }: Steps): boolean {
  return common === migrations.length && own === ownSteps.length;
}

function stepsFrom({ common, own }: Steps): string[] {
  const note = (key: string, steps: number) =>
    `INSERT INTO meta VALUES ('${key}', '${steps}') ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
  return [
    ...migrations.slice(common).map(schemaFor),
    ...ownSteps.slice(own),
    note(COMMON, migrations.length),
    note(OWN, ownSteps.length),
  ];
}

async function inOneTransaction(db: PostgresConnection, steps: readonly string[]): Promise<void> {
  await db.exec(['BEGIN', ...steps, 'COMMIT'].join(';\n')).catch(async (error: unknown) => {
    await db.exec('ROLLBACK');
    throw error;
  });
}

async function hasSchema(db: PostgresConnection, { schema }: PostgresPlace): Promise<boolean> {
  return (await db.get('SELECT 1 FROM pg_namespace WHERE nspname = ?', schema)) !== undefined;
}

/** null: there is no store. */
async function stepsOf(db: PostgresConnection, place: PostgresPlace): Promise<Steps | null> {
  const table = `${quotedName(place.schema)}.meta`;
  const { found } = (await db.get<{ found: string | null }>('SELECT to_regclass(?)::text AS found', table))!;
  if (found === null) return null;
  const rows = await db.allIn<{ key: string; value: string }>(`SELECT key, value FROM ${table} WHERE key IN`, [
    COMMON,
    OWN,
  ]);
  const [common, own] = [COMMON, OWN].map((key) => Number(rows.find((row) => row.key === key)?.value ?? NaN));
  const steps = { common: common!, own: own! };
  if (Number.isNaN(steps.common + steps.own))
    throw new StoreError('STORE_FAILED', `${place.shown}: this schema is not newsloom's: name another in store.schema`);
  if (steps.common <= migrations.length && steps.own <= ownSteps.length) return steps;
  const newer = `written by a newer newsloom (schema ${steps.common}.${steps.own}); update newsloom`;
  throw new StoreError('STORE_VERSION', `${place.shown}: ${newer}`, {
    details: { version: steps, known: { common: migrations.length, own: ownSteps.length } },
  });
}
