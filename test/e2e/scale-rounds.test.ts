/**
 * Small versions of rows of `npm run scale`: one publisher and several fetch workers as real processes, compared with
 * one process on SQLite.
 */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { row2, row3, row4, row5, row8, row12, row14 } from '../../scripts/scale/rounds.mjs';
import { findPostgres, openWorld } from '../../scripts/scale/world.mjs';
import { compiled } from '../support/compiled.js';
import { thorough } from '../support/thorough.js';

const SLOW = { timeout: 600_000 };

describe.skipIf(findPostgres() === null)('one publisher and fetch workers, on PostgreSQL', () => {
  const moduleAt = compiled();
  let world: Awaited<ReturnType<typeof openWorld>>;
  beforeAll(async () => {
    world = await openWorld({ main: fileURLToPath(moduleAt('main')) });
  });
  afterAll(() => world?.close());

  thorough('publish the same as one process, for any number of workers', SLOW, async () => {
    const counts = [1, 2, 3];
    await expect(row2(world, { feeds: 24, items: 5, counts })).resolves.toContain('0 files differ');
  });

  thorough('keep the pacing of each host', SLOW, async () => {
    await expect(row3(world, { feeds: 24, hosts: 4 })).resolves.toContain('0 asked twice');
  });

  thorough('send nothing to a host in a Retry-After period', SLOW, async () => {
    await expect(row4(world, { feeds: 15, hosts: 3, seconds: 12 })).resolves.toMatch(/: [01] more requests/);
  });

  thorough('finish the jobs of a killed worker', SLOW, async () => {
    await expect(row5(world, { feeds: 80, lease: 5, concurrency: 3 })).resolves.toContain('0 files differ');
  });

  thorough('send nothing after the lease, even if the process was stopped', SLOW, async () => {
    await expect(row8(world, { feeds: 30, lease: 5 })).resolves.toContain('0 requests after SIGCONT');
  });

  thorough('take few jobs for many sources', SLOW, async () => {
    await expect(row12(world, { feeds: 500 })).resolves.toMatch(/ (8|9) jobs$/);
  });

  thorough('understand the previous release, and skip messages of the next one', SLOW, async () => {
    await expect(row14(world, { feeds: 24 })).resolves.toContain('round complete');
  });
});
