/** Finds out which steps of the schema a store has had. */
import { StoreError } from '../../model/errors.js';
import { migrations } from './schema.js';

/** Number of schema versions before the first release: such a store is restored, not migrated. */
export const UNRELEASED = 15;

/** The version of a store that has had so many steps. */
export function schemaVersion(steps = migrations.length): number {
  return UNRELEASED + steps;
}

/** Number of steps that a store of this version has had; version 0: a new one. Throws STORE_VERSION when no steps lead from it to the current one. */
export function countSteps(version: number, place: string): number {
  if (version === 0) return 0;
  const known = schemaVersion();
  if (version > UNRELEASED && version <= known) return version - UNRELEASED;
  const problem =
    version > known
      ? `written by a newer newsloom (schema ${version}); update newsloom`
      : 'written before the first release: move it away, and the next `newsloom build` restores it from what is published';
  throw new StoreError('STORE_VERSION', `${place}: ${problem}`, { details: { version, known } });
}

/** For readers, which cannot migrate: the schema must be current. */
export function requireAllSteps(version: number, place: string): void {
  if (countSteps(version, place) === migrations.length) return;
  const problem = 'written by an older newsloom; the next `newsloom build` brings it up to date';
  throw new StoreError('STORE_VERSION', `${place}: ${problem}`);
}
