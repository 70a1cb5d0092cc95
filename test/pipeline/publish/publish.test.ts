import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/store.js';
import { Newsroom, range } from '../../support/newsroom.js';
import { articleId, aText, at, someChanges } from '../../support/stored-articles.js';

/** Ids per document, walking from the head through the archive. */
function walk(room: Newsroom, channel: string): string[][] {
  const base = room.settings.site.feedsUrl;
  const pages: string[][] = [];
  for (let path: string | undefined = `${channel}.json`; path !== undefined; ) {
    const document = room.sink.json(path);
    pages.push(document.items.map((item: { id: string }) => item.id));
    path = document.next_url?.slice(base.length);
  }
  return pages;
}

function snapshot(room: Newsroom): Map<string, string> {
  return new Map([...room.sink.files.keys()].map((path) => [path, room.sink.text(path)]));
}

function differing(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

const others = (paths: string[]) => paths.filter((path) => path !== 'manifest.json' && path !== 'feeds.opml');
const world = [{ topicId: 'world', score: 1, because: [] }];

describe('publish', () => {
  it('publishes a channel from its first article on, in every format', async () => {
    const room = new Newsroom();
    await room.take([1]);
    const result = await room.publish();
    expect(result.changed).toBe(true);
    expect([...room.sink.files.keys()].sort()).toEqual([
      'all.atom',
      'all.json',
      'all.rss',
      'feeds.opml',
      'manifest.json',
      'sources.opml',
      'sources/paper.atom',
      'sources/paper.json',
      'sources/paper.rss',
      'topics/world.atom',
      'topics/world.json',
      'topics/world.rss',
    ]);
    expect(result.files).toMatchObject({ written: 12, unchanged: 0, removed: 0 });
    expect(result.changedFeeds).toContain('https://news.example.org/feeds/topics/world.atom');
  });

  it('lists every other file with its size in the manifest', async () => {
    const room = new Newsroom();
    await room.take(range(1, 120));
    await room.publish();
    const { site, files } = room.sink.json('manifest.json');
    const lying = [...room.sink.files].filter(([path]) => path !== 'manifest.json');
    expect(site).toBe('https://news.example.org/');
    expect(files).toEqual(
      lying.map(([path, { length }]) => ({ path, size: length })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
  });

  it('reads and writes nothing if nothing changed', async () => {
    const room = new Newsroom();
    await room.take(range(1, 20));
    await room.publish();
    await room.publish({ now: at(4000) });
    const asked: string[] = [];
    const store = new Proxy(room.store, {
      get: (target, name) => {
        asked.push(String(name));
        return Reflect.get(target, name);
      },
    }) as Store;
    room.sink.puts = 0;
    room.sink.reads = 0;
    const result = await room.publish({ store, now: at(5000) });
    expect(result).toMatchObject({ changed: false, changedFeeds: [], files: { written: 0, removed: 0, bytes: 0 } });
    expect(room.sink.puts + room.sink.reads).toBe(0);
    expect(new Set(asked)).toEqual(
      new Set(['channels', 'dirty', 'dropKeptCopies', 'publishedFiles', 'meta', 'readJson']),
    );
  });

  it('reads files of the last edition that changed since, or all after a reboot', async () => {
    const room = new Newsroom();
    await room.take(range(1, 20));
    await room.publish();
    const before = snapshot(room);
    const { length } = room.sink.files.get('all.json')!;
    const lose = () => room.sink.files.set('all.json', new Uint8Array(length));
    lose();
    expect((await room.publish({ now: at(100) })).files.written).toBe(0);
    expect((await room.publish({ now: at(100), boot: 'second' })).files.written).toBe(1);
    expect(differing(before, snapshot(room))).toEqual([]);
    lose();
    room.sink.changed.set('all.json', room.sink.time + 1);
    expect((await room.publish({ now: at(100), boot: 'second' })).files.written).toBe(1);
    expect(differing(before, snapshot(room))).toEqual([]);
    room.sink.reads = 0;
    await room.publish({ now: at(100), boot: 'third' });
    expect(room.sink.reads).toBeGreaterThan(0);
    room.sink.reads = 0;
    await room.publish({ now: at(100), boot: 'third' });
    expect(room.sink.reads).toBe(0);
  });

  it('moves articles from the head to linked archives, each id once', async () => {
    const room = new Newsroom();
    await room.take(range(1, 260));
    await room.publish();
    const [head, ...archives] = walk(room, 'all');
    expect(head).toEqual([260, 259, 258, 257, 256].map(articleId));
    expect(archives.map(({ length }) => length)).toEqual([55, 100, 100]);
    expect(archives.at(-1)).toEqual(range(1, 100).reverse().map(articleId));
    expect(archives.flat().sort()).toEqual(range(1, 255).map(articleId).sort());
  });

  it('creates the same archives whether articles arrive together or one by one', async () => {
    const [once, often] = [new Newsroom(), new Newsroom()];
    await once.take(range(1, 130));
    await once.publish();
    for (const n of range(1, 130)) {
      await often.take([n]);
      await often.publish();
    }
    expect(differing(snapshot(once), snapshot(often))).toEqual([]);
  });

  it('changes a full archive document only to link to the next one', async () => {
    const room = new Newsroom();
    let full = new Map<string, string>();
    for (let n = 1; n <= 320; n += 7) {
      await room.take(range(n, n + 6));
      await room.publish();
      for (const [path, text] of full) expect(room.sink.text(path), path).toBe(text);
      const followed = [...snapshot(room)].filter(
        ([path, text]) => path.startsWith('archive/') && text.includes('next-archive'),
      );
      full = new Map(followed);
    }
    expect(full.size).toBe(3 * 2 * 3);
  });

  it('archives an article at once that is too old for the head', async () => {
    const room = new Newsroom();
    await room.take(range(10, 20));
    await room.publish();
    await room.take([3]);
    await room.publish();
    expect(walk(room, 'all')).toEqual([
      [20, 19, 18, 17, 16].map(articleId),
      [15, 14, 13, 12, 11, 10, 3].map(articleId),
    ]);
  });

  it('shows an edit in growing documents, but not in full ones', async () => {
    const room = new Newsroom();
    await room.take(range(1, 150));
    await room.publish();
    const before = snapshot(room);
    const edit = (n: number) => ({ ref: n, ...aText(n, { title: `Edited ${n}` }), updatedAt: at(200), topics: world });
    await room.store.saveFetch(
      (await room.store.fetchStates()).get('paper')!,
      someChanges({ changed: [edit(3), edit(120), edit(149)] }),
    );
    await room.publish();
    const changed = others(differing(before, snapshot(room)));
    expect(changed.filter((path) => path.endsWith('.rss'))).toEqual([
      'all.rss',
      'archive/all/2.rss',
      'archive/sources/paper/2.rss',
      'archive/topics/world/2.rss',
      'sources/paper.rss',
      'topics/world.rss',
    ]);
    expect(room.sink.text('archive/all/1.rss')).not.toContain('Edited');
  });

  it('rewrites only channels that show the article', async () => {
    const room = new Newsroom();
    await room.take([1, 2, 3]);
    await room.take([4], { sourceId: 'zeitung', topics: [] });
    await room.publish();
    const before = snapshot(room);
    await room.take([5], { sourceId: 'zeitung', topics: [] });
    await room.publish();
    const changed = others(differing(before, snapshot(room)));
    expect(changed).toEqual(
      ['all', 'sources/zeitung'].flatMap((path) => ['atom', 'json', 'rss'].map((format) => `${path}.${format}`)),
    );
  });
});

describe('withdrawals', () => {
  it('remove the article from all documents and leave a tombstone in Atom for 30 days', async () => {
    const room = new Newsroom();
    await room.take(range(1, 150));
    await room.publish();
    await room.withdraw(7);
    await room.withdraw(149, 'remove', 91);
    await room.publish({ now: at(100) });
    expect(new Set(walk(room, 'all').flat()).size).toBe(148);
    expect([...snapshot(room).values()].some((text) => text.includes('Headline 149'))).toBe(false);
    const atom = room.sink.text('all.atom');
    expect(atom.match(/at:deleted-entry xmlns:at="[^"]*" ref="[^"]*"/g)).toHaveLength(2);
    expect(atom).toContain(`ref="${articleId(149)}" when="2026-11-27T19:00:00Z"`);
    expect(room.sink.text('all.rss') + room.sink.text('all.json')).not.toContain(articleId(149));
    await room.take([151]);
    await room.publish({ now: at(90 + 24 * 31) });
    expect(room.sink.text('all.atom')).not.toContain('deleted-entry');
  });

  it('keep marked articles without their text', async () => {
    const room = new Newsroom();
    await room.take([1, 2]);
    await room.publish();
    await room.withdraw(2, 'mark');
    await room.publish();
    const [item] = room.sink.json('all.json').items;
    expect(item).toMatchObject({ title: 'Withdrawn: Headline 2', content_text: 'Withdrawn: Headline 2' });
    expect(item.date_modified).toBe('2026-11-27T18:00:00Z');
    expect(room.sink.text('all.atom')).not.toContain('deleted-entry');
  });

  it('can empty a channel, which keeps its date', async () => {
    const room = new Newsroom();
    await room.take([1]);
    await room.publish();
    await room.withdraw(1);
    await room.publish();
    expect(room.sink.json('all.json').items).toEqual([]);
    expect(room.sink.text('all.rss')).toContain('<lastBuildDate>Tue, 24 Nov 2026 01:00:00 +0000</lastBuildDate>');
    expect((await room.publish()).changed).toBe(false);
  });
});

describe('settings', () => {
  it('change heads at once and keep full archive documents', async () => {
    const room = new Newsroom();
    await room.take(range(1, 150));
    await room.publish();
    const before = snapshot(room);
    room.set({ site: { title: 'Another name' } });
    await room.publish();
    const changed = differing(before, snapshot(room));
    expect(changed).toContain('all.rss');
    expect(changed).toContain('archive/all/2.rss');
    expect(changed).not.toContain('archive/all/1.rss');
    expect((await room.publish()).changed).toBe(false);
  });

  it('a narrower permission removes text from every document, a wider one keeps full documents', async () => {
    const room = new Newsroom();
    await room.take(range(1, 150));
    await room.publish();
    const { sources } = room.settings;
    room.set({ sources: sources.map((source) => ({ ...source, content: 'none' as const })) });
    await room.publish();
    const texts = [...snapshot(room)];
    expect(texts.filter(([, text]) => /What happened|Text \d/.test(text)).map(([path]) => path)).toEqual([]);
    const before = snapshot(room);
    room.set({ sources });
    await room.publish();
    expect(differing(before, snapshot(room)).filter((path) => path.startsWith('archive/all/1.'))).toEqual([]);
  });

  it('write a new format for the whole archive', async () => {
    const room = new Newsroom();
    room.set({ publish: { formats: ['rss'] } });
    await room.take(range(1, 150));
    await room.publish();
    room.set({ publish: { formats: ['rss', 'json'] } });
    await room.publish();
    expect(walk(room, 'all').map(({ length }) => length)).toEqual([5, 45, 100]);
  });

  it('remove the files of a disabled format', async () => {
    const room = new Newsroom();
    await room.take(range(1, 150));
    await room.publish();
    room.set({ publish: { formats: ['rss'] } });
    const { files } = await room.publish();
    expect([...room.sink.files.keys()].filter((path) => !/\.rss$|manifest/.test(path))).toEqual([]);
    expect(files.removed).toBe(3 * 3 * 2 + 2);
  });

  it('perSource: false removes source feeds, true restores them with their archive', async () => {
    const room = new Newsroom();
    await room.take(range(1, 150));
    await room.publish();
    const before = snapshot(room);
    room.set({ publish: { perSource: false } });
    await room.publish();
    expect([...room.sink.files.keys()].filter((path) => path.includes('sources/'))).toEqual([]);
    expect((await room.publish()).changed).toBe(false);
    room.set({ publish: { perSource: true } });
    await room.publish();
    expect(differing(before, snapshot(room))).toEqual([]);
  });

  it('archive: false publishes only heads', async () => {
    const room = new Newsroom();
    room.set({ publish: { archive: false } });
    await room.take(range(1, 150));
    await room.publish();
    expect([...room.sink.files.keys()].filter((path) => path.startsWith('archive/'))).toEqual([]);
    expect(room.sink.text('all.atom')).not.toContain('prev-archive');
    room.set({ publish: { archive: true } });
    await room.publish();
    expect(walk(room, 'all').flat()).toHaveLength(150);
  });

  it('remove the feeds and archive of a topic that left the config', async () => {
    const room = new Newsroom();
    await room.take(range(1, 150));
    await room.publish();
    room.set({ topics: [] });
    const { removed } = await room.publish();
    expect(removed).toContain('topics/world.rss');
    expect(removed).toContain('archive/topics/world/1.json');
    expect((await room.store.channels()).map(({ channel }) => channel)).not.toContain('topics/world');
    expect(room.sink.text('all.json')).not.toContain('_topics":{"items"');
    expect((await room.publish()).changed).toBe(false);
  });

  it('a new address rewrites every document', async () => {
    const room = new Newsroom();
    await room.take(range(1, 150));
    await room.publish();
    room.set({ site: { feedsUrl: 'https://cdn.example.org/f/' } });
    await room.publish();
    const stale = [...snapshot(room)].filter(([, text]) => text.includes('https://news.example.org/feeds/'));
    expect(stale.map(([path]) => path)).toEqual([]);
  });
});
