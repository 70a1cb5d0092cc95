import { expect, it } from 'vitest';
import { moveBetweenStories } from '../../../src/pipeline/organize/desk-stories.js';
import { findStories } from '../../../src/pipeline/organize/find-stories.js';
import { openMemory } from '../../support/memory-store.js';
import { aNewArticle, aState, someChanges } from '../../support/stored-articles.js';
import { ferry } from '../../support/wire.js';

it('leaves a story the dates of the articles that it has', async () => {
  const store = openMemory();
  const siteHost = 'news.example';
  const first = await store.reserveRefs(ferry.length);
  for (const [at, { sourceId, title, summary, publishedAt }] of ferry.entries()) {
    const added = aNewArticle(first + at, first + at, { sourceId, title, summary: summary ?? '', publishedAt });
    await store.saveFetch(aState({ sourceId }), someChanges({ added: [added] }));
  }
  await store.mint(ferry.map(({ id }, at) => ({ ref: first + at, id })), []); // biome-ignore format: one call
  await findStories(store, { siteHost });
  const dates = async (ref: number) => {
    const [story] = await store.stories([(await store.storiesOf([ref])).get(ref)!]);
    return [story!.firstAt, story!.lastAt];
  };
  const [one, two, three] = ferry.map(({ publishedAt }) => publishedAt.getTime());
  const [a, b, c] = ferry.map((_, at) => first + at);
  const move = (...wanted: Parameters<typeof moveBetweenStories>[1]) =>
    moveBetweenStories({ store, siteHost, leads: { prefer: [], chosen: new Set() }, news: false }, wanted);
  expect(await dates(b!)).toEqual([one, three]);
  await move({ ref: a!, how: 'apart', other: b! }, { ref: c!, how: 'apart', other: b! });
  expect(await dates(b!)).toEqual([two, two]);
  await move();
  expect(await dates(b!)).toEqual([one, three]);
});
