/** Migrates the schema step by step. Each step is an entry in a list, which must not change once it is released. */
import { StoreError } from '../../model/errors.js';
import { enrichmentSchema } from './articles/enrichment.js';
import type { Connection } from './connection.js';
import {
  editsSchema,
  firstSchema,
  outboxSchema,
  picturesSchema,
  storyAliasesSchema,
  vectorsOfMembers,
} from './schema.js';

/** `PRAGMA user_version` is `UNRELEASED` plus the number of steps that a file has had; 0 in a new file. */
export const migrations: readonly string[] = [
  firstSchema,
  vectorsOfMembers,
  editsSchema,
  storyAliasesSchema,
  picturesSchema,
  outboxSchema,
  enrichmentSchema,
];

/** Number of schema versions before the first release: such a file is restored, not migrated. */
export const UNRELEASED = 4;

/** Migrates a file, each step in a transaction. Throws STORE_VERSION where a newer newsloom wrote it. */
export function migrate(db: Connection, path: string): void {
  for (let version = readVersion(db, path); version < migrations.length; version++) {
    const step = migrations[version]!;
    db.write(() => db.exec(`${step}; PRAGMA user_version = ${UNRELEASED + version + 1}`));
  }
}

/** For readers, which cannot migrate: the schema must be current. */
export function requireCurrent(db: Connection, path: string): void {
  if (readVersion(db, path) === migrations.length) return;
  throw new StoreError(
    'STORE_VERSION',
    `${path}: written by an older newsloom; the next \`newsloom build\` brings it up to date`,
  );
}

/** The number of migrations that a file has had. */
function readVersion(db: Connection, path: string): number {
  const version = db.get<{ user_version: number }>('PRAGMA user_version')!.user_version;
  const details = { path, version, known: UNRELEASED + migrations.length };
  if (version === 0) return 0;
  if (version <= UNRELEASED) {
    const advice = 'put the file aside, and the next `newsloom build` restores it from what is published';
    throw new StoreError('STORE_VERSION', `${path}: written before the first release: ${advice}`, { details });
  }
  if (version <= details.known) return version - UNRELEASED;
  throw new StoreError('STORE_VERSION', `${path}: written by a newer newsloom (schema ${version}); update newsloom`, {
    details,
  });
}
