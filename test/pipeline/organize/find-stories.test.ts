import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStoryIndex, type IndexedArticle } from '../../../src/cluster/story-index.js';
import { findFoldings, readNewestStories } from '../../../src/pipeline/facts/multi-source-stories.js';
import { type ClusterSettings, findStories } from '../../../src/pipeline/organize/find-stories.js';
import type { Store } from '../../../src/ports/store/store.js';
import { findDriver } from '../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { openMemory } from '../../support/memory-store.js';
import { aNewArticle, aState, someChanges } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { runs } from '../../support/thorough.js';
import { ferry, inventedText, tunnel, wire } from '../../support/wire.js';

const settings = { siteHost: 'news.example' };
const driver = await findDriver();

/** One run with these articles, first seen an hour after the last one is published. */
async function run(
  store: Store,
  articles: readonly (IndexedArticle & { topic?: string })[],
  by: ClusterSettings = settings,
) {
  const first = await store.reserveRefs(articles.length);
  const seen = new Date(Math.max(...articles.map(({ publishedAt }) => publishedAt.getTime())) + 3_600_000);
  for (const [at, article] of articles.entries()) {
    const { id, sourceId, title, summary = '', contentHtml = null, url = null } = article;
    const { language = 'en', publishedAt, topic } = article;
    const topics = topic === undefined ? [] : [{ topicId: topic, score: 3, because: [] }];
    const added = aNewArticle(first + at, first + at, {
      ...{ guid: id, url, sourceId, title, summary, contentHtml, language, publishedAt, firstSeenAt: seen, topics },
    });
    await store.saveFetch(aState({ sourceId }), someChanges({ added: [added] }));
  }
  await store.mint(
    articles.map(({ id }, at) => ({ ref: first + at, id })),
    [],
  );
  return findStories(store, by);
}

const refs = async (store: Store, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await store.find(id))!.ref));

async function told(store: Store, prefer: readonly string[] = []) {
  const stories = await readNewestStories(store, { prefer, languages: ['en'], chosen: new Set() }, 50);
  const name = async (ref: number) => (await store.articles([ref]))[0]!.id;
  return Promise.all(
    stories.map(async ({ lead, members }) => [await name(lead), await Promise.all(members.map(name))] as const),
  );
}

describe('findStories', () => {
  it('assigns the articles of a run, and does nothing without new ones', async () => {
    const store = openMemory();
    expect(await run(store, [...ferry, ...tunnel])).toEqual([]);
    expect(await store.unassigned(1)).toEqual([]);
    expect(await findStories(store, settings)).toEqual([]);
    expect(await store.countStories()).toEqual({ total: 2, multiSource: 2 });
    expect(await told(store)).toEqual([
      ['t2', ['t1', 't2']],
      ['f3', ['f1', 'f2', 'f3']],
    ]);
  });

  it('joins reports in other languages to a stored story, which keeps its id and goes on growing', async () => {
    const german = { language: 'de', sourceId: 'bote' };
    const museum = wire('d0', 0, { ...german, title: 'Museum der Uhren öffnet wieder', summary: 'Ein ruhiger Tag.' });
    const fähre = wire('d1', 2, {
      ...german,
      title: 'Fähre Aldervane läuft vor Velmora auf Sandbank',
      summary: 'Rettungsboote brachten alle 212 Menschen der Aldervane nach Velmora.',
    });
    const store = openMemory();
    await run(store, [museum, ...ferry.slice(0, 2)]);
    const [story] = await store.multiSourceStories(1);
    await run(store, [fähre]);
    await run(store, [ferry[2]!]);
    const [after, ...others] = await store.multiSourceStories(9);
    expect(others).toEqual([]);
    expect(after!.id).toBe(story!.id);
    expect(after!.members.map(({ id, language }) => [id, language])).toEqual([
      ['f1', 'en'],
      ['f2', 'en'],
      ['d1', 'de'],
      ['f3', 'en'],
    ]);
    const once = openMemory();
    await run(once, [museum, ...ferry, fähre]);
    expect(await told(once)).toEqual(await told(store));
  });

  it('finds the same stories in one run as in five', async () => {
    const all = [...ferry, ...tunnel].sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
    const [once, often] = [openMemory(), openMemory()];
    await run(once, all);
    for (const article of all) await run(often, [article]);
    expect((await told(often)).map(([, members]) => members)).toEqual((await told(once)).map(([, members]) => members));
    const library = createStoryIndex();
    for (const article of all) library.add(article);
    expect(library.stories().map(({ articleIds }) => articleIds)).toEqual(
      (await told(once)).map(([, members]) => members).reverse(),
    );
  });

  it('connects a report with a cited one, even from an earlier run', async () => {
    const cited = 'https://harbour.example/2026/what-the-yard-knew';
    const first = wire('y1', 0, {
      sourceId: 'harbour',
      url: cited,
      title: 'What the Brenholt shipyard knew of rust in its ferries',
      summary: 'Papers of the yard name cracks that no owner was told of.',
    });
    const second = (contentHtml: string) =>
      wire('y2', 5, {
        sourceId: 'lantern',
        url: 'https://lantern.example/yard-under-inquiry',
        title: 'Prosecutors search ferry builder in Brenholt',
        summary: 'The raid follows a report on hidden defects.',
        contentHtml,
      });
    const multiSource = async (contentHtml: string) => {
      const store = openMemory();
      await run(store, [first]);
      await run(store, [second(contentHtml)]);
      return (await store.countStories()).multiSource;
    };
    expect(await multiSource('<p>As <a href="https://harbour.example/">others</a> report.</p>')).toBe(0);
    expect(await multiSource(`<p>As <a href="${cited}">others</a> report.</p>`)).toBe(1);
  });

  it('finds the same stories and ids for any order of articles in a run', async () => {
    const all = [...ferry, ...tunnel];
    const idsOf = async (articles: readonly IndexedArticle[]) => {
      const store = openMemory();
      await run(store, articles);
      const ids = (await readNewestStories(store, { prefer: [], languages: ['en'], chosen: new Set() }, 9)).map(
        ({ id }) => id,
      );
      return [ids, await told(store)];
    };
    const expected = await idsOf(all);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (shuffled) => {
        expect(await idsOf(shuffled)).toEqual(expected);
      }),
      { numRuns: runs(20) },
    );
  });

  it('keeps the id of a story', async () => {
    const store = openMemory();
    await run(store, ferry.slice(0, 2));
    const id = (await readNewestStories(store, { prefer: [], languages: ['en'], chosen: new Set() }, 1))[0]!.id;
    expect(id).toMatch(/^tag:news\.example,2026:story-[a-z2-7]{12}$/);
    await run(store, ferry.slice(2));
    const [story] = await readNewestStories(store, { prefer: [], languages: ['en'], chosen: new Set() }, 1);
    expect(story!.id).toBe(id);
    expect(story!.members).toHaveLength(3);
  });

  it('continues stories without vectors from older versions under their ids', async () => {
    const path = join(temporaryFolder(), 'newsloom.db');
    const before = openSqlite(path, 'write', driver);
    await run(before, [...ferry.slice(0, 2), ...tunnel]);
    const stories = await readNewestStories(before, { prefer: [], languages: ['en'], chosen: new Set() }, 9);
    await before.close();
    const file = driver(path, 'write');
    file.exec("UPDATE story_member SET vector = NULL; UPDATE story SET key_weights = x''");
    file.close();
    rmSync(`${path}.sum`, { force: true }); // simulates an interruption
    const store = openSqlite(path, 'write', driver);
    await run(store, ferry.slice(2));
    const now = await readNewestStories(store, { prefer: [], languages: ['en'], chosen: new Set() }, 9);
    expect(now.map(({ id }) => id)).toEqual(stories.map(({ id }) => id));
    expect(now.map(({ members }) => members.length)).toEqual([2, 3]);
    const members = (await store.multiSourceStories(9)).flatMap((story) => story.members);
    expect(members.filter(({ vector }) => vector !== null).length).toBeGreaterThanOrEqual(3);
    await store.close();
  });

  it('selects the lead from a preferred source', async () => {
    const store = openMemory();
    await run(store, ferry);
    expect((await told(store, ['nobody', 'ledger', 'harbour']))[0]![0]).toBe('f3');
  });

  it('does not count a correction as a new report', async () => {
    const store = openMemory();
    const text = inventedText(1, 40);
    const original = wire('o', 0, { title: 'Dam fails above Orsk', summary: text });
    const other = wire('p', 1, { title: 'Dam fails above Orsk', summary: inventedText(2, 12), sourceId: 'other' });
    await run(store, [original, other]);
    await run(store, [wire('o2', 2, { title: 'Dam fails above Orsk, corrected', summary: text })]);
    expect((await told(store)).map(([, members]) => members)).toEqual([['o', 'p']]);
    expect((await store.findStoryRefs(await refs(store, ['o', 'o2']))).size).toBe(2);
  });

  it('does not count several articles of one source as a multi-source story', async () => {
    const store = openMemory();
    await run(
      store,
      ferry.map((article) => ({ ...article, sourceId: 'harbour' })),
    );
    expect(await store.countStories()).toEqual({ total: 1, multiSource: 0 });
    expect(await told(store)).toEqual([]);
  });

  it('reads an old archive in batches', async () => {
    const store = openMemory();
    const days = Array.from({ length: 1100 }, (_, n) => wire(`n${n}`, n / 10, { title: inventedText(n, 8) }));
    await run(store, days);
    expect(await store.unassigned(1)).toEqual([]);
    expect(await store.clusteredUpTo()).toBe(1100);
  });
});

describe('batches', () => {
  const atOnce = 5;
  const anyArticle = fc.record({
    hour: fc.nat(200),
    sourceId: fc.constantFrom('a', 'b', 'c'),
    title: fc.nat(5).map((event) => inventedText(event, 6)),
    summary: fc
      .tuple(fc.nat(3), fc.nat(40))
      .map(([event, more]) => `${inventedText(event, 30)} ${inventedText(more, 6)}`),
  });

  /** A store that returns one batch per call. */
  const partly = (store: Store): Store => {
    let asked = 0;
    return { ...store, unassigned: async (limit) => (asked++ === 0 ? store.unassigned(limit) : []) };
  };
  async function stored(store: Store, count: number) {
    const records = await store.stories(Array.from({ length: count }, (_, i) => i + 1));
    return { records, copies: await store.findCopyGroups(Array.from({ length: count }, (_, i) => i + 1)) };
  }

  it('find the same stories without kept stories of the previous batch', async () => {
    let stories = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyArticle, { minLength: 6, maxLength: 40 }), async (made) => {
        const articles = made.map(({ hour, ...given }, n) => wire(`n${n}`, hour, given));
        const stores = [1, 2].map(() => openSqlite(join(temporaryFolder(), 'newsloom.db'), 'write', driver));
        const [together, apart] = stores as [Store, Store];
        const at = await run(together, articles, { ...settings, atOnce });
        let canonical = await run(partly(apart), articles, { ...settings, atOnce });
        while ((await apart.unassigned(1)).length > 0) {
          const next = await findStories(partly(apart), { ...settings, atOnce });
          canonical = [...new Set([...canonical, ...next])].sort((a, b) => a - b);
        }
        const found = await stored(together, articles.length);
        expect(found).toEqual(await stored(apart, articles.length));
        expect(at).toEqual(canonical);
        stories += found.records.filter(({ members }) => members.length > 2).length;
        for (const store of stores) await store.close();
      }),
      { numRuns: runs(40), seed: 1 },
    );
    expect(stories).toBeGreaterThan(runs(20));
  });

  it('find the same stories for any order of articles', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyArticle, { minLength: 6, maxLength: 30 }).chain((made) => {
          const articles = made.map(({ hour, ...given }, n) => wire(`n${n}`, hour, given));
          return fc.tuple(fc.constant(articles), fc.shuffledSubarray(articles, { minLength: articles.length }));
        }),
        async (orders) => {
          const [first, second] = await Promise.all(
            orders.map(async (articles) => {
              const store = openMemory();
              await run(store, articles, { ...settings, atOnce });
              expect(await store.clusteredUpTo()).toBe(articles.length);
              return [
                (await readNewestStories(store, { prefer: [], languages: ['en'], chosen: new Set() }, 99)).map(
                  ({ id }) => id,
                ),
                await told(store),
              ];
            }),
          );
          expect(second).toEqual(first);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('continue after an interruption between two batches', async () => {
    const articles = Array.from({ length: 12 }, (_, n) =>
      wire(`n${n}`, n, { title: inventedText(n % 3, 6), sourceId: `s${n}` }),
    );
    const [whole, ended] = [openMemory(), openMemory()];
    await run(whole, articles, { ...settings, atOnce });
    await run(partly(ended), articles, { ...settings, atOnce });
    expect([await ended.clusteredUpTo(), (await ended.unassigned(99)).length]).toEqual([0, 7]);
    await findStories(ended, { ...settings, atOnce });
    expect(await told(ended)).toEqual(await told(whole));
    expect(await ended.clusteredUpTo()).toBe(12);
  });
});

describe('folding', () => {
  const text = inventedText(9, 60);
  const agency = (id: string, sourceId: string, hour: number, topic: string) => ({
    ...wire(id, hour, { sourceId, title: `Agency report ${sourceId}`, summary: text }),
    topic,
  });
  const shown = async (store: Store, ids: readonly string[]) => {
    const articles = await store.articles(await refs(store, ids));
    const folds = await findFoldings(store, articles);
    return articles.map(({ ref, id }) => [id, folds.get(ref)]);
  };

  it('shows the copy published first in a run, with the topics of all', async () => {
    const store = openMemory();
    await run(store, [
      agency('late', 'a', 2, 'sea'),
      agency('early', 'z', 1, 'ships'),
      wire('x', 1, { title: 'Other' }),
    ]);
    expect(await shown(store, ['late', 'early', 'x'])).toEqual([
      ['late', { folded: true, topics: ['sea', 'ships'], sources: ['a', 'z'] }],
      ['early', { folded: false, topics: ['ships', 'sea'], sources: ['z', 'a'] }],
      ['x', undefined],
    ]);
  });

  it('shows the copy of the first source if dates are equal', async () => {
    const store = openMemory();
    await run(store, [agency('1', 'z', 1, 'sea'), agency('2', 'b', 1, 'sea'), agency('3', 'c', 1, 'sea')]);
    expect((await shown(store, ['1', '2', '3'])).map((row) => (row[1] as { folded: boolean }).folded)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('keeps the published copy, even when an earlier one arrives, and returns it', async () => {
    const store = openMemory();
    await run(store, [agency('published', 'b', 5, 'sea')]);
    const [ref] = await refs(store, ['published']);
    expect(await run(store, [agency('older', 'a', 1, 'ships')])).toEqual([ref]);
    expect(await shown(store, ['published', 'older'])).toEqual([
      ['published', { folded: false, topics: ['sea', 'ships'], sources: ['b', 'a'] }],
      ['older', { folded: true, topics: ['ships', 'sea'], sources: ['a', 'b'] }],
    ]);
  });

  it('counts pruned copies, which archives still show', async () => {
    const store = openMemory();
    await run(store, [agency('early', 'z', 1, 'ships')]);
    const [early] = await refs(store, ['early']);
    await run(store, [agency('late', 'a', 30, 'sea')]);
    const before = await shown(store, ['late']);
    expect(before).toEqual([['late', { folded: true, topics: ['sea', 'ships'], sources: ['a', 'z'] }]]);
    const firstSeen = (await store.articles([early!]))[0]!.firstSeenAt;
    expect(await store.prune(new Date(firstSeen.getTime() + 1))).toBe(1);
    expect(await shown(store, ['late'])).toEqual(before);
  });

  it('never folds articles of one source', async () => {
    const store = openMemory();
    await run(store, [agency('1', 'a', 1, 'sea'), agency('2', 'a', 2, 'sea')]);
    expect((await shown(store, ['1', '2'])).map((row) => row[1])).toEqual([undefined, undefined]);
  });
});
