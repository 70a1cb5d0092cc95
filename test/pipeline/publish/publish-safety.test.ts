import { describe, expect, it } from 'vitest';
import type { OutputFile } from '../../../src/model/edition.js';
import type { EditionPart } from '../../../src/pipeline/publish/edition-parts.js';
import { verifyFolder } from '../../../src/pipeline/publish/verify-folder.js';
import { Newsroom, range } from '../../support/newsroom.js';
import { articleId, at } from '../../support/stored-articles.js';

function snapshot(room: Newsroom): Record<string, string> {
  return Object.fromEntries([...room.sink.files.keys()].sort().map((path) => [path, room.sink.text(path)]));
}

async function editionOf(...takes: number[][]): Promise<Newsroom> {
  const room = new Newsroom();
  for (const numbers of takes) {
    await room.take(numbers);
    await room.publish();
  }
  return room;
}

describe('an interrupted edition', () => {
  it('is repaired by the next run after any rename', async () => {
    const whole = snapshot(await editionOf(range(1, 110), range(111, 215)));
    const renamed = 29; // by the second edition
    for (let renames = 0; renames <= renamed; renames += renames > 25 ? 1 : 4) {
      const room = await editionOf(range(1, 110));
      await room.take(range(111, 215));
      room.sink.dieAfter = renames;
      await expect(room.publish()).rejects.toThrow('killed');
      room.sink.dieAfter = null;
      await room.publish();
      expect(snapshot(room)).toEqual(whole);
      expect((await room.publish()).changed).toBe(false);
    }
  });

  it('leaves no unknown file when settings change', async () => {
    const room = await editionOf(range(1, 20));
    room.set({
      topics: [
        { id: 'world', label: 'World' },
        { id: 'sea', label: 'Sea' },
      ],
    });
    await room.take([21], { topics: [{ topicId: 'sea', score: 1, because: [] }] });
    room.sink.dieAfter = 30;
    await room.publish().catch(() => {});
    room.sink.dieAfter = null;
    room.set({ topics: [{ id: 'world', label: 'World' }] });
    await room.publish();
    expect(Object.keys(snapshot(room)).filter((path) => path.includes('sea'))).toEqual([]);
  });

  it.each([0, 7, 28])('changes no folder and no store when the disk is full after %i files', async (files) => {
    const room = await editionOf(range(1, 110));
    await room.take(range(111, 215));
    const before = [snapshot(room), await room.store.channels(), await room.store.dirty()];
    room.sink.puts = 0;
    room.sink.fullAfter = files;
    await expect(room.publish()).rejects.toMatchObject({ code: 'PUBLISH_FULL' });
    expect([snapshot(room), await room.store.channels(), await room.store.dirty()]).toEqual(before);
    room.sink.fullAfter = null;
    await room.publish();
    expect(snapshot(room)).toEqual(snapshot(await editionOf(range(1, 110), range(111, 215))));
  });

  it('keeps archive places when the edition is refused', async () => {
    const room = await editionOf(range(1, 20));
    const { archived } = (await room.store.channels()).find(({ channel }) => channel === 'all')!;
    await room.take(range(21, 30));
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(room.publish({}, controller.signal)).rejects.toThrow('enough');
    expect((await room.store.channels()).find(({ channel }) => channel === 'all')!.archived).toBe(archived);
  });
});

describe('a damaged file', () => {
  it.each(['all.rss', 'archive/all/1.json', 'feeds.opml', 'manifest.json'])(
    'restores only %s if it is missing',
    async (path) => {
      const room = await editionOf(range(1, 215));
      const before = snapshot(room);
      room.sink.files.delete(path);
      const { written } = await room.publish();
      expect(written).toEqual([path]);
      expect(snapshot(room)).toEqual(before);
    },
  );

  it('is checked once per run', async () => {
    const room = await editionOf(range(1, 3));
    const folder = await verifyFolder(room.store, room.sink, 'first');
    let looks = 0;
    room.sink.sizes = async () => {
      looks += 1;
      return new Map();
    };
    expect(await room.publish({ folder })).toMatchObject({ changed: false });
    expect(looks).toBe(0);
  });

  it('is restored if its size differs', async () => {
    const room = await editionOf(range(1, 215));
    const before = snapshot(room);
    room.sink.files.set('archive/all/2.rss', new Uint8Array(10));
    expect((await room.publish()).written).toEqual(['archive/all/2.rss']);
    expect(snapshot(room)).toEqual(before);
  });
});

describe('the safety checks', () => {
  /** Removes articles from all channels without a recorded reason. */
  async function accident(room: Newsroom, numbers: number[]): Promise<void> {
    const articles = await room.store.articles(numbers);
    await room.store.place(articles.map(({ ref }) => ({ ref, order: String(ref), channels: [] })));
    const { dirty } = room.store;
    room.store.dirty = async () => (await dirty()).map((document) => ({ ...document, takedown: false }));
  }

  it('refuse to empty a feed without a reason, and keep the folder', async () => {
    const room = await editionOf([1, 2, 3]);
    const before = snapshot(room);
    await accident(room, [1, 2, 3]);
    await expect(room.publish()).rejects.toMatchObject({ code: 'PUBLISH_REFUSED' });
    expect(snapshot(room)).toEqual(before);
  });

  it('refuse to drop most of a head, and accept a smaller loss', async () => {
    const [most, some] = [await editionOf(range(1, 5)), await editionOf(range(1, 5))];
    await accident(most, [1, 2, 3, 4]);
    await expect(most.publish()).rejects.toThrow('all would lose 4 of 5 entries');
    await accident(some, [1, 2]);
    await some.publish();
    expect(some.shown('all.json')).toEqual([5, 4, 3]);
  });

  it('refuse a head that is too large for readers', async () => {
    const room = new Newsroom();
    room.set({ site: { description: 'x'.repeat(600_000) } });
    await room.take([1]);
    await expect(room.publish()).rejects.toThrow('too large for feed readers');
  });

  it('can be overridden', async () => {
    const room = await editionOf([1, 2, 3]);
    await accident(room, [1, 2, 3]);
    await room.publish({ forcePublish: true });
    expect(room.shown('all.json')).toEqual([]);
  });

  it('accept withdrawals and a lower item limit as reasons', async () => {
    const room = await editionOf(range(1, 5));
    for (const n of [1, 2, 3, 4]) await room.withdraw(n);
    await room.publish();
    expect(room.shown('all.json')).toEqual([5]);
    const fewer = await editionOf(range(1, 5));
    fewer.set({ publish: { items: 1 } });
    await fewer.publish();
    expect(fewer.shown('all.json')).toEqual([5]);
  });

  it('refuse to remove an edition of this site that the store does not know', async () => {
    const lost = await editionOf(range(1, 150));
    const room = new Newsroom();
    for (const [path, bytes] of lost.sink.files) room.sink.files.set(path, bytes);
    await room.take([151]);
    await expect(room.publish()).rejects.toThrow('newsloom restore');
    await room.publish({ forcePublish: true });
    expect(Object.keys(snapshot(room)).filter((path) => path.startsWith('archive/'))).toEqual([]);
  });
});

describe('a folder with other content', () => {
  it('loses the whole edition of another site and keeps unlisted files', async () => {
    const other = new Newsroom();
    other.set({ site: { url: 'https://other.example/', feedsUrl: 'https://other.example/feeds/' } });
    other.set({ topics: [{ id: 'world', label: 'Welt' }] });
    await other.take(range(1, 150));
    await other.publish();
    const room = new Newsroom();
    for (const [path, bytes] of other.sink.files) room.sink.files.set(path, bytes);
    room.sink.files.set('CNAME', Buffer.from('news.example.org'));
    await room.take([1], { topics: [] });
    await room.publish();
    expect(Object.keys(snapshot(room))).toEqual([
      'CNAME',
      'all.atom',
      'all.json',
      'all.rss',
      'feeds.opml',
      'manifest.json',
      'sources.opml',
      'sources/paper.atom',
      'sources/paper.json',
      'sources/paper.rss',
    ]);
  });

  it('keeps files outside the folder that a forged manifest lists', async () => {
    const room = new Newsroom();
    const forged = {
      site: 'https://x.example/',
      files: [{ path: '../a' }, { path: '/etc/b' }, { path: 'x/../../c' }, { path: 'old.rss' }],
    };
    room.sink.files.set('manifest.json', Buffer.from(JSON.stringify(forged)));
    room.sink.files.set('old.rss', Buffer.from('old'));
    room.sink.files.set('../a', Buffer.from('precious'));
    await room.take([1]);
    expect((await room.publish()).removed).toEqual(['old.rss']);
  });
});

describe('a dry run', () => {
  it('reports changes without changing the folder or the store', async () => {
    const room = await editionOf(range(1, 150));
    await room.take(range(151, 160));
    const before = snapshot(room);
    const dirty = await room.store.dirty();
    const dry = await room.publish({ dryRun: true });
    expect(dry.files.written).toBeGreaterThan(0);
    expect(snapshot(room)).toEqual(before);
    expect(await room.store.dirty()).toEqual(dirty);
    const wet = await room.publish();
    expect([...dry.written].sort()).toEqual([...wet.written].sort());
    expect(dry.files).toEqual(wet.files);
  });
});

describe('stories', () => {
  async function told(): Promise<Newsroom> {
    const room = new Newsroom();
    const zeitung = { title: 'Die Zeitung', url: 'https://zeitung.example/', feedUrl: null };
    await room.take([1, 2, 3]);
    await room.take([4], { sourceId: 'zeitung', attribution: { publication: zeitung, via: null, credited: null } });
    return room;
  }

  it('are one entry each, dated by the first article and updated by the last', async () => {
    const room = await told();
    room.stories.push({ id: 'tag:news.example,2026:story-1', lead: 2, members: [2, 4] });
    room.stories.push({ id: 'tag:news.example,2026:story-2', lead: 1, members: [1, 3] }); // a single publication
    await room.publish();
    const { items } = room.sink.json('stories.json');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: 'tag:news.example,2026:story-1',
      title: 'Headline 2',
      date_published: '2026-11-24T02:00:00Z',
      date_modified: '2026-11-24T04:00:00Z',
      _related: { items: [{ url: 'https://paper.example/4', title: 'Headline 4', publication: 'Die Zeitung' }] },
    });
    expect((await room.publish()).changed).toBe(false);
  });

  it('name the languages of their reports', async () => {
    const room = new Newsroom();
    const told = (n: number, language: string) => {
      const publication = { title: `Paper ${n}`, url: null, feedUrl: null };
      const attribution = { publication, via: null, credited: null };
      return room.take([n], { sourceId: `paper-${n}`, language, contentHtml: null, attribution });
    };
    for (const [n, language] of [[1, 'en'], [2, 'en'], [3, 'de']] as const) await told(n, language); // biome-ignore format: one table
    room.stories.push({ id: 'tag:news.example,2026:story-1', lead: 1, members: [1, 2, 3] });
    await room.publish();
    const [item] = room.sink.json('stories.json').items;
    expect(item._related.items.map(({ language }: { language?: string }) => language)).toEqual([undefined, 'de']);
    expect(Buffer.from(room.sink.files.get('stories.atom')!).toString()).toContain('rel="related" hreflang="de"');
  });

  it('change after a withdrawal, and disappear when disabled', async () => {
    const room = await told();
    room.stories.push({ id: 'tag:news.example,2026:story-1', lead: 2, members: [2, 4] });
    await room.publish();
    await room.withdraw(4);
    await room.publish();
    expect(room.sink.json('stories.json').items).toEqual([]);
    room.set({ publish: { stories: false } });
    const { removed } = await room.publish();
    expect(removed).toEqual(['stories.atom', 'stories.json', 'stories.rss']);
  });
});

describe('files other than feeds', () => {
  const status = (text: string): OutputFile[] => [{ path: 'status.json', bytes: text }];

  it('change health files without news and without a new manifest', async () => {
    const room = new Newsroom();
    await room.take([1]);
    await room.publish({ health: status('{"a":1}') });
    expect(room.sink.json('manifest.json').files).toContainEqual({ path: 'status.json' });
    const quiet = await room.publish({ health: status('{"a":1}') });
    expect(quiet.files.written).toBe(0);
    const told = await room.publish({ health: status('{"a":22}') });
    expect(told).toMatchObject({ changed: false, written: ['status.json'] });
    expect(room.sink.text('status.json')).toBe('{"a":22}');
  });

  it('rewrite files of a part only if their inputs change, and remove obsolete ones', async () => {
    const room = new Newsroom();
    const made: string[] = [];
    let pages = ['a', 'b'];
    const part: EditionPart = {
      fingerprint: '',
      owns: (path) => path.endsWith('.page'),
      archived: () => 0,
      async *files(edition) {
        for (const name of pages) {
          const path = `${name}.page`;
          const make = async () => {
            made.push(path);
            return `${name} of ${edition.siteTitle}`;
          };
          yield { path, inputs: name, make };
        }
      },
    };
    await room.take([1]);
    await room.publish({ parts: [part] });
    expect(room.sink.text('b.page')).toBe('b of The Section');
    await room.take([2]);
    pages = ['b', 'c'];
    const { removed } = await room.publish({ parts: [part] });
    expect(made).toEqual(['a.page', 'b.page', 'c.page']);
    expect(removed).toEqual(['a.page']);
    room.sink.files.delete('b.page');
    expect((await room.publish({ parts: [part] })).written).toEqual(['b.page']);
  });
});

describe('the order', () => {
  it('of files: documents before the heads that link to them, the manifest last', async () => {
    const room = await editionOf(range(1, 215));
    const at = (path: string) => room.sink.renamed.indexOf(path);
    expect(at('archive/all/1.rss')).toBeLessThan(at('all.rss'));
    expect(at('manifest.json')).toBe(room.sink.renamed.length - 1);
  });

  it('of a head is that of the store, regardless of arrival', async () => {
    const room = new Newsroom();
    for (const n of [3, 1, 5, 2, 4]) await room.take([n]);
    await room.publish({ now: at(7) });
    expect(room.shown('all.json')).toEqual([5, 4, 3, 2, 1]);
    expect(room.sink.json('all.json').items[0].id).toBe(articleId(5));
  });
});
