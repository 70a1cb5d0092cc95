/**
 * Small versions of rows of `npm run scale`: publishers that are killed, stopped or lose the database, as real
 * processes.
 */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { row6, row7, row9, row10 } from '../../scripts/scale/publishers.mjs';
import { findPostgres, openWorld } from '../../scripts/scale/world.mjs';
import { compiled } from '../support/compiled.js';
import { isThorough, thorough } from '../support/thorough.js';

const SLOW = { timeout: 600_000 };

describe.skipIf(findPostgres() === null)('publishers of one site, on PostgreSQL', () => {
  const moduleAt = compiled();
  let world: Awaited<ReturnType<typeof openWorld>>;
  beforeAll(async () => {
    world = await openWorld({ main: fileURLToPath(moduleAt('main')) });
  });
  afterAll(() => world?.close());

  thorough('continue the round of a killed one, and repeat no request', SLOW, async () => {
    await expect(row6(world, { feeds: isThorough ? 60 : 20 })).resolves.toContain('0 asked twice, 0 files differ');
  });

  thorough('write nothing once another has taken over', SLOW, async () => {
    await expect(row7(world, { feeds: 60 })).resolves.toContain('wrote nothing');
  });

  thorough('survive a restart of the database', SLOW, async () => {
    await expect(row9(world, { feeds: 60 })).resolves.toContain('no process ended, 0 files differ');
  });

  /** 200 kills with ten restarts of the database: `npm run scale -- kills`. */
  thorough('lose nothing and publish nothing twice, whatever is killed', SLOW, async () => {
    await expect(row10(world, { feeds: 15, kills: 6, restarts: 1 })).resolves.toContain('0 files differ');
  });
});
