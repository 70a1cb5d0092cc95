/** Authors with feeds and pages of their own, over several days. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toAuthorSlug } from '../../src/text/author-slug.js';
import { aSite, type SiteParts, type TestSite } from '../support/a-site.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;

const hour = (n: number) => new Date(Date.UTC(2026, 10, 24, n)).toISOString();
const by = (...names: string[]) =>
  names.map((name) => `<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">${name}</dc:creator>`).join('');
const WIRE: readonly RssItem[] = [
  { title: 'Ferry sails again', link: 'https://wire.example/a', date: hour(5), xml: by('Jose Garcia', 'Ann Lee') },
  { title: 'Bridge closed for a year', link: 'https://wire.example/b', date: hour(4), xml: by('Ann Lee') },
  { title: 'Порт знову відкрито', link: 'https://wire.example/c', date: hour(3), xml: by('Олена Коваль') },
];
const POST: readonly RssItem[] = [
  { title: 'Storm over the coast', link: 'https://post.example/a', date: hour(2), xml: by('José García') },
];

interface Keys {
  readonly wire?: boolean;
  readonly post?: boolean;
  readonly desk?: boolean;
}

function parts({ wire = false, post = false, desk = false }: Keys): SiteParts {
  const authors = (has: boolean) => (has ? ', authors: true' : '');
  return {
    sources: [
      `{ id: wire, url: "${origin.url}/wire", title: The Wire${authors(wire)} }`,
      `{ id: post, url: "${origin.url}/post", title: The Post${authors(post)} }`,
      `{ id: desk, kind: posts, path: posts${authors(desk)} }`,
    ],
    more: ['publish: { items: 3, stories: false }'],
  };
}

const ALL = { wire: true, post: true, desk: true };
const serve = (path: 'wire' | 'post', items: readonly RssItem[]) =>
  origin.pages.set(`/${path}`, { body: rss(path, items, `https://${path}.example/`) });

beforeEach(async () => {
  origin = await serveFeeds();
  serve('wire', WIRE);
  serve('post', POST);
  site = aSite(parts({}));
  mkdirSync(join(site.root, 'posts'));
  const post =
    '---\ntitle: A walk around the harbour\ndate: 2026-11-24T01:00:00Z\nauthor: Ann Lee\n---\nTwo hours, flat.\n';
  writeFileSync(join(site.root, 'posts', 'walk.md'), post);
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const titles = (path: string) => site.json(`${path}.json`).items.map(({ title }) => title);
const authorFiles = () => [...site.files('authors').keys()];

describe('authors: true', () => {
  it('gives each author feeds and a page, also across sources', async () => {
    site.configure(parts(ALL));
    await site.run('2026-11-24T06:00:00Z');
    expect(titles('authors/ann-lee')).toEqual([
      'Ferry sails again',
      'Bridge closed for a year',
      'A walk around the harbour',
    ]);
    expect(titles('authors/jose-garcia')).toEqual(['Ferry sails again', 'Storm over the coast']);
    expect(site.read('authors/jose-garcia.atom')).toContain('<title type="text">José García – The Section</title>');
    expect(site.read('authors/jose-garcia.html')).toContain('<h1>José García</h1>');
    expect(titles(`authors/${toAuthorSlug('Олена Коваль')}`)).toEqual(['Порт знову відкрито']);
    expect(site.read('feeds.opml')).toMatch(/<outline text="Authors">\n<outline text="Ann Lee – The Section"/);
    expect(site.read('channels.html')).toContain('<a href="authors/ann-lee.html"><bdi>Ann Lee</bdi></a>');
    expect(site.read('index.html')).toContain('<a href="authors/ann-lee.html"><bdi>Ann Lee</bdi></a>');
    expect(site.read('sitemap.xml')).toContain('feeds/authors/ann-lee.html');
    expect(site.read('manifest.json')).toContain('"authors/ann-lee.rss"');
  });

  it('links bylines to pages that exist, and changes no other page or feed', async () => {
    await site.run('2026-11-24T06:00:00Z');
    const before = site.files();
    expect([...before.keys()].filter((path) => path.startsWith('authors/'))).toEqual([]);
    site.configure(parts({ wire: true }));
    await site.run('2026-11-24T07:00:00Z');
    expect(titles('authors/jose-garcia')).toEqual(['Ferry sails again']);
    const after = site.files();
    const changed = [...before].flatMap(([path, text]) => (after.get(path) === text ? [] : path));
    const articles = changed.filter((path) => path.startsWith('articles/'));
    expect(changed.filter((path) => !articles.includes(path))).toEqual([
      'feeds.opml',
      'index.html',
      'manifest.json',
      'sitemap.xml',
    ]);
    expect(articles).toHaveLength(WIRE.length);
    for (const path of articles) {
      const links = [...after.get(path)!.matchAll(/<a class="p-author" href="\.\.\/(authors\/[^"]+)">/g)];
      expect(links.length).toBeGreaterThan(0);
      for (const [, page] of links) expect(after.has(page!)).toBe(true);
    }
    site.configure(parts({}));
    await site.run('2026-11-24T08:00:00Z');
    const files = site.files();
    expect(files).toEqual(before);
  });

  it('adds later articles, archives old ones, and writes nothing without news', async () => {
    site.configure(parts(ALL));
    await site.run('2026-11-24T06:00:00Z');
    const later = [1, 2].map((n) => ({ title: `Later ${n}`, date: hour(6 + n), xml: by('Ann Lee') })).reverse();
    serve('wire', [...later, ...WIRE]);
    await site.run('2026-11-24T10:00:00Z');
    expect(titles('authors/ann-lee')).toEqual(['Later 2', 'Later 1', 'Ferry sails again']);
    expect(titles('archive/authors/ann-lee/1')).toHaveLength(2);
    expect(site.read('archive/authors/ann-lee/1.html')).toContain('Bridge closed for a year');
    const files = site.files();
    const { report } = await site.run('2026-11-24T11:00:00Z');
    expect(report.files.written).toBe(0);
    expect(site.files()).toEqual(files);
  });

  it('follows a corrected byline, and removes an author without articles', async () => {
    site.configure(parts(ALL));
    serve('post', [{ ...POST[0]!, xml: by('Jhon Smith') }]);
    await site.run('2026-11-24T06:00:00Z');
    expect(authorFiles()).toContain('authors/jhon-smith.html');
    serve('post', [{ ...POST[0]!, xml: by('John Smith') }]);
    await site.run('2026-11-24T07:00:00Z');
    expect(titles('authors/john-smith')).toEqual(['Storm over the coast']);
    expect(authorFiles().filter((path) => path.includes('jhon'))).toEqual([]);
    expect(site.read('feeds.opml')).not.toContain('Jhon');
  });

  it('obeys the desk', async () => {
    site.configure(parts(ALL));
    await site.run('2026-11-24T06:00:00Z');
    const before = site.files('authors');
    const desk = (...lines: string[]) => ({ ...parts(ALL), more: [...parts(ALL).more!, ...lines] });
    site.configure(desk('desk: [{ article: "https://wire.example/a", hide: true }]'));
    await site.run('2026-11-24T07:00:00Z');
    expect(titles('authors/jose-garcia')).toEqual(['Storm over the coast']);
    expect(site.read('authors/ann-lee.atom')).toContain('at:deleted-entry');
    site.configure(desk('desk: [{ article: "https://post.example/a", hide: true }]'));
    await site.run('2026-11-24T08:00:00Z');
    expect(titles('authors/jose-garcia')).toEqual(['Ferry sails again']);
    site.configure(parts(ALL));
    await site.run('2026-11-24T09:00:00Z');
    expect(site.files('authors')).toEqual(before);
  });

  it('is restored from the published files, byte for byte', async () => {
    site.configure(parts(ALL));
    await site.run('2026-11-24T06:00:00Z');
    const files = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    const { report } = await site.run('2026-11-24T06:00:00Z');
    expect(report.articles.added).toBe(0);
    expect(site.files()).toEqual(files);
  });
});

describe('toAuthorSlug', () => {
  it.each([
    ['José García-Ruiz', 'jose-garcia-ruiz'],
    ['JOSE GARCIA RUIZ', 'jose-garcia-ruiz'],
    ["Máire O'Brien", 'maire-o-brien'],
    ['Łukasz Strauß', 'lukasz-strauss'],
    ['***', ''],
  ])('%s → %s', (name, slug) => expect(toAuthorSlug(name)).toBe(slug));

  it('hashes names in other scripts, each its own', () => {
    const slugs = ['Олена Коваль', 'Олена Smith', 'Іван Smith', '山田太郎'].map(toAuthorSlug);
    expect(new Set(slugs).size).toBe(4);
    for (const slug of slugs) expect(slug).toMatch(/^[a-z2-7]{12}$/);
    expect(toAuthorSlug('олена  коваль')).toBe(slugs[0]);
  });
});
