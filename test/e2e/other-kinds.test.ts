/** Sources other than feeds: sitemaps with their indexes, and JSON of any structure. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { openStore } from '../../src/app/open-store.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const NAMESPACES =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';
const sitemap = (titles: readonly string[], day = 24) =>
  `<urlset ${NAMESPACES}>${titles.map((title, i) => `<url><loc>https://post.example/${title.toLowerCase().replaceAll(' ', '-')}</loc><news:news><news:publication><news:name>Harbour Post</news:name></news:publication><news:publication_date>2026-11-${day}T0${i}:00:00Z</news:publication_date><news:title>${title}</news:title></news:news></url>`).join('')}</urlset>`;
const index = (...paths: string[]) =>
  `<sitemapindex ${NAMESPACES}>${paths.map((path) => `<sitemap><loc>${origin.url}${path}</loc></sitemap>`).join('')}</sitemapindex>`;
const titles = (path = 'all.json') => site.json(path).items.map(({ title }) => title);
const asked = () => origin.requests.map(({ path, status }) => `${path} ${status}`);

beforeEach(async () => {
  origin = await serveFeeds();
  site = aSite({ sources: [`{ id: post, kind: sitemap, url: "${origin.url}/sitemap.xml" }`] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

it('reads a sitemap, and withdraws nothing', async () => {
  origin.pages.set('/sitemap.xml', { body: sitemap(['Ferry stops', 'Bridge opens', 'Mill burns']) });
  expect((await site.run('2026-11-24T09:07:00Z')).report).toMatchObject({ articles: { added: 3 }, failures: [] });
  expect(site.json('sources/post.json').title).toContain('Harbour Post');
  for (const [hour, kept] of [
    ['10', ['Mill burns']],
    ['11', []],
    ['12', ['Mill burns', 'School closes']],
  ] as const) {
    // biome-ignore format: a table
    origin.pages.set('/sitemap.xml', { body: sitemap(kept) });
    expect((await site.run(`2026-11-24T${hour}:07:00Z`)).report.articles.withdrawn).toBe(0);
  }
  expect(titles().sort()).toEqual(['Bridge opens', 'Ferry stops', 'Mill burns', 'School closes']);
});

it('follows an index in the same run, requests its parts conditionally, and adds new ones', async () => {
  origin.pages.set('/sitemap.xml', { body: index('/nov.xml.gz', '/sitemap.xml', '/deeper.xml') });
  origin.pages.set('/deeper.xml', { body: index('/oct.xml', '/deeper.xml') });
  origin.pages.set('/nov.xml.gz', { body: gzipSync(sitemap(['Ferry stops'])), type: 'application/gzip' });
  origin.pages.set('/oct.xml', { body: sitemap(['Bridge opens'], 23) });
  const { report } = await site.run('2026-11-24T09:07:00Z');
  expect(report).toMatchObject({ sources: { total: 4, fetched: 4 }, articles: { added: 2 }, failures: [] });
  expect(titles('sources/post.json')).toEqual(['Ferry stops', 'Bridge opens']);
  origin.requests.length = 0;
  origin.pages.set('/sitemap.xml', { body: index('/dec.xml', '/nov.xml.gz') });
  origin.pages.set('/dec.xml', { body: sitemap(['Mill burns'], 25) });
  expect((await site.run('2026-11-25T09:07:00Z')).report.articles).toMatchObject({ added: 1, withdrawn: 0 });
  expect(asked().sort()).toEqual(['/dec.xml 200', '/deeper.xml 304', '/nov.xml.gz 304', '/oct.xml 304', '/sitemap.xml 200']); // biome-ignore format: one list
});

it('sends the headers of an index to no other server', async () => {
  const elsewhere = await serveFeeds({ '/part.xml': { body: sitemap(['Ferry stops']) } });
  site.configure({
    sources: [`{ id: post, kind: sitemap, url: "${origin.url}/sitemap.xml", headers: { X-Key: k } }`],
  });
  const [here, there] = [`${origin.url}/own.xml`, `${elsewhere.url}/part.xml`];
  const named = [here, there].map((url) => `<sitemap><loc>${url}</loc></sitemap>`).join('');
  origin.pages.set('/sitemap.xml', { body: `<sitemapindex ${NAMESPACES}>${named}</sitemapindex>` });
  origin.pages.set('/own.xml', { body: sitemap(['Bridge opens']) });
  await site.run('2026-11-24T09:07:00Z').finally(() => elsewhere.close());
  const keys = (server: FeedServer) => server.requests.map(({ headers }) => headers['x-key']);
  expect([keys(origin), keys(elsewhere)]).toEqual([['k', 'k'], [undefined]]);
});

it('removes a part that its index did not contain for a month, and keeps its articles', async () => {
  const parts = async () => {
    const { store } = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
    const open = await openStore(store, 'read');
    return [...(await open.fetchStates().finally(() => open.close())).keys()].filter((id) => id !== 'post').length;
  };
  for (const [i, day] of ['11-24', '11-25', '12-20', '12-27'].entries()) {
    origin.pages.set('/sitemap.xml', { body: index(`/${day}.xml`) });
    origin.pages.set(`/${day}.xml`, { body: sitemap([`Ferry of day ${i}`]) });
    await site.run(`2026-${day}T09:07:00Z`);
  }
  expect(await parts()).toBe(3);
  expect(titles()).toHaveLength(4);
  origin.pages.set('/sitemap.xml', { body: index('/11-24.xml', '/12-27.xml') });
  expect((await site.run('2026-12-28T09:07:00Z')).report.articles).toMatchObject({ added: 0, withdrawn: 0, total: 4 });
});

it('reports a failing part, and continues with the others', async () => {
  origin.pages.set('/sitemap.xml', { body: index('/a.xml', '/b.xml') });
  origin.pages.set('/a.xml', { body: sitemap(['Ferry stops']) });
  const { kind, report } = await site.run('2026-11-24T09:07:00Z');
  expect([kind, report.failures.length]).toEqual(['published', 1]);
  expect(report.failures[0]!.sourceId).toMatch(/^post\.[0-9a-f]{8}$/);
  expect(titles()).toEqual(['Ferry stops']);
});

it('requests a limited number of parts', async () => {
  const paths = Array.from({ length: 3000 }, (_, i) => `/${i}.xml`);
  origin.pages.set('/sitemap.xml', { body: index(...paths) });
  for (const path of paths.slice(0, 20)) origin.pages.set(path, { body: index(...paths) });
  await site.run('2026-11-24T09:07:00Z');
  await site.run('2026-11-24T11:07:00Z');
  expect(new Set(origin.requests.map(({ path }) => path)).size).toBeLessThanOrEqual(11);
});

it('reads JSON by paths, and withdraws nothing', async () => {
  const stories = [1, 2, 3].map((id) => ({
    id,
    head: { text: `Story ${id} of the day` },
    at: `2026-11-24T0${id}:00:00Z`,
    tags: ['Sea'],
  }));
  site.configure({
    sources: [
      `{ id: wire, kind: json, url: "${origin.url}/api", json: { items: data.stories, title: head.text, link: "https://wire.example/s/{id}", id: id, date: at, categories: tags } }`,
    ],
    topics: ['{ id: sea, map: [{ category: Sea }] }'],
  });
  origin.pages.set('/api', { body: JSON.stringify({ data: { stories } }), type: 'application/json' });
  expect((await site.run('2026-11-24T09:07:00Z')).report).toMatchObject({ articles: { added: 3 }, failures: [] });
  expect(site.json('topics/sea.json').items[0]).toMatchObject({ url: 'https://wire.example/s/3', title: 'Story 3 of the day' }); // biome-ignore format: one call
  for (const hour of [10, 11, 12]) {
    origin.pages.set('/api', { body: JSON.stringify({ data: { stories: stories.slice(2), hour } }) });
    expect((await site.run(`2026-11-24T${hour}:07:00Z`)).report.articles.withdrawn).toBe(0);
  }
  origin.pages.set('/api', { body: JSON.stringify({ moved: [] }) });
  const { report } = await site.run('2026-11-24T14:07:00Z');
  expect(report.failures).toMatchObject([{ sourceId: 'wire', message: expect.stringContaining('nothing found at') }]);
  expect(titles()).toHaveLength(3);
});

it.each([
  ['{ id: a, kind: json, url: "https://a.example/" }', 'sources[0].json: required, but missing'],
  ['{ id: a, kind: json, url: "https://a.example/", json: { items: "a..b" } }', 'sources[0].json.items: not a path'],
  [
    '{ id: a, kind: json, url: "https://a.example/", json: { items: a, link: "https://{a..b}/" } }',
    'sources[0].json.link: not a path',
  ],
  ['{ id: a, kind: sitemap, url: "https://a.example/", sitemap: { titles: yes } }', 'sources[0].sitemap.titles'],
  ['{ id: a, url: "https://a.example/", opml: { most: 3 } }', 'sources[0].opml: allowed only with kind: opml'],
])('is rejected if it is written as %s', async (source, says) => {
  site.configure({ sources: [source] });
  await expect(site.run('2026-11-24T09:07:00Z')).rejects.toThrow(says);
});
