/** Backfill adds older articles to the archives without announcements and without changes to existing articles. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackfillSiteOptions, backfillSite, backfillSource } from '../../src/app/backfill-site.js';
import { loadSite } from '../../src/app/load-site.js';
import { openSite } from '../../src/app/open-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { aMessenger, type Messenger } from '../support/messenger.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

let origin: FeedServer;
let messenger: Messenger;
let site: TestSite;
const NOW = '2026-11-24T09:07:00Z';
const HOUR = 3_600_000;
const WORDS =
  'harbour ferry storm reef clinic quarry school mill bridge orchard museum tram bakery glacier senate violin lantern beetle canal tunnel'.split(
    ' ',
  );
const word = (n: number) => WORDS[n % WORDS.length]!;
/** All different, so that each is its own story. */
const headline = (n: number) =>
  `${word(n * 7)}${n % 13} ${word(n * 3 + 1)}${n % 29} ${word(Math.floor(n / 20))}${n} ${word(Math.floor(n / 7) + 5)}${n % 31}`;
/** The newest is number 0; one an hour. */
const article = (n: number): RssItem => ({
  title: headline(n),
  description: `${word(n * 11)}${n} ${word(n * 13 + 3)}${n * 3} ${word(n * 17 + 9)}${n * 7}.`,
  link: `https://paper.example/${n}`,
  date: new Date(Date.parse('2026-11-24T08:00:00Z') - n * HOUR).toISOString(),
});
const articles = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => article(from + i));
const feed = (items: readonly RssItem[], more = '') =>
  rss('The Paper', items).replace('</channel>', `${more}</channel>`);
const link = (rel: string, path: string) =>
  `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="${rel}" href="${origin.url}${path}"/>`;
const pagesAsked = () => origin.requests.map(({ path }) => path).filter((path) => path !== '/feed');
async function walk(options: Partial<BackfillSiteOptions> = {}) {
  const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
  return await backfillSite(settings, 'paper', {
    since: new Date('2026-08-01T00:00:00Z'),
    pages: 100,
    now: new Date(NOW),
    signal: new AbortController().signal,
    observer: { start: () => {}, done: () => {}, published: () => {} },
    ...options,
  });
}
/** RFC 5005 archives of `size` articles, numbered from the newest. */
function serveArchives(from: number, to: number, size: number): void {
  for (let at = from, n = 1; at < to; at += size, n++) {
    const more = at + size < to ? link('prev-archive', `/archive/${n + 1}`) : '';
    origin.pages.set(`/archive/${n}`, { body: feed(articles(at, Math.min(to, at + size)), more) });
  }
}
const heads = () => [...site.files().keys()].filter((path) => path.endsWith('.json') && !path.includes('archive/') && !/^(?:status|manifest)/.test(path)); // biome-ignore format: one call
const shown = (path: string) => {
  const { items, next_url: _, ...about } = site.json(path);
  return JSON.stringify([about, items]);
};
/** Every article that a client finds from a head. */
function walked(path: string): Record<string, unknown>[] {
  const { items, next_url: next } = site.json(path);
  return typeof next === 'string' ? [...items, ...walked(next.replace('https://news.example.org/feeds/', ''))] : items;
}

beforeEach(async () => {
  origin = await serveFeeds();
  messenger = await aMessenger();
  site = aSite({
    sources: [`{ id: paper, url: "${origin.url}/feed" }`],
    topics: ['{ id: sea, any: ["harbour*", "ferry*", "storm*"] }'],
    more: ['publish: { formats: [json, atom] }', `announce: [{ to: webhook, url: "${messenger.origin}/hook", of: [all, stories] }]`], // biome-ignore format: one call
  });
  origin.pages.set('/feed', { body: feed(articles(0, 150), link('prev-archive', '/archive/1')) });
});
afterEach(async () => {
  await origin.close();
  await messenger.close();
  site.remove();
});

describe('a source with archives', () => {
  thorough('adds two thousand articles without changing existing ones', async () => {
    await site.run('2026-11-24T08:07:00Z');
    await site.run('2026-11-24T08:37:00Z');
    const told = messenger.asked.length;
    const before = new Map(heads().map((path) => [path, shown(path)]));
    const full = site.read('archive/all/1.json');
    serveArchives(150, 2150, 100);
    expect(await walk()).toMatchObject({ pages: 21, added: 2000, undated: 0, tooNew: 0, ended: 'end', error: null });
    expect(heads().filter((path) => shown(path) !== before.get(path))).toEqual([]);
    expect(site.read('archive/all/1.json')).toBe(full);
    const all = walked('all.json');
    expect(new Set(all.map(({ id }) => id)).size).toBe(2150);
    const added = Array.from({ length: 20 }, (_, i) => site.json(`archive/all/${i + 2}.json`).items).flat();
    const dates = added.map(({ date_published }) => Date.parse(String(date_published)));
    expect(Math.max(...dates)).toBeLessThan(Date.parse(String(article(149).date)));
    const firsts = Array.from({ length: 20 }, (_, i) => String(site.json(`archive/all/${i + 2}.json`).items[0]!.date_published)); // biome-ignore format: one call
    expect(firsts).toEqual([...firsts].sort());
    await site.run('2026-11-24T10:07:00Z');
    expect(messenger.asked.length).toBe(told);
    expect((await site.run('2026-11-24T11:07:00Z')).report.files.written).toBe(0);
  });

  it('stops at the requested age', async () => {
    serveArchives(150, 2150, 100);
    const since = new Date(Date.parse(String(article(290).date)));
    expect(await walk({ since })).toMatchObject({ added: 141, ended: 'date' });
    expect(pagesAsked()).toEqual(['/archive/1', '/archive/2']);
    origin.requests.length = 0;
    expect(await walk({ since })).toMatchObject({ added: 0, ended: 'date' });
  });

  it('continues past known articles if more are requested', async () => {
    serveArchives(150, 750, 100);
    const since = new Date(Date.parse(String(article(590).date)));
    expect(await walk({ since })).toMatchObject({ added: 441, ended: 'date' });
    expect(await walk()).toMatchObject({ pages: 7, added: 159, ended: 'end' });
    expect(walked('all.json')).toHaveLength(750);
  });

  it('resumes after an interruption', async () => {
    serveArchives(150, 650, 100);
    expect(await walk({ pages: 3 })).toMatchObject({ pages: 3, added: 200, ended: 'limit' });
    const last = origin.pages.get('/archive/4')!;
    origin.pages.set('/archive/4', { body: '', status: 503, headers: { 'Retry-After': '3600' } });
    expect(await walk()).toMatchObject({ added: 100, ended: 'failed' });
    origin.pages.set('/archive/4', last);
    origin.requests.length = 0;
    expect(await walk()).toMatchObject({ ended: 'failed', error: expect.stringContaining('asked us to wait until') });
    expect(origin.requests).toEqual([]);
    expect(await walk({ now: new Date('2026-11-24T11:07:00Z') })).toMatchObject({ added: 200, ended: 'end' });
    expect(walked('all.json')).toHaveLength(650);
  });

  it('does not announce added articles, even recent ones', async () => {
    origin.pages.set('/feed', { body: feed(articles(0, 10), link('prev-archive', '/archive/1')) });
    await site.run('2026-11-24T08:07:00Z');
    await site.run('2026-11-24T08:37:00Z');
    const told = messenger.asked.length;
    serveArchives(10, 30, 100);
    expect(await walk()).toMatchObject({ added: 20 });
    await site.run('2026-11-24T10:07:00Z');
    expect(messenger.asked.length).toBe(told);
    expect(site.json('all.json').items).toHaveLength(30);
  });

  it('does not announce added articles after an interruption, but announces news', async () => {
    origin.pages.set('/feed', { body: feed(articles(1, 10), link('prev-archive', '/archive/1')) });
    await site.run('2026-11-24T08:07:00Z');
    await site.run('2026-11-24T08:37:00Z');
    const told = messenger.asked.length;
    serveArchives(10, 40, 10);
    const ending = new AbortController();
    const third = origin.pages.get('/archive/3')!;
    origin.pages.set('/archive/3', null);
    const observer = { start: () => {}, done: () => {}, published: () => {} };
    const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
    const open = await openSite(settings, { signal: ending.signal, observer });
    const options = { since: new Date('2026-08-01T00:00:00Z'), pages: 100, now: new Date(NOW), signal: ending.signal };
    expect(await backfillSource(open.store, settings, 'paper', options)).toMatchObject({ added: 20, ended: 'failed' });
    await open.close();
    origin.pages.set('/archive/3', third);
    origin.pages.set('/feed', { body: feed(articles(0, 10), link('prev-archive', '/archive/1')) });
    await site.run('2026-11-24T10:07:00Z');
    expect(site.json('all.json').items).toHaveLength(30);
    const news = messenger.asked.slice(told).map(({ raw }) => raw);
    expect(news.length).toBeGreaterThan(0);
    expect(news.filter((raw) => !raw.includes(String(article(0).title)))).toEqual([]);
    expect((await site.run('2026-11-24T11:07:00Z')).report.files.written).toBe(0);
  });

  it('skips articles that would displace others from a head, and undated ones', async () => {
    const gap = articles(0, 150).filter((_, n) => n !== 20 && n !== 120);
    origin.pages.set('/feed', { body: feed(gap, link('prev-archive', '/archive/1')) });
    await site.run('2026-11-24T08:07:00Z');
    const undated = { title: 'A page of no day at all', link: 'https://paper.example/about', date: null };
    origin.pages.set('/archive/1', { body: feed([article(20), article(120), undated]) });
    expect(await walk()).toMatchObject({ added: 1, undated: 1, tooNew: 1 });
  });
});

describe('a feed without links to older items', () => {
  const generated = (by: string, items: readonly RssItem[]) => ({ body: feed(items).replace('<link>', `<generator>${by}</generator><link>`) }); // biome-ignore format: one call

  it('is paged like WordPress', async () => {
    const page = (from: number) => generated('https://wordpress.org/?v=6.7', articles(from, from + 10));
    origin.pages.set('/feed', page(0));
    origin.pages.set('/feed?paged=2', page(10));
    origin.pages.set('/feed?paged=3', page(20));
    expect(await walk()).toMatchObject({ pages: 3, added: 20, ended: 'end', error: null });
    expect(pagesAsked()).toEqual(['/feed?paged=2', '/feed?paged=3', '/feed?paged=4']);
  });

  it('is paged like WordPress without a generator', async () => {
    const spaces =
      'xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"';
    const page = (from: number) => ({ body: feed(articles(from, from + 10)).replace('<rss ', `<rss ${spaces} `) });
    origin.pages.set('/feed', page(0)).set('/feed?paged=2', page(10));
    expect(await walk()).toMatchObject({ pages: 2, added: 10, ended: 'end', error: null });
  });

  it('is paged like Blogger', async () => {
    origin.pages.set('/feed', generated('Blogger', articles(0, 25)));
    origin.pages.set('/feed?start-index=26', generated('Blogger', articles(25, 40)));
    origin.pages.set('/feed?start-index=41', generated('Blogger', []));
    expect(await walk()).toMatchObject({ added: 15, ended: 'end' });
  });

  it('is not paged if its software is unknown', async () => {
    origin.pages.set('/feed', { body: feed(articles(0, 10)) });
    expect(await walk()).toMatchObject({ pages: 1, added: 0, ended: 'end' });
  });
});

describe('a feed with invalid links to older items', () => {
  it.each([
    ['to itself', () => link('prev-archive', '/feed')],
    [
      'to another site',
      () => '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="https://other.example/"/>',
    ],
    ['to a file', () => '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="file:///etc/passwd"/>'],
  ])('%s is not followed', async (_, more) => {
    origin.pages.set('/feed', { body: feed(articles(0, 10), more()) });
    expect(await walk()).toMatchObject({ pages: 1, added: 0, ended: 'end' });
    expect(pagesAsked()).toEqual([]);
  });

  it('cycles end, and so do pages without new items', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) origin.pages.set(`/archive/${n}`, { body: feed(articles(0, 9), link('prev-archive', `/archive/${n + 1}`)) }); // biome-ignore format: one call
    expect(await walk()).toMatchObject({ added: 0, ended: 'end' });
    expect(pagesAsked().length).toBeLessThanOrEqual(3);
    origin.pages.set('/archive/1', { body: feed(articles(200, 209), link('next', '/archive/1?')) });
    origin.pages.set('/archive/1?', origin.pages.get('/archive/1')!);
    expect(await walk()).toMatchObject({ added: 9, ended: 'end' });
  });
});
