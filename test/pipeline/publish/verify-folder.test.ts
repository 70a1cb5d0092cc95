import { dirname } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { saveSealed } from '../../../src/pipeline/publish/sealed-files.js';
import { verifyFolder } from '../../../src/pipeline/publish/verify-folder.js';
import { openMemory } from '../../support/memory-store.js';

/** A store with `count` files of these folders, and a folder on disk with one damaged file. */
async function remembering(count: number, damaged: number | null, folders: readonly string[] = ['archive/all']) {
  const store = openMemory();
  const old = Array.from({ length: count }, (_, i) => {
    return `${folders[i % folders.length]}/${String(i).padStart(5, '0')}.rss`;
  });
  const files = ['all.rss', 'manifest.json', ...old].map((path) => ({ path, size: 7, inputs: null }));
  await store.savePublishedFiles(files, []);
  const asked: string[] = [];
  const times = new Map(old.map((path) => [dirname(path), 1]));
  const isDamaged = (path: string) => damaged !== null && path === old[damaged];
  const sink = {
    sizes: async (paths: readonly string[]) => {
      asked.push(...paths);
      return new Map(paths.map((path) => [path, isDamaged(path) ? 6 : 7]));
    },
    changeTimes: async (paths: readonly string[]) => new Map([...times].filter(([path]) => paths.includes(path))),
    digests: async () => new Map<string, string>(),
  };
  /** One run. Keeps what it found, as publishing does if nothing is broken. */
  const look = async () => {
    asked.length = 0;
    const found = await verifyFolder(store, sink, 'first');
    await saveSealed(store, found.sealed);
    return found;
  };
  return { store, old, asked, times, look };
}

const EVERYWHERE = ['stories', 'archive/all', 'images', 'articles', 'archive/topics/harbour'];

describe('verifyFolder', () => {
  it('checks all of few files in every run', async () => {
    const { old, asked, look } = await remembering(2_000, 1_234);
    for (let run = 0; run < 3; run++) {
      const found = await look();
      expect(asked).toHaveLength(2_002);
      expect([...found.broken]).toEqual([old[1_234]]);
      expect(found).toMatchObject({ files: 2_002, archives: 2_000, sealed: null });
      expect([...found.current.keys()]).toEqual(['all.rss', 'manifest.json']);
    }
  });

  it('checks the heads in every run, and many other files in turn', async () => {
    const { asked, look } = await remembering(4_000, null, EVERYWHERE);
    const first = await look();
    expect(asked).toHaveLength(4_002);
    const second = await look();
    expect(asked.length).toBeLessThan(200);
    expect(asked).toContain('all.rss');
    expect(second).toMatchObject({ files: 4_002, archives: 1_600 });
    expect([second.files, second.archives]).toEqual([first.files, first.archives]);
  });

  it('checks each file once in 23 runs', async () => {
    const { old, asked, look } = await remembering(4_001, null, EVERYWHERE);
    await look();
    for (let cycle = 0; cycle < 2; cycle++) {
      const seen: string[] = [];
      for (let run = 0; run < 23; run++) {
        await look();
        seen.push(...asked.filter((path) => path.includes('/')));
      }
      expect(seen).toEqual([...old].sort());
    }
  });

  it('finds a damaged file within 23 runs', async () => {
    const { old, look } = await remembering(2_345, 2_344);
    const found = new Set<string>();
    for (let run = 0; run < 23; run++) for (const path of (await look()).broken) found.add(path);
    expect([...found]).toEqual([old[2_344]]);
  });

  it.each(['articles', 'archive/all'])('checks all files at once if the folder %s changed', async (folder) => {
    const { asked, times, look } = await remembering(4_000, null, EVERYWHERE);
    await look();
    times.set(folder, 2);
    await look();
    expect(asked).toHaveLength(4_002);
    await look();
    expect(asked.length).toBeLessThan(200);
  });

  it('checks all files at once if a folder is missing', async () => {
    const { asked, times, look } = await remembering(4_000, null, EVERYWHERE);
    await look();
    times.delete('images');
    await look();
    expect(asked).toHaveLength(4_002);
  });

  it('counts and checks the files of an older store', async () => {
    const { store, asked, look } = await remembering(4_000, null, EVERYWHERE);
    await look();
    await store.saveMeta('sealed', null);
    expect(await look()).toMatchObject({ files: 4_002, archives: 1_600 });
    expect(asked).toHaveLength(4_002);
  });
});
