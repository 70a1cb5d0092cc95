import { expect, it } from 'vitest';
import { assignStories, type ClusterInput, clusterInputs, makeStory } from '../../src/cluster/cluster.js';
import { OpenStories } from '../../src/cluster/open-stories.js';
import { weighByLanguage } from '../../src/cluster/terms/weigh.js';
import { readArticle } from '../../src/cluster/text/reading.js';
import { wire } from '../support/wire.js';

/** Hourly articles about one event. */
function reports(hours: number): ClusterInput[] {
  const all = Array.from({ length: hours }, (_, hour) => {
    const title = `Ferry Astrilda runs aground off Velmora, day ${hour}`;
    const summary = `Tugs pulled at the ferry Astrilda off Velmora; captain Jorunn Hakk spoke of sandbank ${hour}.`;
    return wire(`a${hour}`, hour, { sourceId: `s${hour}`, title, summary });
  }).map((article, ref) => {
    const at = article.publishedAt.getTime();
    const text = { title: article.title, summary: article.summary ?? '' };
    return { ...article, ref, publishedAt: at, firstSeenAt: at, reading: readArticle(article), text };
  });
  return clusterInputs(all, ({ reading }) => weighByLanguage(reading));
}

it('keeps the vectors of merged stories in the order of their articles', () => {
  const live = new OpenStories();
  const rules = { window: 72 * 3_600_000, host: null };
  const articles = reports(9);
  makeStory(articles.filter(({ ref }) => ref % 2 === 0 && ref < 8), live, rules); // biome-ignore format: one call
  makeStory(articles.filter(({ ref }) => ref % 2 === 1), live, rules); // biome-ignore format: one call
  assignStories(articles.slice(8), live, rules);
  const [story, ...others] = live.all.filter(({ mergedInto }) => mergedInto === null);
  expect(others).toEqual([]);
  expect(story!.members.map(({ article }) => article)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(story!.vectors).toEqual(story!.members.map(({ vector }) => vector));
});
