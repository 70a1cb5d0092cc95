/** A source that brings thousands of new articles, or very old ones. */
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { explainArticle } from '../../src/app/explain/explain.js';
import { loadSite } from '../../src/app/load-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const item = (n: number, date: string | null = null) => ({
  title: `Item ${n} of many`,
  link: `https://flood.example/${n}`,
  date,
});
const items = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => item(to - i));

async function setUp(document: string, more: string): Promise<{ site: TestSite; serve(document: string): void }> {
  const origin = await serveFeeds({ '/flood': document, '/paper': rss('Paper', [item(1, '2026-11-24T07:00:00Z')]) });
  const site = aSite({
    sources: [`{ id: flood, url: "${origin.url}/flood", ${more} }`, `{ id: paper, url: "${origin.url}/paper" }`],
    more: ['duplicates: keep', 'publish: { formats: [json], stories: false }'],
  });
  open.push(site.remove, () => origin.close());
  return { site, serve: (body) => origin.pages.set('/flood', { body }) };
}
const statusOf = (site: TestSite, id: string) =>
  (JSON.parse(site.read('status.json')) as { sources: { id: string }[] }).sources.find((source) => source.id === id);

it('is limited to perDay with a warning, and adds the rest later if still present', async () => {
  const { site, serve } = await setUp(rss('Flood', items(1, 150)), 'perDay: 100');
  const first = await site.run('2026-11-24T09:07:00Z');
  expect(first.report.articles.added).toBe(101);
  expect(first.report.warnings).toEqual([{ sourceId: 'flood', message: expect.stringMatching(/perDay.*: 50 wait$/) }]);
  serve(rss('Flood', items(101, 310)));
  expect((await site.run('2026-11-24T09:22:00Z')).report.articles.added).toBe(0);
  expect(statusOf(site, 'flood')).toMatchObject({ state: 'ok', error: { message: expect.stringContaining('perDay') } });
  expect(statusOf(site, 'paper')).not.toHaveProperty('error');
  // Unchanged, but read again because the day changed.
  expect((await site.run('2026-11-24T23:52:00Z')).report.articles.added).toBe(0);
  expect((await site.run('2026-11-25T00:07:00Z')).report.articles.added).toBe(100);
  serve(rss('Flood', items(290, 310)));
  expect((await site.run('2026-11-26T00:07:00Z')).report.articles.added).toBeLessThanOrEqual(21);
  expect(statusOf(site, 'flood')).not.toHaveProperty('error');
});

it('skips new items older than maxAge, and keeps known ones', async () => {
  const document = (title: string) => rss(title, [item(2, '2026-11-20T07:00:00Z'), item(3, '2026-08-20T07:00:00Z')]);
  const { site, serve } = await setUp(document('Flood'), 'maxAge: 30d');
  expect((await site.run('2026-11-24T09:07:00Z')).report.articles).toMatchObject({ added: 2, skipped: 1 });
  serve(document('Floods'));
  const later = await site.run('2027-01-24T09:07:00Z');
  expect(later.report.articles).toMatchObject({ added: 0, unchanged: 1, withdrawn: 0, total: 2 });
  expect(site.json('sources/flood.json').items).toHaveLength(1);
});

it('gets a third of the places of each head, and the others its own feed and, later, the archive', async () => {
  const at = (minutes: number) => new Date(Date.parse('2026-11-24T09:00:00Z') - minutes * 60_000).toISOString();
  const list = (id: string, count: number, every: number, since = 0) =>
    rss(id, Array.from({ length: count }, (_, n) => ({ title: `${id} ${n} reports`, link: `https://${id}.example/${n}`, date: at(since + n * every) }))); // biome-ignore format: one feed
  const papers = ['east', 'north', 'south', 'west'];
  const origin = await serveFeeds({
    '/loud': list('loud', 60, 1),
    ...Object.fromEntries(papers.map((id, n) => [`/${id}`, list(id, 12, 60 + n)])),
  });
  const site = aSite({
    sources: ['loud', ...papers].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`),
    more: ['duplicates: keep', 'publish: { formats: [json], stories: false }'],
  });
  open.push(site.remove, () => origin.close());
  const run = (now: string) => site.run(now);
  const titles = (path: string) => site.json(path).items.map(({ title }) => String(title));
  const ofLoud = (path: string) => titles(path).filter((title) => title.startsWith('loud')).length;
  await run('2026-11-24T09:07:00Z');
  expect([titles('all.json').length, ofLoud('all.json'), titles('sources/loud.json').length]).toEqual([50, 17, 50]);
  const dates = site.json('all.json').items.map((one) => String(one.date_published));
  expect(dates).toEqual([...dates].sort().reverse());
  const config = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
  const skipped = await explainArticle(config, 'https://loud.example/40', new Date('2026-11-24T09:08:00Z'));
  expect(skipped).toMatchObject({
    places: [{ channel: 'all', shown: { because: 'source-has-its-third' } }, { channel: 'sources/loud' }],
  });
  for (const id of papers) origin.pages.set(`/${id}`, { body: list(`${id}-next`, 15, 60, -1440) });
  await run('2026-11-25T09:07:00Z');
  expect(ofLoud('all.json')).toBe(0);
  const archived = [...site.files('archive/all').keys()].filter((path) => path.endsWith('.json'));
  expect(archived.reduce((sum, path) => sum + ofLoud(path), 0)).toBe(60);
});
