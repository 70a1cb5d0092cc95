/** JSON by paths: paths, templates, and hostile documents. */
import { describe, expect, it } from 'vitest';
import { parseJsonPath, selectValues } from '../../../src/parse/json-paths/json-path.js';
import { parseJsonByPaths } from '../../../src/parse/json-paths/json-paths.js';

const at = (value: unknown, path: string) => selectValues(value, parseJsonPath(path)!, 100);

describe('a path', () => {
  const value = { a: [{ b: 1 }, { b: 2 }, { c: 3 }], 'odd name': { "it's": 4 }, empty: {} };
  it.each([
    ['$', [value]],
    ['$.a[*].b', [1, 2]],
    ['a[*].b', [1, 2]],
    ['$.a.*.c', [3]],
    ['$.a[-1].c', [3]],
    ['$.a[9]', []],
    ["$[\"odd name\"]['it\\'s']", [4]],
    ['$.a.b', []],
    ['$.empty[*]', []],
    ['$.constructor', []],
    ['$.a.length', []],
  ])('%s finds %j', (path, found) => {
    expect(at(value, path)).toEqual(found);
  });

  it('enumerates a list at the root', () => expect(at([1, 2], '[*]')).toEqual([1, 2]));

  it.each(['', '$.', '$..a', '$[?(@.a)]', '$.a[', '$ .a', '$[1:2]', 'a b'])('is invalid: %s', (text) => {
    expect(parseJsonPath(text)).toBeNull();
  });
});

const FIELDS = {
  items: '$.data[*]',
  title: 'headline.text',
  link: 'https://wire.example/{section}/{id}',
  date: 'at',
  summary: 'lead',
  content: 'body',
  image: 'picture',
  author: 'people[*].name',
  id: 'id',
  categories: 'tags',
  updated: null,
};
const parse = (value: unknown, fields: object = {}) =>
  parseJsonByPaths(typeof value === 'string' ? value : JSON.stringify(value), 'https://wire.example/api/v1', { ...FIELDS, ...fields }); // biome-ignore format: one call

describe('a document', () => {
  it('reads each field at its path', () => {
    const feed = parse({
      data: [
        {
          id: 17,
          section: 'sea/north',
          headline: { text: 'Ferry &amp; port' },
          at: 1_795_500_000,
          lead: 'It <b>stops</b>.',
          picture: '/i/17.jpg',
          people: [{ name: 'A. Reporter' }, { name: '' }, {}],
          tags: ['Ports', 'Ferries', null],
        },
        'no object',
      ],
    });
    expect(feed).toMatchObject({
      format: 'json',
      warnings: ['skipped an item that is not an object'],
    });
    expect(feed.items).toMatchObject([
      {
        guid: '17',
        url: 'https://wire.example/sea/north/17',
        title: { type: 'html', value: 'Ferry &amp; port' },
        published: new Date(1_795_500_000_000).toISOString(),
        images: [{ url: 'https://wire.example/i/17.jpg' }],
        authors: [{ name: 'A. Reporter' }],
        categories: [{ term: 'Ports' }, { term: 'Ferries' }],
      },
    ]);
  });

  it('may be the list itself, with absolute links', () => {
    const feed = parse({ list: [{ headline: { text: 'A' }, href: '/a' }] }, { items: 'list', link: 'href' });
    expect(feed.items[0]).toMatchObject({ url: 'https://wire.example/a' });
  });

  it('fills a template without leaving its path', () => {
    const feed = parse({ data: [{ id: '7?x#y', section: 'a b' }, { id: 1 }] });
    expect(feed.items.map(({ url }) => url)).toEqual(['https://wire.example/a%20b/7%3Fx%23y', null]);
  });

  it('uses the first path with a value', () => {
    const feed = parse(
      { data: [{ url: 'https://else.example/a', id: 1 }, { url: null, id: 2 }, { url: '' }] },
      { link: ['url', '/item?id={id}'], title: ['headline.text', 'Item {id}'] },
    );
    expect(feed.items.map(({ url, title }) => [url, title?.value])).toEqual([
      ['https://else.example/a', 'Item 1'],
      ['https://wire.example/item?id=2', 'Item 2'],
      [null, undefined],
    ]);
  });

  it('inserts values into text templates unescaped', () => {
    const feed = parse({ data: [{ name: 'A/B & C', v: '1.0' }] }, { title: '{name} {v}', id: '{name}@{v}' });
    expect(feed.items[0]).toMatchObject({ title: { value: 'A/B & C 1.0' }, guid: 'A/B & C@1.0' });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '', null])('ignores the link %s', (href) => {
    expect(parse({ data: [{ href }] }, { link: 'href' }).items[0]!.url).toBeNull();
  });

  it('reports what is missing', () => {
    expect(() => parse({ other: [] })).toThrow('nothing found at "items: $.data[*]"');
    expect(() => parse('"text"')).toThrow(expect.objectContaining({ code: 'PARSE_UNRECOGNIZED' }));
    expect(parse({ data: [] }, { items: 'data' })).toMatchObject({ items: [], warnings: [] });
  });
});

describe('documents that are too much', () => {
  const deep = `${'['.repeat(10_000)}1${']'.repeat(10_000)}`;
  it('rejects 10,000 nested lists without a crash', () => {
    const feed = parse(`{"data":[{"headline":{"text":"A"},"id":1,"section":"s","lead":${deep},"tags":${deep}}]}`);
    expect(feed.items).toMatchObject([{ title: { value: 'A' }, summary: null, categories: [] }]);
  });

  it('finds nothing in nested lists', () => {
    expect(() => parse(deep)).toThrow('nothing found at');
    expect(() => parse('['.repeat(200_000))).toThrow(expect.objectContaining({ name: 'ParseError' }));
  });

  it('keeps the newest 2,000 items', () => {
    const data = Array.from({ length: 5000 }, (_, id) => ({ id, section: 's', at: 1_700_000_000 + id }));
    for (const items of ['data', 'data[*]']) {
      const feed = parse({ data }, { items, date: 'at' });
      expect([feed.items.length, feed.items[0]?.guid, feed.items.at(-1)?.guid]).toEqual([2000, '3000', '4999']);
      expect(feed.warnings).toEqual(['kept the 2000 newest of 5000 items']);
    }
  });

  it('ignores prototype members', () => {
    expect(parse('{"data":[{"__proto__":{"id":1},"headline":{"text":"A"}}]}').items[0]).toMatchObject({ guid: null });
  });
});
