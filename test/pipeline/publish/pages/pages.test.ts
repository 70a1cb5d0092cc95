import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEntries } from '../../../../src/compose/entry.js';
import { UTC } from '../../../../src/model/page.js';
import type { EditionPart } from '../../../../src/pipeline/publish/edition-parts.js';
import { PageLinks } from '../../../../src/pipeline/publish/pages/page-links.js';
import { createPages } from '../../../../src/pipeline/publish/pages/pages.js';
import type { NewArticle } from '../../../../src/ports/store/sources.js';
import type { Store } from '../../../../src/ports/store/store.js';
import { findDriver } from '../../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../../src/store/sqlite/sqlite.js';
import { createPageWriter } from '../../../../src/write/html/html.js';
import { openMemory } from '../../../support/memory-store.js';
import { Newsroom, range } from '../../../support/newsroom.js';
import { noTheme } from '../../../support/pages.js';
import { aState, aText, at, someChanges } from '../../../support/stored-articles.js';
import { aMember, aStory, storyChanges } from '../../../support/stored-stories.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { isThorough, runs } from '../../../support/thorough.js';
import { inventedText } from '../../../support/wire.js';

function newsroom(store: Store = openMemory()): Newsroom {
  const room = new Newsroom(store);
  room.set({
    publish: { formats: ['rss', 'atom', 'json', 'opml', 'html'] },
    topics: [
      { id: 'world', label: 'World', iptc: undefined, parent: undefined },
      { id: 'sea', label: 'Sea', iptc: undefined, parent: undefined },
    ],
  });
  return room;
}

function createPagesPart(room: Newsroom, theme = 'plain', version = '1'): EditionPart {
  const writer = async (section: Parameters<typeof createPageWriter>[0]) => createPageWriter(section, noTheme);
  return createPages({
    store: room.store,
    settings: room.settings,
    profiles: new Map(),
    search: null,
    leads: { prefer: [], languages: ['en'], chosen: new Set() },
    pins: [],
    kept: { menu: ['world'], zone: UTC },
    now: at(100),
    version,
    theme,
    writer,
  });
}
const publish = (room: Newsroom) => room.publish({ parts: [createPagesPart(room)], forcePublish: true });
const pages = (paths: readonly string[]) => paths.filter((path) => path.endsWith('.html'));

/** All pages without a previous edition and without stored facts. */
async function afresh(room: Newsroom): Promise<Map<string, string>> {
  const recorded = await room.store.publishedFiles();
  await room.store.savePublishedFiles(recorded.map((file) => ({ ...file, inputs: null })), []); // biome-ignore format: one call
  await room.publish({ parts: [createPagesPart(room, 'other', '2')], forcePublish: true });
  return written(room);
}
function written(room: Newsroom): Map<string, string> {
  const html = [...room.sink.files].filter(([path]) => path.endsWith('.html'));
  return new Map(html.map(([path, bytes]) => [path, Buffer.from(bytes).toString()] as const).sort());
}
const tags = (...ids: string[]) => ids.map((topicId) => ({ topicId, score: 1, because: [] }));
const topic = (...ids: string[]): Partial<NewArticle> => ({ topics: tags(...ids) });
const slugs = (room: Newsroom) =>
  new Map([...written(room)].flatMap(([path, html]) => (path.startsWith('articles/') ? [[/"headline":"(.*?)"/.exec(html)![1]!, path] as const] : []))); // biome-ignore format: one map

/** One article in three is German. */
function aboutFerry(n: number, title = '', summary = '') {
  const [sourceId, language] = n % 3 === 0 ? ['zeitung', 'de'] : ['paper', 'en'];
  const publication = { title: `${language} ${n % 4}`, url: null, feedUrl: null };
  const attribution = { publication, via: null, credited: null };
  return { sourceId, language, attribution, title, summary, contentHtml: null, topics: tags(n % 2 ? 'sea' : 'world') };
}

describe('PageLinks', () => {
  it('returns every requested summary, even evicted ones', async () => {
    const room = newsroom();
    await room.take(range(1, 9));
    await publish(room);
    const links = new PageLinks(room.store, createEntries(room.settings), false, '', 3);
    await links.loadSummaries([1, 2, 3]);
    expect((await links.loadSummaries(range(1, 9))).map(({ ref }) => ref)).toEqual(range(1, 9));
  });
});

describe('the pages of an edition', () => {
  it('exist for each article, topic, publication and archive document', async () => {
    const room = newsroom();
    await room.take(range(1, 8));
    await publish(room);
    const paths = [...written(room).keys()];
    expect(paths.filter((path) => path.startsWith('articles/'))).toHaveLength(8);
    expect(paths.filter((path) => !path.startsWith('articles/'))).toEqual(['404.html', 'archive/all/1.html', 'archive/sources/paper/1.html', 'archive/topics/world/1.html', 'fragments/latest.html', 'fragments/top.html', 'index.html', 'latest.html', 'publishers.html', 'sources.html', 'sources/paper.html', 'subscribe.html', 'topics.html', 'topics/world.html']); // biome-ignore format: one list
    expect(room.sink.files.has('style.css')).toBe(true);
  });

  it('are not rendered or read if nothing changed', async () => {
    const room = newsroom();
    await room.take(range(1, 8));
    await publish(room);
    expect(room.sink.files.has('archive/all/1.html')).toBe(true);
    room.sink.puts = 0;
    expect(await publish(room)).toMatchObject({ changed: false, written: [] });
    expect(room.sink.puts).toBe(0); // read for lists
  });

  it('drop a withdrawn article and its links', async () => {
    const room = newsroom();
    await room.take(range(1, 7));
    await publish(room);
    const path = slugs(room).get('Headline 2')!;
    await room.withdraw(2);
    expect((await publish(room)).removed).toContain(path);
    const name = path.slice('articles/'.length);
    for (const [file, html] of written(room)) expect(html.includes(name), file).toBe(false);
  });

  it('reappear when it is restored', async () => {
    const room = newsroom();
    await room.take([1, 2]);
    await publish(room);
    const before = written(room);
    await room.withdraw(2);
    await publish(room);
    await room.store.saveFetch(aState(), someChanges({ restored: [2] }));
    await publish(room);
    expect(written(room)).toEqual(before);
  });

  it('mark a withdrawn article that stays', async () => {
    const room = newsroom();
    await room.take([1, 2]);
    await publish(room);
    await room.withdraw(2, 'mark');
    await publish(room);
    expect(slugs(room).has('Withdrawn: Headline 2')).toBe(true);
  });

  it('show a new title everywhere', async () => {
    const room = newsroom();
    await room.take(range(1, 4));
    await publish(room);
    const changed = { ...aText(2, { title: 'Another headline' }), ref: 2, updatedAt: at(60), topics: tags('world') };
    await room.store.saveFetch(aState(), someChanges({ changed: [changed] }));
    await publish(room);
    for (const [file, html] of written(room)) expect(html.includes('>Headline 2<'), file).toBe(false);
    expect(written(room)).toEqual(await afresh(room));
  });

  it('list reports of the same story in other publications first', async () => {
    const room = newsroom();
    await room.take(range(1, 3));
    const other = { publication: { title: 'Der Bote', url: null, feedUrl: null }, via: null, credited: null };
    await room.take([4], { sourceId: 'zeitung', attribution: other });
    await room.store.saveStories(
      storyChanges({ stories: [aStory([aMember(2), aMember(4, { sourceId: 'zeitung' })])], clusteredUpTo: 4 }),
    );
    await publish(room);
    const html = written(room).get(slugs(room).get('Headline 2')!)!;
    const more = html.slice(html.indexOf('id="more-news"'), html.indexOf('id="also-like"') + 1 || undefined);
    expect([...more.matchAll(/class="u-url"[^>]*>(.*?)</g)].map(([, title]) => title)).toEqual([
      'Headline 4',
      'Headline 1',
    ]);
    expect(written(room).get('index.html')).toContain('Also reported by');
    room.set({ publish: { stories: false } });
    await room.take([5]);
    await publish(room);
    expect(written(room).get('index.html')).not.toContain('Also reported by');
  });

  it('recommend other stories, at most two per publication, and keep them when newer ones arrive', async () => {
    const room = newsroom();
    const by = (title: string) => ({ publication: { title, url: null, feedUrl: null }, via: null, credited: null });
    const ferry = (n: number): Partial<NewArticle> => ({
      title: `Ferry ${inventedText(n, 2)}`,
      summary: `Lifeboats left Velmora. ${inventedText(n + 500, 3)}`,
    });
    for (const n of [1, 2, 3]) await room.take([n], { ...ferry(n), attribution: by('Gazette') });
    await room.take([4], { ...ferry(4), attribution: by('Herald') });
    for (const n of range(5, 13)) await room.take([n], { title: inventedText(n + 40, 3), summary: inventedText(n, 9) });
    await room.take([14], { title: 'Ferry aground', summary: 'Lifeboats took all to Velmora.' });
    await publish(room);
    const path = slugs(room).get('Ferry aground')!;
    const before = written(room).get(path)!;
    const alike = before.slice(before.indexOf('id="also-like"'));
    expect(alike.match(/Ferry/g)).toHaveLength(3);
    expect(alike.match(/Gazette/g)).toHaveLength(2);
    await room.take([15], { ...ferry(15), attribution: by('Courier') });
    await publish(room);
    expect(written(room).get(path)).toBe(before);
  });

  it('are the same after many editions as after one', async () => {
    const room = newsroom();
    await room.take(range(20, 24));
    await publish(room);
    await room.take([3, 4], topic('sea', 'world'));
    await publish(room);
    await room.take(range(25, 30));
    await publish(room);
    await room.take([1], topic('world', 'sea'));
    await publish(room);
    await room.withdraw(21);
    await publish(room);
    expect(written(room)).toEqual(await afresh(room));
  });

  it('are the same after any corrections as after one edition', async () => {
    const names = 'Brandelsen Kvernmoor Torvald 212 ferry Norway captain aground museum Kestrelund'.split(' ');
    const text = fc.array(fc.constantFrom(...names), { minLength: 3, maxLength: 9 }).map((words) => words.join(' '));
    const correction = fc.record({ n: fc.integer({ min: 1, max: 36 }), title: text, summary: text });
    const edition = fc.array(correction, { minLength: 1, maxLength: 3 });
    const texts = fc.array(text, { minLength: 12, maxLength: 30 });
    const editions = fc.array(edition, { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(texts, editions, async (first, corrections) => {
      const room = newsroom();
      for (const n of range(1, 36)) {
        const given = aboutFerry(n, first[n % first.length]!, first[(n * 7) % first.length]!);
        await room.take([n], { ...given, publishedAt: at(n / 4) });
      }
      const stories = [[2, 3], [7, 8, 9]].map((members) => aStory(members.map((n) => aMember(n, { sourceId: aboutFerry(n).sourceId })))); // biome-ignore format: one map
      await room.store.saveStories(storyChanges({ stories, clusteredUpTo: 36 }));
      await publish(room);
      for (const some of corrections) {
        for (const { n, title, summary } of some) {
          const { sourceId, topics, ...given } = aboutFerry(n, title, summary);
          const changed = [{ ...aText(n, given), ref: n, updatedAt: at(60), topics }];
          await room.store.saveFetch(aState({ sourceId }), someChanges({ changed }));
        }
        await publish(room);
      }
      expect(written(room)).toEqual(await afresh(room));
    });
    await fc.assert(property, { numRuns: runs(24) });
  });

  it('are rendered again if a file is damaged', async () => {
    const room = newsroom();
    await room.take([1, 2]);
    await publish(room);
    const before = written(room);
    const path = slugs(room).get('Headline 1')!;
    room.sink.files.set(path, Buffer.from('<'));
    room.sink.files.delete('topics/world.html');
    await publish(room);
    expect(written(room)).toEqual(before);
  });

  it('are all rendered again when the theme changes', async () => {
    const room = newsroom();
    await room.take([1]);
    await publish(room);
    expect((await room.publish({ parts: [createPagesPart(room, 'other')] })).changed).toBe(false);
    const loud = createPages({
      store: room.store,
      settings: room.settings,
      profiles: new Map(),
      search: null,
      leads: { prefer: [], languages: ['en'], chosen: new Set() },
      pins: [],
      kept: { menu: ['world'], zone: UTC },
      now: at(100),
      version: '1',
      theme: 'loud',
      writer: async (section) =>
        createPageWriter(section, { templates: { footer: '<footer></footer>' }, stylesheet: '' }),
    });
    const { written: anew } = await room.publish({ parts: [loud] });
    expect(pages(anew)).toHaveLength(10);
  });

  const MANY = isThorough ? 10_000 : 400;
  it(`change at most 25 of ${MANY} articles when one arrives`, async () => {
    const store = openSqlite(join(temporaryFolder(), 'newsloom.db'), 'write', await findDriver());
    const room = newsroom(store);
    room.set({ publish: { items: 50 } });
    await store.reserveRefs(MANY);
    for (let from = 1; from <= MANY; from += 400) await room.take(range(from, from + 399), topic('world', 'sea'));
    expect(pages((await publish(room)).written).length).toBeGreaterThan(MANY);
    await room.take([MANY + 1], topic('world', 'sea'));
    const touched = pages((await publish(room)).written);
    expect(touched.length).toBeLessThanOrEqual(25);
    expect(touched).toContain('index.html');
    expect(pages((await publish(room)).written)).toEqual([]);
    // an article dated among the others
    await room.take([MANY + 2], {
      ...topic('world', 'sea'),
      publishedAt: at(MANY / 2 + 0.25),
      firstSeenAt: at(MANY + 2),
    });
    expect(pages((await publish(room)).written).length).toBeLessThanOrEqual(25);
    await store.close();
  }, 300_000);
});
