/** Migrates a file. `PRAGMA user_version` is its schema version, 0 in a new file. */
import { countAppliedMigrations, requireCurrentVersion, schemaVersion } from '../sql/migrations.js';
import { migrations } from '../sql/schema.js';
import type { Connection } from './connection.js';

/** Each migration is a transaction. Throws STORE_VERSION. */
export function migrate(db: Connection, path: string): void {
  for (let steps = countAppliedMigrations(readVersion(db), path); steps < migrations.length; steps++) {
    db.exec(`BEGIN IMMEDIATE; ${migrations[steps]}; PRAGMA user_version = ${schemaVersion(steps + 1)}; COMMIT`);
  }
}

export function requireCurrent(db: Connection, path: string): void {
  requireCurrentVersion(readVersion(db), path);
}

function readVersion(db: Connection): number {
  return db.get<{ user_version: number }>('PRAGMA user_version')!.user_version;
}
