/** Contract tests for every sink. The argument creates an empty one. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Publishing, Sink, SinkResult } from '../../src/ports/sink.js';

export function sinkContract(name: string, make: () => Sink): void {
  describe(`${name} as a sink`, () => {
    let sink: Sink;
    beforeEach(() => {
      sink = make();
    });
    const text = async (path: string) => {
      const bytes = await sink.read(path);
      return bytes === null ? null : Buffer.from(bytes).toString();
    };
    async function publish(files: Record<string, string>, remove: readonly string[] = []): Promise<SinkResult> {
      return (await staging(files)).commit(remove);
    }
    async function staging(files: Record<string, string>): Promise<Publishing> {
      const edition = await sink.begin();
      await Promise.all(Object.entries(files).map(([path, bytes]) => edition.put({ path, bytes })));
      return edition;
    }

    it('publishes files, in folders too, and counts their bytes', async () => {
      const result = await publish({ 'all.rss': 'é', 'topics/a.rss': 'bc' });
      expect(result).toMatchObject({ written: ['topics/a.rss', 'all.rss'], unchanged: 0, removed: [], bytes: 4 });
      expect(await text('all.rss')).toBe('é');
      expect(await text('topics/a.rss')).toBe('bc');
      expect(await text('topics/b.rss')).toBeNull();
      expect(await sink.sizes(['all.rss', 'topics', 'none'])).toEqual(new Map([['all.rss', 2]]));
    });

    it('writes bytes unchanged', async () => {
      const edition = await sink.begin();
      await edition.put({ path: 'x.bin', bytes: new Uint8Array([0, 255, 10]) });
      await edition.commit([]);
      expect(new Uint8Array((await sink.read('x.bin'))!)).toEqual(new Uint8Array([0, 255, 10]));
    });

    it('lets the caller reuse the buffer after put', async () => {
      const edition = await sink.begin();
      const bytes = new Uint8Array([1, 2, 3]);
      await edition.put({ path: 'x.bin', bytes });
      bytes.fill(0);
      await edition.commit([]);
      expect(new Uint8Array((await sink.read('x.bin'))!)).toEqual(new Uint8Array([1, 2, 3]));
    });

    it('publishes nothing before commit, and nothing after abort', async () => {
      await publish({ 'all.rss': 'old' });
      const edition = await staging({ 'all.rss': 'new', 'b.rss': 'b' });
      expect([await text('all.rss'), await text('b.rss')]).toEqual(['old', null]);
      await edition.abort();
      expect([await text('all.rss'), await text('b.rss')]).toEqual(['old', null]);
    });

    it('compares bytes, not only sizes', async () => {
      await publish({ 'a.rss': 'same', 'b.rss': 'old' });
      const edition = await sink.begin();
      expect(await edition.put({ path: 'a.rss', bytes: 'same' })).toBe('unchanged');
      expect(await edition.put({ path: 'b.rss', bytes: 'new' })).toBe('staged');
      expect(await edition.commit([])).toMatchObject({ written: ['b.rss'], unchanged: 1, removed: [], bytes: 3 });
    });

    it('reports files changed since the end of an edition', async () => {
      const { renamedAt } = await publish({ 'a.rss': 'a', 'b.rss': 'b' });
      const times = await sink.changeTimes(['a.rss', 'b.rss', 'none.rss']);
      expect([...times.keys()].sort()).toEqual(['a.rss', 'b.rss']);
      expect(Math.max(...times.values())).toBe(renamedAt);
      expect((await publish({ 'b.rss': 'b' })).renamedAt).toBeNull();
    });

    it('removes the given files and no others', async () => {
      await publish({ 'a.rss': 'a', 'b.rss': 'b', 'topics/c.rss': 'c' });
      const result = await publish({ 'b.rss': 'B' }, ['a.rss', 'b.rss', 'none.rss', 'topics/c.rss']);
      expect([...result.removed].sort()).toEqual(['a.rss', 'topics/c.rss']);
      expect([await text('a.rss'), await text('b.rss'), await text('topics/c.rss')]).toEqual([null, 'B', null]);
    });

    it('renames archives first, then heads, then all, then lists, the manifest last', async () => {
      const order = ['archive/all/1.rss', 'articles/x.html', 'style.css', 'sources/a.rss', 'topics/a.rss'];
      const last = ['all.atom', 'all.rss', 'stories.json', 'feeds.opml', 'index.html', 'status.json', 'manifest.json'];
      const files = Object.fromEntries([...order, ...last].reverse().map((path) => [path, path]));
      expect((await publish(files)).written).toEqual([...order, ...last]);
    });

    it.each(['../out', '/etc/out', 'a/../../out', 'a//b', '', '.', 'a/./b', 'a\\..\\b', 'C:/x', 'a\0b'])(
      'refuses the path %j',
      async (path) => {
        const edition = await sink.begin();
        await expect(edition.put({ path, bytes: 'x' })).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
        await expect(edition.commit([path])).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
        await expect(sink.read(path)).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
        await edition.abort();
      },
    );
  });
}
