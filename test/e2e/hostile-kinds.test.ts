/** Excessive documents of each kind: each is limited, and the other source is published. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { compiled } from '../support/compiled.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

let origin: FeedServer;
let site: TestSite;
const NOW = '2026-11-24T09:07:00Z';
/** Compiled, because large documents are read in threads. */
const module = compiled();

async function run(now: string) {
  const { runSite } = (await import(module('app/run-site'))) as typeof import('../../src/app/run-site.js');
  const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
  const { signal } = new AbortController();
  const observer = { start: () => {}, done: () => {}, published: () => {} };
  const asked = { force: true, only: null, offline: false, dryRun: false, forcePublish: false };
  return await runSite(settings, { now: new Date(now), ...asked, signal, observer });
}

beforeEach(async () => {
  origin = await serveFeeds({ '/coast': rss('Coast', [{ title: 'Ferry sails', date: '2026-11-24T08:00:00Z' }]) });
  site = aSite({ sources: [] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const beside = (source: string) =>
  site.configure({ sources: [source, `{ id: coast, url: "${origin.url}/coast" }`], topics: [] });
const titles = () => site.json('sources/coast.json').items.map(({ title }) => title);

thorough('a sitemap of 50,000 addresses', { timeout: 300_000 }, async () => {
  const entry = (i: number) => `<url><loc>https://post.example/the-bridge-opens-again-${i}</loc></url>`;
  const body = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${Array.from({ length: 50_000 }, (_, i) => entry(i)).join('')}</urlset>`;
  expect(body.length).toBeLessThan(10_000_000);
  origin.pages.set('/map', { body, type: 'text/xml' });
  beside(`{ id: post, kind: sitemap, url: "${origin.url}/map", sitemap: { titles: address } }`);
  const { report } = await run(NOW);
  expect(report.articles.added).toBeGreaterThan(1);
  expect(report.articles.added).toBeLessThanOrEqual(2_001);
  expect(report.warnings.map(({ message }) => message)).toContainEqual(expect.stringContaining('of 50000 entries'));
  expect(titles()).toEqual(['Ferry sails']);
});

thorough('a page of 10 MB, of text and of nested elements', { timeout: 300_000 }, async () => {
  const item = '<li class="n"><a href="/n/1">Decision of the council</a> <time>2026-11-20</time></li>';
  for (const filler of ['<div>'.repeat(1_900_000), 'word '.repeat(1_900_000), '<a href="/x">'.repeat(700_000)]) {
    origin.pages.set('/page', { body: `<!doctype html><ul>${item}</ul>${filler}`, type: 'text/html' });
    beside(`{ id: council, kind: page, url: "${origin.url}/page", page: { items: li.n, date: time } }`);
    const { report } = await run(NOW);
    expect(report.sources.total).toBe(2);
    expect(titles()).toEqual(['Ferry sails']);
  }
  origin.pages.set('/page', { body: `<ul>${item}</ul>${'x'.repeat(10_500_000)}`, type: 'text/html' });
  expect((await run(NOW)).report.failures).toMatchObject([{ sourceId: 'council', code: 'FETCH_TOO_LARGE' }]);
});

it('JSON nested 10,000 levels deep, above and below the items', async () => {
  const deep = (inner: string) => `${'['.repeat(10_000)}${inner}${']'.repeat(10_000)}`;
  origin.pages.set('/api', {
    body: `{"deep":${deep('1')},"list":[{"title":"Mill burns","url":"https://post.example/1","more":${deep('{}')}}]}`,
    type: 'application/json',
  });
  beside(`{ id: api, kind: json, url: "${origin.url}/api", json: { items: list, title: title, link: url } }`);
  const { report } = await run(NOW);
  expect(report).toMatchObject({ failures: [], articles: { added: 2 } });
  origin.pages.set('/api', { body: deep('1'), type: 'application/json' });
  expect((await run('2026-11-24T10:07:00Z')).report.failures).toMatchObject([{ sourceId: 'api' }]);
  expect(titles()).toEqual(['Ferry sails']);
});

it('a list that contains itself in 5,000 nested folders', async () => {
  const self = `<outline text="Myself" xmlUrl="${origin.url}/list"/>`;
  const body = `<opml version="2.0"><body>${'<outline text="in">'.repeat(5_000)}${self}${'</outline>'.repeat(5_000)}</body></opml>`;
  origin.pages.set('/list', { body, type: 'text/xml' });
  beside(`{ id: friends, kind: opml, url: "${origin.url}/list" }`);
  await run(NOW);
  await run('2026-11-24T10:07:00Z');
  expect(origin.requests.filter(({ path }) => path === '/list')).toHaveLength(2);
  expect(titles()).toEqual(['Ferry sails']);
});
