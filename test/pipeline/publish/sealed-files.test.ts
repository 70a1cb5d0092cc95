import { describe, expect, it } from 'vitest';
import type { OutputFile } from '../../../src/model/edition.js';
import type { EditionPart } from '../../../src/pipeline/publish/edition-parts.js';
import { Newsroom, range } from '../../support/newsroom.js';

const PAGES = 2_500;
const page = (n: number) => `articles/${String(n).padStart(5, '0')}.html`;

/** A site with many pages, whose folder is checked in parts. */
async function openLargeSite(text: (n: number) => string = (n) => `page ${n}`) {
  const room = new Newsroom();
  const pages = (): EditionPart => ({
    fingerprint: text(0),
    owns: (path) => path.startsWith('articles/'),
    archived: () => 0,
    files: async function* () {
      for (let n = 0; n < PAGES; n++) yield { path: page(n), inputs: text(n), make: async () => text(n) };
    },
  });
  const asked: string[] = [];
  const { sizes } = room.sink;
  room.sink.sizes = async (paths) => {
    asked.push(...paths);
    return sizes.call(room.sink, paths);
  };
  const publish = async (health: readonly OutputFile[] = []) => {
    asked.length = 0;
    return await room.publish({ parts: [pages()], health });
  };
  await room.take(range(1, 215));
  await publish();
  return { room, asked, publish };
}

describe('the files of a large site', () => {
  it('are checked in parts, and counted', async () => {
    const { room, asked, publish } = await openLargeSite();
    for (let run = 0; run < 3; run++) {
      const { files } = await publish();
      expect(files).toEqual({ written: 0, unchanged: room.sink.files.size, removed: 0, bytes: 0 });
      expect(asked.length).toBeLessThan(250);
    }
  });

  it('are written again in the next run if they are missing', async () => {
    const { room, asked, publish } = await openLargeSite();
    await publish();
    const lost = [page(7), page(2_400), 'archive/all/2.rss'];
    const before = new Map(room.sink.files);
    for (const path of lost) room.sink.files.delete(path);
    expect([...(await publish()).written].sort()).toEqual([...lost].sort());
    expect(new Map([...room.sink.files].sort())).toEqual(new Map([...before].sort()));
    await publish();
    expect(asked.length).toBeLessThan(250);
  });

  it('are written again within 23 runs if they were changed in place', async () => {
    const { room, publish } = await openLargeSite();
    room.sink.files.set(page(2_400), new Uint8Array(3));
    const written: string[] = [];
    for (let run = 0; run < 23; run++) written.push(...(await publish()).written);
    expect(written).toEqual([page(2_400)]);
  });

  it('are written in the same run as news that changes them', async () => {
    let title = 'page';
    const { room, asked, publish } = await openLargeSite((n) => (n === 0 || n === 900 ? title : `page ${n}`));
    title = 'removed';
    await room.take([216]);
    const { written, files } = await publish();
    expect(written).toContain(page(900));
    expect(files.unchanged + files.written).toBe(room.sink.files.size);
    await publish();
    expect(asked.length).toBeLessThan(250);
  });

  it('are counted when only health files change', async () => {
    const { room, publish } = await openLargeSite();
    await publish([{ path: 'status.json', bytes: '{}' }]);
    const { written, files } = await publish([{ path: 'status.json', bytes: '{"a":1}' }]);
    expect(written).toEqual(['status.json']);
    expect(files).toMatchObject({ written: 1, unchanged: room.sink.files.size - 1, removed: 0 });
    expect((await publish([{ path: 'status.json', bytes: '{"a":1}' }])).files.unchanged).toBe(room.sink.files.size);
  });
});
