/** The store's schema, step by step: a new step is a new line, and a step once released never changes. */
import { StoreError } from '../../model/errors.js';
import type { Connection } from './connection.js';
import { firstSchema } from './schema.js';

/** `PRAGMA user_version` counts how many of these a file has had. */
export const migrations: readonly string[] = [firstSchema];

/** Brings a file up to date, each step whole or not at all. Fails with STORE_VERSION where a newer newsloom wrote it. */
export function migrate(db: Connection, path: string): void {
  for (let version = readVersion(db, path); version < migrations.length; version++) {
    const step = migrations[version]!;
    db.write(() => db.exec(`${step}; PRAGMA user_version = ${version + 1}`));
  }
}

/** For one who only reads: the file must be exactly as this program writes it. */
export function requireCurrent(db: Connection, path: string): void {
  if (readVersion(db, path) === migrations.length) return;
  throw new StoreError(
    'STORE_VERSION',
    `${path}: written by an older newsloom; the next \`newsloom build\` brings it up to date`,
  );
}

function readVersion(db: Connection, path: string): number {
  const version = db.get<{ user_version: number }>('PRAGMA user_version')!.user_version;
  if (version <= migrations.length) return version;
  const details = { path, version, known: migrations.length };
  throw new StoreError('STORE_VERSION', `${path}: written by a newer newsloom (schema ${version}); update newsloom`, {
    details,
  });
}
