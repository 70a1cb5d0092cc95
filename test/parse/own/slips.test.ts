/** Slips in posts and links, as editors make them: each is named with file and line, and the others are published. */
import { describe, expect, it } from 'vitest';
import type { OwnSource } from '../../../src/model/source.js';
import { readByKind } from '../../../src/parse/kinds.js';

const own = (kind: OwnSource['kind']): OwnSource => ({
  kind,
  path: kind === 'posts' ? 'content' : 'links.yaml',
  homeUrl: 'https://news.example.org/',
  feedUrl: 'https://news.example.org/feeds/sources/own.rss',
  imagesUrl: 'https://news.example.org/feeds/posts/own/',
  language: 'en',
  topics: ['town'],
});

const parseOwn = (text: string, own: OwnSource) =>
  readByKind({ own }, { body: Buffer.from(text), contentType: null, url: 'file:///own' });

async function post(text: string): Promise<string[]> {
  const posts = [
    { path: 'a.md', text },
    { path: 'good.md', text: '---\ntitle: Good\n---\n' },
  ];
  const images = [{ path: 'P.png', digest: 'x' }];
  const { items, warnings } = await parseOwn(JSON.stringify({ posts, images }), own('posts'));
  expect(items.map(({ title }) => title?.value)).toContain('Good');
  return warnings.length > 0 ? warnings : items.flatMap(({ title }) => title?.value ?? []);
}

async function links(text: string): Promise<[string[], string[]]> {
  const { items, warnings } = await parseOwn(text, own('links'));
  return [items.flatMap(({ title }) => title?.value ?? []), warnings];
}

describe('a post', () => {
  it.each([
    ['---\ntitle: "No #1 ferry"\n---\n', ['No #1 ferry', 'Good']],
    ['---\ntitle: Ferry # as of today\n---\n', ['Ferry', 'Good']],
    ['---\ntitle: No #1 ferry\n---\n', ['content/a.md:2: the text ends before "#1 ferry": put it in quotes']],
    [
      '---\ntitle: Ferry: it sails\n---\n',
      ['content/a.md:2: the front matter is no valid YAML: a value that has ": " in it: put it in quotes'],
    ],
    [
      '---\n\ttitle: Ferry\n---\n',
      ['content/a.md:2: the front matter is no valid YAML: a tab: YAML is indented with spaces only'],
    ],
    ['---\ntitle: true\n---\n', ['content/a.md:2: "title" must be text: put it in quotes']],
    ['---\ntitle: A\ndraft: yes\n---\n', ['content/a.md:3: "draft" must be true or false, without quotes']],
    [
      '---\nTitle: A\n---\n',
      [
        'content/a.md:1: it has no title: write "title: …" between the two lines of ---',
        'content/a.md:2: unknown key "Title"; write "title"',
      ],
    ],
    ['---\ntitle: A\nlayout: post\nweight: 3\n---\n', ['A', 'Good']],
    ['---\ntitle: A\nsumary: B\n---\n', ['content/a.md:3: unknown key "sumary"; write "summary"']],
    ['---\ntitle: A\npubDate: soon\n---\n', ['content/a.md:3: "pubDate: soon" is no date: write 2026-11-24']],
    ['---\ntitle: caf\ufffd\n---\n', ['content/a.md:2: a character that is not UTF-8: save the file as UTF-8']],
    [
      '---\ntitle: A\n---\n\n![Pier](p.png)\n',
      ['content/a.md:5: the image "p.png" is called "P.png" in the folder: capitals count'],
    ],
  ])('%j', async (text, expected) => {
    expect(await post(text)).toEqual(expected);
  });
});

it('a post of a site generator is read by its own keys, at the address where that shows it', async () => {
  const matter =
    'title: A\ndescription: In short\npubDate: Jul 08 2026\nupdatedDate: 2026-07-09\ntags: [sea, 1]\nheroImage: ../../x.jpg';
  const posts = [
    { path: 'one/index.md', text: `---\n${matter}\n---\n` },
    { path: 'two words.md', text: '---\ntitle: B\nslug: two\nsummary: Ours\ndescription: Theirs\n---\n' },
    { path: 'c.md', text: '---\ntitle: C\nurl: https://other.example/c\n---\n' },
  ];
  const at = 'https://blog.example/{path}/?s={slug}';
  const { items, warnings } = await parseOwn(JSON.stringify({ posts, images: [] }), { ...own('posts'), at });
  expect(warnings).toEqual([]);
  expect(Object.fromEntries(items.map(({ title, url }) => [title?.value, url]))).toEqual({
    A: 'https://blog.example/one/?s=one',
    B: 'https://blog.example/two%20words/?s=two',
    C: 'https://other.example/c',
  });
  const [a, b] = ['A', 'B'].map((name) => items.find(({ title }) => title?.value === name));
  expect(a).toMatchObject({ published: '2026-07-08T00:00:00.000Z', updated: '2026-07-09T00:00:00.000Z', images: [] });
  expect(a).toMatchObject({ summary: { value: 'In short' }, categories: [{ term: 'sea' }] });
  expect(b?.summary?.value).toBe('Ours');
});

describe('links', () => {
  const GOOD = '- { url: https://good.example/, title: Good }\n';
  it.each([
    ['\ufeff- { url: https://x.example/, title: One }\r\n', ['One', 'Good'], []],
    ['- url: https://x.example/\n  title: One\n  title: Two\n', ['Good'], ['links.yaml:3: a key stands here twice']],
    [
      '- url: https://x.example/\n  title: No #1 ferry\n',
      ['Good'],
      ['links.yaml:2: the text ends before "#1 ferry": put it in quotes'],
    ],
    [
      '- { url: https://news.example.org/feeds/articles/abc.html, title: Ours }\n',
      ['Good'],
      ['links.yaml:1: it is a page of this section: write the address of the article itself'],
    ],
    [
      '-\turl: https://x.example/\n\ttitle: One\n',
      [],
      ['links.yaml:1: no valid YAML: a tab: YAML is indented with spaces only'],
    ],
    [
      '- { url: https://x.example/, title: caf\ufffd }\n',
      [],
      ['links.yaml:1: a character that is not UTF-8: save the file as UTF-8'],
    ],
  ])('%j', async (text, titles, said) => {
    expect(await links(`${text}${GOOD}`)).toEqual([titles, said]);
  });
});
