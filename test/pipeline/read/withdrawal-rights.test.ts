import { describe, expect, it } from 'vitest';
import { createSiteOwnership } from '../../../src/pipeline/facts/site-ownership.js';
import { selectWithdrawable } from '../../../src/pipeline/read/withdrawal-rights.js';
import { publishedArticle } from '../../support/published-article.js';
import { aSource } from '../../support/sources.js';
import { aState } from '../../support/stored-articles.js';

const world = aSource({ id: 'paper-world', url: 'https://feeds.paper.example/world.xml' });
const europe = aSource({ id: 'paper-europe', url: 'https://feeds.paper.example/europe.xml' });
const rival = aSource({ id: 'rival', url: 'https://rival.example/feed' });

describe('withdrawable', () => {
  const ownership = createSiteOwnership([world, europe, rival], new Map());
  const owners = ['rival', 'paper-world', 'paper-europe', 'left-the-config'];
  const stored = owners.map((sourceId, i) => publishedArticle({ ref: i + 1, sourceId }));
  const store = { articles: async (refs: readonly number[]) => stored.filter(({ ref }) => refs.includes(ref)) };

  it.each([
    ['its own articles, not those of a publisher that it carried', rival, [1]],
    ['articles of all feeds of one publisher', world, [2, 3]],
  ])('selects %s', async (_, source, expected) => {
    expect(await selectWithdrawable([1, 2, 3, 4, 5], source.id, { store, ownership })).toEqual(expected);
  });

  it('selects no articles of a source that only claims the same site', async () => {
    const sources = ['rival', 'left-the-config'].map((id) => aSource({ id, url: `https://${id}.example/feed` }));
    const url = new URL('/', stored[0]!.url!).href;
    const profile = {
      title: null,
      homeUrl: url,
      feedUrl: null,
      description: null,
      language: null,
      imageUrl: null,
      rights: null,
    };
    const states = new Map(
      sources.map(({ id, url }) => [id, { ...aState({ sourceId: id, configuredUrl: url }), profile }]),
    );
    const claimed = createSiteOwnership(sources, states);
    expect(await selectWithdrawable([1, 4], 'rival', { store, ownership: claimed })).toEqual([1]);
  });
});
