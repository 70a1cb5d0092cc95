/** Determines which schema migrations a store needs. */
import { StoreError } from '../../model/errors.js';
import { migrations } from './schema.js';

/** Number of unreleased schema versions. Such stores are restored, not migrated. */
export const UNRELEASED = 15;

export function schemaVersion(steps = migrations.length): number {
  return UNRELEASED + steps;
}

/** Number of migrations applied to a store; version 0: new. Throws STORE_VERSION if no migration leads to the current version. */
export function countAppliedMigrations(version: number, place: string): number {
  if (version === 0) return 0;
  const known = schemaVersion();
  if (version > UNRELEASED && version <= known) return version - UNRELEASED;
  const problem =
    version > known
      ? `written by a newer newsloom (schema ${version}): update newsloom`
      : 'written before the first release: move it away, then run `newsloom build` to restore it from the published files';
  throw new StoreError('STORE_VERSION', `${place}: ${problem}`, { details: { version, known } });
}

/** Readers cannot migrate: the schema must be current. */
export function requireCurrentVersion(version: number, place: string): void {
  if (countAppliedMigrations(version, place) === migrations.length) return;
  const problem = 'written by an older newsloom: run `newsloom build` to migrate it';
  throw new StoreError('STORE_VERSION', `${place}: ${problem}`);
}
