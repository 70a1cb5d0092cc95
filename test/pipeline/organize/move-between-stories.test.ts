import { expect, it } from 'vitest';
import type { IndexedArticle } from '../../../src/cluster/story-index.js';
import { ChangedArticles } from '../../../src/pipeline/organize/changed-articles.js';
import { findStories } from '../../../src/pipeline/organize/find-stories.js';
import { moveBetweenStories } from '../../../src/pipeline/organize/move-between-stories.js';
import { openMemory } from '../../support/memory-store.js';
import { aNewArticle, aState, someChanges } from '../../support/stored-articles.js';
import { ferry, tunnel, wire } from '../../support/wire.js';

const siteHost = 'news.example';

/** A store with these articles in stories, and a function that moves some. */
async function storeWith(articles: readonly IndexedArticle[]) {
  const store = openMemory();
  const first = await store.reserveRefs(articles.length);
  for (const [at, { sourceId, title, summary, publishedAt }] of articles.entries()) {
    const added = aNewArticle(first + at, first + at, { sourceId, title, summary: summary ?? '', publishedAt });
    await store.saveFetch(aState({ sourceId }), someChanges({ added: [added] }));
  }
  await store.mint(
    articles.map(({ id }, at) => ({ ref: first + at, id })),
    [],
  );
  await findStories(store, { siteHost });
  const move = (...wanted: Parameters<typeof moveBetweenStories>[1]) =>
    moveBetweenStories(
      { store, siteHost, leads: { prefer: [], languages: ['en'], chosen: new Set() } },
      wanted,
      new ChangedArticles(),
    );
  return { store, refs: articles.map((_, at) => first + at), move };
}

it('updates the dates of a story to those of its articles', async () => {
  const { store, refs, move } = await storeWith(ferry);
  const [a, b, c] = refs;
  const dates = async () => {
    const [story] = await store.stories([(await store.findStoryRefs([b!])).get(b!)!]);
    return [story!.firstAt, story!.lastAt];
  };
  const [one, two, three] = ferry.map(({ publishedAt }) => publishedAt.getTime());
  expect(await dates()).toEqual([one, three]);
  await move({ ref: a!, how: 'apart', other: b! }, { ref: c!, how: 'apart', other: b! });
  expect(await dates()).toEqual([two, two]);
  await move();
  expect(await dates()).toEqual([one, three]);
});

it('keeps an article with another moved article', async () => {
  const alone = wire('x', 1, { title: 'Quiet day at the museum of clocks' });
  for (const how of ['with', 'apart'] as const) {
    const { store, refs, move } = await storeWith([...ferry, ...tunnel, alone]);
    const [f1, f2, f3, t1, , x] = refs;
    const other = how === 'with' ? t1! : f3!;
    const [record] = await store.stories([(await store.findStoryRefs([f1!])).get(f1!)!]);
    expect(record!.members.map(({ article }) => article)).toEqual([f1, f2, f3]);
    await move({ ref: x!, how: 'with', other: f2! }, { ref: f2!, how, other });
    const stories = await store.findStoryRefs(refs);
    expect(stories.get(x!)).toBe(stories.get(f2!));
    expect(stories.get(f2!) === stories.get(other)).toBe(how === 'with');
  }
});
