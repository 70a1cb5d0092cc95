import { describe, expect, it } from 'vitest';
import { verifyFolder } from '../../../src/pipeline/publish/verify-folder.js';
import { openMemory } from '../../support/memory-store.js';

const QUARTER = 900_000;

/** A store with `count` archive files, and a folder with one damaged file. */
async function remembering(count: number, damaged: number | null) {
  const store = openMemory();
  const archive = Array.from({ length: count }, (_, i) => `archive/all/${String(i).padStart(5, '0')}.rss`);
  const files = ['all.rss', 'manifest.json', ...archive].map((path) => ({ path, size: 7, inputs: null }));
  await store.savePublishedFiles(files, []);
  const asked: string[] = [];
  const sink = {
    sizes: async (paths: readonly string[]) => {
      asked.push(...paths);
      return new Map(paths.map((path) => [path, damaged !== null && path === archive[damaged] ? 6 : 7]));
    },
    changeTimes: async () => new Map<string, number>(),
    digests: async () => new Map<string, string>(),
  };
  return {
    archive,
    asked,
    look: (quarter: number) => verifyFolder(store, sink, { now: new Date(1.79e12 + quarter * QUARTER), boot: 'first' }),
  };
}

describe('verifyFolder', () => {
  it('checks all of a short archive in every run', async () => {
    const { archive, asked, look } = await remembering(2_000, 1_234);
    const found = await look(0);
    expect(asked).toHaveLength(2_002);
    expect([...found.broken]).toEqual([archive[1_234]]);
    expect(found.archives).toBe(2_000);
    expect([...found.current.keys()]).toEqual(['all.rss', 'manifest.json']);
  });

  it('checks the heads of a long archive in every run, and the rest in turn', async () => {
    const { asked, look } = await remembering(4_000, null);
    await look(0);
    expect(asked.length).toBeLessThan(200);
    expect(asked).toContain('all.rss');
  });

  it.each([
    ['15 minutes', 1],
    ['an hour', 4],
    ['a day', 96],
    ['a week', 672],
  ])('finds any damage within 23 runs at an interval of %s', async (_, step) => {
    const { archive, look } = await remembering(2_345, 2_344);
    const found = new Set<string>();
    for (let run = 0; run < 23; run++) for (const path of (await look(run * step)).broken) found.add(path);
    expect([...found]).toEqual([archive[2_344]]);
  });
});
