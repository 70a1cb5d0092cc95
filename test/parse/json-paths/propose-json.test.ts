/** Proposals for JSON in the shapes of well-known APIs, with invented articles. */
import { describe, expect, it } from 'vitest';
import { proposeJson } from '../../../src/parse/json-paths/propose/propose-json.js';
import { listFieldPaths } from '../../../src/parse/json-paths/propose/record-lists.js';

const propose = (value: unknown) => proposeJson(JSON.stringify(value), value, 'https://harbour.example/latest.json');
const HEADLINES = ['Ferry sails again', 'Bridge opens early', 'Mill burns down', 'School closes'];
const times = <T>(make: (headline: string, day: number) => T) => HEADLINES.map((headline, i) => make(headline, 20 + i));
const fieldsOf = (value: unknown) =>
  Object.fromEntries(Object.entries(propose(value)?.fields ?? {}).filter(([, path]) => path !== null));

describe('has no doubt about', () => {
  it('a list at the root, with markup in objects and two dates', () => {
    const posts = times((rendered, day) => ({
      id: day,
      date: `2026-11-${day}T10:00:00`,
      date_gmt: `2026-11-${day}T08:00:00`,
      guid: { rendered: `https://harbour.example/?p=${day}` },
      link: `https://harbour.example/${day}/`,
      title: { rendered },
      excerpt: { rendered: `<p>${rendered}, they say.</p>` },
      author: 6,
      _links: { self: [{ href: `https://harbour.example/wp-json/wp/v2/posts/${day}` }] },
    }));
    expect(propose(posts)).toMatchObject({ doubt: null, items: { 0: { title: HEADLINES[0], date: '2026-11-20T08:00:00.000Z' } } }); // biome-ignore format: one line
    expect(fieldsOf(posts)).toEqual({ items: '$', title: 'title.rendered', link: 'link', date: 'date_gmt', summary: 'excerpt.rendered', id: 'guid.rendered' }); // biome-ignore format: one line
  });

  it('wrapped items with seconds since 1970', () => {
    const children = times((title, day) => ({
      kind: 't3',
      data: { title, permalink: `/r/ships/comments/${day}/`, created_utc: 1_795_000_000 + day * 86_400, author: `writer${day}`, thumbnail: 'self', score: day, name: `t3_${day}` }, // biome-ignore format: one object
    }));
    expect(propose({ kind: 'Listing', data: { after: null, children } })?.doubt).toBeNull();
    expect(fieldsOf({ kind: 'Listing', data: { after: null, children } })).toMatchObject({ items: 'data.children', title: 'data.title', link: 'data.permalink', date: 'data.created_utc', author: 'data.author' }); // biome-ignore format: one line
  });

  it('map features, whose headline is not the name of another object', () => {
    const features = times((title, day) => ({
      id: `q${day}`,
      user: { name: `Writer number ${day}`, url: `https://harbour.example/people/${day}` },
      properties: { title, time: 1_795_000_000_000 + day * 86_400_000, url: `https://harbour.example/q/${day}`, detail: `https://api.harbour.example/q/${day}.json` }, // biome-ignore format: one object
    }));
    expect(propose({ type: 'FeatureCollection', features })?.doubt).toBeNull();
    expect(fieldsOf({ type: 'FeatureCollection', features })).toMatchObject({ title: 'properties.title', link: 'properties.url', date: 'properties.time', id: 'id' }); // biome-ignore format: one line
  });

  it('page addresses instead of API addresses', () => {
    const releases = times((name, day) => ({ name, url: `https://api.harbour.example/releases/${day}`, html_url: `https://harbour.example/releases/${day}`, published_at: `2026-11-${day}T08:00:00Z` })); // biome-ignore format: one object
    expect(fieldsOf(releases).link).toBe('html_url');
  });

  it('nested lists, and headlines that are lists', () => {
    const works = times((title, day) => ({ title: [title], URL: `https://harbour.example/${day}`, created: { 'date-time': `2026-11-${day}T08:00:00Z` } })); // biome-ignore format: one object
    const pages = [{ items: works.slice(0, 2) }, { items: works.slice(2) }];
    expect(fieldsOf({ pages })).toEqual({ items: 'pages[*].items[*]', title: 'title', link: 'URL', date: 'created.date-time' }); // biome-ignore format: one line
    expect(propose({ pages })?.items).toHaveLength(4);
  });
});

it('replaces missing headlines by a second path', () => {
  const releases = times((name, day) => ({ name: day % 2 === 0 ? '' : name, tag_name: `v1.${day}.0-ferry`, html_url: `https://harbour.example/r/${day}`, published_at: `2026-11-${day}` })); // biome-ignore format: one object
  expect(fieldsOf(releases).title).toEqual(['name', 'tag_name']);
  expect(propose(releases)?.items.map(({ title }) => title)).toEqual(['v1.20.0-ferry', HEADLINES[1], 'v1.22.0-ferry', HEADLINES[3]]); // biome-ignore format: one call
});

it('takes no identifiers as categories and no times of indexing as changes, and links to the page of an item', () => {
  const hits = times((title, day) => ({ objectID: `${day}`, title, ...(day > 20 && { url: `https://harbour.example/${day}` }), created_at: `2026-11-${day}T08:00:00Z`, updated_at: `2026-11-24T09:0${day % 10}:00Z`, _tags: ['story', `story_${day}`, 'author_clerk'] })); // biome-ignore format: one object
  const proposal = proposeJson(JSON.stringify({ hits }), { hits }, 'https://hn.algolia.com/api/v1/search');
  expect(proposal?.fields).toMatchObject({ categories: null, updated: null, date: 'created_at', link: ['url', 'https://news.ycombinator.com/item?id={objectID}'] }); // biome-ignore format: one line
  expect(proposal?.items[0]?.url).toBe('https://news.ycombinator.com/item?id=20');
});

it('shows the pictures of attachments, but takes no links from lists', () => {
  const posts = times((text, day) => ({ id: day, uri: `https://harbour.example/p/${day}`, url: `https://harbour.example/@clerk/${day}`, created_at: `2026-11-${day}`, content: `<p>${text}</p>`, media_attachments: [{ url: `https://harbour.example/${day}.mp4`, preview_url: `https://harbour.example/${day}.jpg` }] })); // biome-ignore format: one object
  expect(fieldsOf(posts)).toMatchObject({ link: 'url', image: 'media_attachments[*].preview_url' });
  expect(propose(times((title, day) => ({ title, tags: [{ name: 'x', url: `/t/${day}` }] })))).toBeNull();
});

describe('has doubts', () => {
  it.each<[string, unknown]>([
    ['it has only 2 items', times((title, day) => ({ title, url: `/a/${day}`, published: `2026-11-${day}` })).slice(2)],
    ['its items have no dates that newsloom can read', times((title, day) => ({ title, url: `/a/${day}` }))],
    ['its items have no headlines', times((text, day) => ({ text, url: `/a/${day}`, created_at: `2026-11-${day}` }))],
    ['its links lead to an API', times((title, day) => ({ title, url: `https://api.harbour.example/${day}`, date: `2026-11-${day}` }))],
    ['its headlines are very short', times((_, day) => ({ name: `v1.${day}`, url: `/a/${day}`, date: `2026-11-${day}` }))],
    [
      'another list looks as good: "top"',
      {
        latest: times((title, day) => ({ title, url: `/a/${day}`, date: `2026-11-${day}` })),
        top: times((title, day) => ({ title: `Top: ${title}`, url: `/t/${day}`, date: `2026-11-${day}` })),
      },
    ],
  ])('%s', (doubt, value) => expect(propose(value)?.doubt).toBe(doubt)); // biome-ignore format: a table
});

describe('finds nothing', () => {
  it.each<[string, unknown]>([
    ['without addresses', times((title, day) => ({ title, slug: `a-${day}`, date: `2026-11-${day}` }))],
    ['in one object', { title: 'Ferry sails', url: 'https://harbour.example/', date: '2026-11-24' }],
    ['where all items have one address', times((title) => ({ title, url: 'https://harbour.example/' }))],
    ['in numbers', [[1, 2], [3, 4]]],
    ['in nothing', null],
  ])('%s', (_, value) => expect(propose(value)).toBeNull()); // biome-ignore format: a table

  it('in 10,000 nested lists, or in objects with 10,000 names', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(proposeJson(deep, JSON.parse(deep), 'https://a.example/')).toBeNull();
    const wide = Array.from({ length: 50 }, () => Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`n${i}`, { a: {} }]))); // biome-ignore format: one value
    expect(propose(wide)).toBeNull();
  });
});

it('examines a few hundred paths, shallow ones first', () => {
  const wide = (depth: number): object =>
    Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`k${i}`, depth === 0 ? i : wide(depth - 1)]));
  const paths = listFieldPaths([{ ...wide(2), title: 'x' }]);
  expect(paths).toHaveLength(500);
  expect(paths[0]).toBe('title');
});
