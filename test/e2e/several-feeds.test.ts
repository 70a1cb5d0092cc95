/** One publication with several feeds: one id, one feed of ours, one article if it is in both. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { readSiteStatus } from '../../src/app/status/site-status.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const HOME = 'https://county.example/';
const NEWS = ['Clinic opens', 'Quarry floods', 'School closes', 'Mill burns'].map((title, i) => ({
  title,
  date: `2026-11-24T0${7 - i}:00:00Z`,
}));
const SPORT = [
  { title: 'Rovers win', date: '2026-11-24T07:30:00Z' },
  NEWS[1]!,
  { title: 'Track relaid', date: '2026-11-24T02:00:00Z' },
  { title: 'Season starts', date: '2026-11-24T01:00:00Z' },
];
const serve = (path: string, items: readonly RssItem[], mark = '') =>
  origin.pages.set(path, { body: `${rss('County Wire', items, HOME)}<!-- ${mark} -->` });
const configured = (id: string, more = '') => ({
  sources: [`{ id: ${id}, feeds: ["${origin.url}/news", "${origin.url}/sport"]${more} }`],
});
const titles = (path = 'all.json') => site.json(path).items.map(({ title }) => title);
const without = (items: readonly RssItem[], title: string) => items.filter((item) => item.title !== title);

beforeEach(async () => {
  origin = await serveFeeds();
  serve('/news', NEWS);
  serve('/sport', SPORT);
  site = aSite(configured('wire'));
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

it('is one source with one feed, and an article in both feeds is one', async () => {
  const { report } = await site.run('2026-11-24T09:07:00Z');
  expect(report).toMatchObject({
    sources: { total: 2, fetched: 2 },
    articles: { added: 7, total: 7 },
    stories: { multiSource: 0 },
  });
  expect(titles('sources/wire.json')).toEqual(titles());
  expect([...site.files('sources').keys()].every((path) => path.startsWith('sources/wire.'))).toBe(true);
  const files = site.files();
  expect((await site.run('2026-11-24T10:07:00Z')).report.sources).toMatchObject({ notModified: 2 });
  expect(site.files()).toEqual(files);
});

it('withdraws an article only if all feeds lack it', async () => {
  await site.run('2026-11-24T09:07:00Z');
  const both = NEWS[1]!.title;
  for (const hour of [10, 11, 12]) {
    serve('/news', without(NEWS, both), String(hour));
    await site.run(`2026-11-24T${hour}:07:00Z`);
  }
  expect(titles()).toContain(both);
  for (const hour of [13, 14, 15]) {
    serve('/sport', without(SPORT, both), String(hour));
    await site.run(`2026-11-24T${hour}:07:00Z`);
  }
  expect(titles()).not.toContain(both);
  expect(titles()).toHaveLength(6);
});

it('reports the failing feed, and continues with the others', async () => {
  origin.pages.set('/sport', { body: '', status: 500 });
  const { kind, report } = await site.run('2026-11-24T09:07:00Z');
  expect([kind, report.failures]).toMatchObject(['published', [{ sourceId: 'wire.2', code: 'FETCH_STATUS' }]]);
  expect(titles()).toHaveLength(4);
  const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
  const rows = await readSiteStatus(settings, new Date('2026-11-24T09:08:00Z'));
  expect(rows.map(({ id, state }) => [id, state]).sort()).toEqual([
    ['wire', 'ok'],
    ['wire.2', 'degraded'],
  ]);
  expect(site.json('status.json').sources).toMatchObject([{ id: 'wire' }, { id: 'wire.2', state: 'degraded' }]);
});

it('can be renamed, and is restored if the store is lost', async () => {
  await site.run('2026-11-24T09:07:00Z');
  const before = site.json('all.json').items.map(({ id, date_published }) => [id, date_published]);
  site.configure(configured('county-wire', ', formerly: [wire]'));
  expect((await site.run('2026-11-24T09:20:00Z', { force: false })).report.sources).toMatchObject({ notDue: 2 });
  expect((await site.run('2026-11-24T11:07:00Z')).report.articles).toMatchObject({ added: 0, withdrawn: 0 });
  rmSync(join(site.root, '.newsloom'), { recursive: true });
  expect((await site.run('2026-11-24T12:07:00Z')).report.articles).toMatchObject({ added: 0, withdrawn: 0 });
  expect(site.json('all.json').items.map(({ id, date_published }) => [id, date_published])).toEqual(before);
});

it.each([
  [
    '{ id: a, url: "https://a.example/", feeds: ["https://b.example/"] }',
    'sources[0].feeds: both "url" and "feeds" are present',
  ],
  [
    '{ id: a, feeds: ["https://b.example/", "https://b.example/"] }',
    'sources[0].feeds[1]: duplicate address in this list',
  ],
  ['{ id: a, feeds: [b.example] }', 'sources[0].feeds[0]: not an absolute http(s) URL'],
  ['{ id: a, feeds: [] }', 'sources[0].feeds: needs at least 1 entries'],
  ['{ id: a }', 'sources[0].url: required, but missing'],
])('is rejected if it is written as %s', async (source, says) => {
  site.configure({ sources: [source] });
  await expect(site.run('2026-11-24T09:07:00Z')).rejects.toThrow(says);
});
