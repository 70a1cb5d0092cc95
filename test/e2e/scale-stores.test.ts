/** Small versions of rows of `npm run scale`: the compiled program on PostgreSQL, compared with SQLite. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { row1, row13, row15 } from '../../scripts/scale/stores.mjs';
import { findPostgres, openWorld } from '../../scripts/scale/world.mjs';
import { compiled } from '../support/compiled.js';
import { thorough } from '../support/thorough.js';

const SLOW = { timeout: 600_000 };

describe.skipIf(findPostgres() === null)('one process, on either store', () => {
  const moduleAt = compiled();
  let world: Awaited<ReturnType<typeof openWorld>>;
  beforeAll(async () => {
    world = await openWorld({ main: fileURLToPath(moduleAt('main')) });
  });
  afterAll(() => world?.close());

  thorough('publishes the same bytes at first, with and without news', SLOW, async () => {
    await expect(row1(world, { feeds: 20, items: 5 })).resolves.toContain('0 of');
  });

  thorough('handles characters that PostgreSQL cannot store, or that a locale sorts differently', SLOW, async () => {
    await expect(row13(world)).resolves.toContain('0 files differ');
  });

  thorough('reports in one line why a database is unavailable', SLOW, async () => {
    await expect(row15(world)).resolves.toContain('no password');
  });
});
