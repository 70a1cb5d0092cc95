import { describe, expect, it } from 'vitest';
import { selectLead } from '../../../src/cluster/lead.js';
import { OpenStories } from '../../../src/cluster/open-stories.js';
import { createStoryId } from '../../../src/cluster/story-id.js';
import type { RestoredArticle } from '../../../src/pipeline/restore/articles.js';
import type { PublishedStoryFeed } from '../../../src/pipeline/restore/published-edition.js';
import { rebuildStories } from '../../../src/pipeline/restore/stories.js';
import { toSlug } from '../../../src/text/slug.js';
import { aNewArticle } from '../../support/stored-articles.js';

const HOST = 'news.example.org';
const context = { siteHost: HOST, items: 50, leads: { prefer: [], languages: ['en'], chosen: new Set<number>() } };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 8, minute));
const link = (ref: number) => `https://paper.example/${ref}`;

interface More {
  readonly source?: string;
  readonly channels?: string[];
  readonly summary?: string;
  readonly language?: string;
}

function anArticle(ref: number, title: string, more: More = {}) {
  const { source = `s${ref}`, channels = ['all'], summary = '', language = 'en' } = more;
  const article = aNewArticle(ref, ref, {
    sourceId: source,
    url: link(ref),
    title,
    summary,
    language,
    contentHtml: null,
    attribution: { publication: { title: source, url: null, feedUrl: null }, via: null, credited: null },
    publishedAt: at(ref),
    firstSeenAt: at(ref),
  });
  return {
    id: `id-${ref}`,
    article,
    link: link(ref),
    alsoIn: [],
    updatedAt: null,
    withdrawn: null,
    channels,
    machine: [],
  };
}

/** Creates the feed of a story. */
function aStory(id: string, lead: number, others: readonly number[], copies: readonly [number, number][] = []) {
  return {
    slug: toSlug(id),
    story: { id, lead: `id-${lead}`, copies: copies.map(([copy, of]) => ({ id: `id-${copy}`, of: `id-${of}` })) },
    ids: [lead, ...others].sort((a, b) => b - a).map((ref) => `id-${ref}`),
    outdated: new Set<string>(),
  };
}

function restored(articles: readonly RestoredArticle[], storyFeeds: readonly PublishedStoryFeed[] | null, items = 50) {
  const edition = { stories: storyFeeds === null ? null : [], storyFeeds: [...(storyFeeds ?? [])] };
  const { changes } = rebuildStories(edition, articles, { ...context, items });
  const refsOf = (story: (typeof changes.stories)[number]) =>
    story.members.map(({ article }) => article).sort((a, b) => a - b);
  return {
    stories: changes.stories,
    groups: changes.stories.map(refsOf).sort((a, b) => a[0]! - b[0]!),
    named: (id: string) => changes.stories.filter((story) => story.id === id).map(refsOf),
  };
}

const FERRY = 'Ferry to Northport sinks after collision with freighter';

describe('restored stories', () => {
  it('have the members that the edition lists, even if their texts differ', () => {
    const articles = [anArticle(1, FERRY), anArticle(2, 'Choir wins prize in Vienna'), anArticle(3, FERRY)];
    const { groups, named } = restored(articles, [aStory('tag:x,2026:story-a', 1, [2])]);
    expect(named('tag:x,2026:story-a')).toEqual([[1, 2]]);
    expect(groups).toEqual([[1, 2], [3]]);
  });

  it('are not created if the edition has none', () => {
    const articles = [anArticle(1, FERRY), anArticle(2, FERRY), anArticle(3, FERRY, { source: 's1' })];
    expect(restored(articles, []).groups).toEqual([[1], [2], [3]]);
  });

  it('are clustered as in a run if no stories are published', () => {
    const articles = [anArticle(1, FERRY), anArticle(2, FERRY), anArticle(3, 'Choir wins')];
    expect(restored(articles, null).groups).toEqual([[1, 2], [3]]);
  });

  it('keep older members that do not fit into the feed, and no others', () => {
    const articles = Array.from({ length: 50 }, (_, i) => anArticle(i + 1, FERRY));
    const listed = Array.from({ length: 40 }, (_, i) => i + 3);
    const { named, groups } = restored(articles, [aStory('tag:x,2026:story-c', 2, listed)], 41);
    expect(named('tag:x,2026:story-c')).toEqual([Array.from({ length: 42 }, (_, i) => i + 1)]);
    expect(groups.filter(({ length }) => length === 1)).toEqual([[43], [44], [45], [46], [47], [48], [49], [50]]);
  });

  it('compare later reports with those of their language', () => {
    const articles = [anArticle(1, FERRY), anArticle(2, FERRY), anArticle(3, 'Fähre vor Velmora auf Grund', { language: 'de' })]; // biome-ignore format: one list
    const { stories } = restored(articles, [aStory('tag:x,2026:story-l', 1, [2, 3])]);
    const live = new OpenStories();
    live.load(stories[0]!);
    const parts = live.all.map(({ language, members }) => [language, members.map(({ article }) => article)]);
    expect(parts).toEqual([['en', [1, 2]], ['de', [3]]]); // biome-ignore format: one table
    expect(live.all.every(({ keys }) => keys.length > 0)).toBe(true);
  });

  it('keep the published lead', () => {
    const articles = [anArticle(1, FERRY, { summary: 'Two sailors were taken ashore.' }), anArticle(2, FERRY)];
    const { stories } = restored(articles, [aStory('tag:x,2026:story-d', 2, [1])]);
    expect(selectLead(stories[0]!.members, context.leads).article).toBe(2);
  });

  it('keep the copies that the feed lists', () => {
    const articles = [anArticle(1, FERRY), anArticle(2, FERRY, { channels: ['sources/s2'] }), anArticle(3, FERRY)];
    const { stories } = restored(articles, [aStory('tag:x,2026:story-e', 1, [3], [[2, 1]])]);
    const copies = stories[0]!.members.map(({ article, copyOf }) => [article, copyOf]);
    expect(copies.sort()).toEqual([
      [1, null],
      [2, 1],
      [3, null],
    ]);
  });

  it('fold articles missing from `all` into a shown copy if no stories are published', () => {
    const articles = [anArticle(1, FERRY), anArticle(2, FERRY, { channels: ['sources/s2'] })];
    const [story] = restored(articles, null).stories;
    expect(story!.members.map(({ article, copyOf }) => [article, copyOf]).sort()).toEqual([
      [1, null],
      [2, 1],
    ]);
  });

  it('have unique ids, even if the article that gave a story its id has left it', () => {
    const articles = [anArticle(1, 'Choir wins'), anArticle(2, FERRY), anArticle(3, FERRY)];
    const { stories, named } = restored(articles, [aStory(createStoryId('id-1', HOST, at(1).getTime()), 2, [3])]);
    expect(new Set(stories.map(({ id }) => id)).size).toBe(2);
    expect(named(createStoryId('id-1', HOST, at(1).getTime()))).toEqual([[2, 3]]);
  });
});
