import { describe, expect, it } from 'vitest';
import { createOwnerFinder } from '../../../src/pipeline/restore/owners.js';
import type { PublishedArticle } from '../../../src/pipeline/restore/published-edition.js';

const source = (id: string, title: string | null = null) => ({
  id,
  url: `https://feeds.${id}.example/rss`,
  title,
  homeUrl: `https://${id}.example/`,
});
const owner = createOwnerFinder([source('a', 'Paper A'), source('b', 'Paper B'), source('hub', 'The Hub')]);
const told = (parts: Partial<PublishedArticle>, ...channels: string[]): PublishedArticle => ({
  id: 'x',
  url: 'https://elsewhere.example/1',
  link: 'https://elsewhere.example/1',
  title: 'T',
  summary: '',
  machine: [],
  contentHtml: null,
  authors: [],
  language: null,
  publishedAt: new Date(0),
  updatedAt: null,
  image: null,
  enclosures: [],
  episode: null,
  topics: [],
  publication: { title: 'Nobody', url: null, feedUrl: null },
  via: null,
  credited: null,
  discussionUrl: null,
  rights: null,
  channels: new Set(channels),
  ...parts,
});

describe('an article belongs to', () => {
  it.each([
    ['the only source with a feed that contains it', told({}, 'all', 'sources/a'), 'a', []],
    [
      'the source that it names, of several',
      told(
        { publication: { title: 'X', url: null, feedUrl: 'https://feeds.b.example/rss' } },
        'sources/a',
        'sources/b',
      ),
      'b',
      ['a'],
    ],
    [
      'the aggregator that carried it',
      told(
        {
          publication: { title: 'Paper A', url: null, feedUrl: null },
          via: { title: 'The Hub', url: null, feedUrl: null },
        },
        'all',
      ),
      'hub',
      [],
    ],
    [
      'the publication with that name',
      told({ publication: { title: 'paper b', url: null, feedUrl: null } }, 'all'),
      'b',
      [],
    ],
    ['the source on the same host', told({ url: 'https://www.a.example/1' }, 'all'), 'a', []],
    [
      'the first source with it, if it names another',
      told({ publication: { title: 'The Hub', url: null, feedUrl: null } }, 'sources/a', 'sources/b'),
      'a',
      ['b'],
    ],
    ['no configured source', told({}, 'all'), 'unknown', []],
  ] as const)('%s', (_, article, sourceId, alsoIn) => {
    expect(owner(article)).toEqual({ sourceId, alsoIn });
  });
});
