/** Lists kept elsewhere: their sources are read, have their folders as topics, and are delisted when they leave. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLive } from '../../src/app/add-source/check-live.js';
import { exportSources } from '../../src/app/export-sources.js';
import { loadSite } from '../../src/app/load-site.js';
import { listAllSourceIds } from '../../src/app/settings-with-listed.js';
import { readSiteStatus } from '../../src/app/status/site-status.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const outline = (path: string, title: string) => `<outline text="${title}" xmlUrl="${origin.url}${path}"/>`;
const opml = (...outlines: string[]) => ({
  body: `<?xml version="1.0"?><opml version="2.0"><head/><body>${outlines.join('')}</body></opml>`,
});
const paper = (name: string, day = 24) =>
  rss(
    name,
    [{ title: `${name} on day ${day}`, date: `2026-11-${day}T08:00:00Z` }],
    `https://${name.toLowerCase()}.example/`,
  );
const asked = (path: string) => origin.requests.filter((one) => one.path === path);
const sources = () => site.files('sources');
const idOf = (path: string) => `127-0-0-1-${new URL(origin.url).port}-${path}`;
const titles = (path = 'all.json') => site.json(path).items.map(({ title }) => title);

beforeEach(async () => {
  origin = await serveFeeds({ '/coast': paper('Coast'), '/hills': paper('Hills'), '/city': paper('City') });
  origin.pages.set('/list', opml(outline('/coast', 'The Coast'), `<outline text="Up country">${outline('/hills', 'Hills')}</outline>`)); // biome-ignore format: one call
  site = aSite({ sources: [`{ id: friends, kind: opml, url: "${origin.url}/list", content: summary }`] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

it('reads its sources in the same run, with its folders as topics', async () => {
  const { report } = await site.run('2026-11-24T09:07:00Z');
  expect(report).toMatchObject({ sources: { total: 3, fetched: 3, failed: 0 }, articles: { added: 2 } });
  expect(titles('topics/up-country.json')).toEqual(['Hills on day 24']);
  expect(site.json(`sources/${idOf('coast')}.json`).title).toContain('The Coast');
  expect([...sources().keys()].some((path) => path.includes('friends'))).toBe(false);
  expect(site.read('sources.opml')).toContain('/hills');
});

it('has unique ids, also for addresses that differ by their query, in the order of the config', async () => {
  const lists = ['one', 'two'].map((id) => `{ id: ${id}, kind: opml, url: "${origin.url}/${id}" }`);
  site.configure({ sources: lists });
  origin.pages
    .set('/one', opml(outline('/news?feed=coast', 'Coast')))
    .set('/news?feed=coast', { body: paper('Coast') });
  origin.pages.set('/two', opml(outline('/news?feed=hills', 'Hills'), outline('/news?feed=coast', 'Coast')));
  origin.pages.set('/news?feed=hills', { body: paper('Hills') });
  const { report } = await site.run('2026-11-24T09:07:00Z');
  expect(report.sources).toMatchObject({ fetched: 4, failed: 0 });
  const mine = () => [...sources().keys()].filter((path) => path.endsWith('.json')).sort();
  const files = mine();
  expect(files).toHaveLength(2);
  expect(files.join()).toMatch(new RegExp(`${idOf('news')}-[a-z0-9]{8}.json`));
  expect(titles(`sources/${idOf('news')}.json`)).toEqual(['Coast on day 24']);
  site.configure({ sources: lists.slice(1) });
  await site.run('2026-11-24T11:07:00Z');
  expect(mine()).toEqual(files);
});

it('moves into the config with its articles, also under another id', async () => {
  await site.run('2026-11-24T09:07:00Z');
  const ids = () => site.json('all.json').items.map(({ id }) => id);
  const before = ids();
  site.configure({
    sources: ['coast', 'hills'].map((id) => `{ id: ${id}, formerly: [${idOf(id)}], url: "${origin.url}/${id}" }`),
  });
  const { report } = await site.run('2026-11-24T11:07:00Z');
  expect(report.articles).toMatchObject({ added: 0, updated: 0 });
  expect(ids()).toEqual(before);
  expect(titles('sources/coast.json')).toEqual(['Coast on day 24']);
  expect(site.read(`sources/${idOf('coast')}.html`)).toContain('url=coast.html');
});

it('is requested conditionally when it is due', async () => {
  await site.run('2026-11-24T09:07:00Z');
  const files = site.files();
  await site.run('2026-11-24T09:20:00Z', { force: false });
  expect(asked('/list')).toHaveLength(1);
  expect((await site.run('2026-11-24T11:07:00Z', { force: false })).report.sources).toMatchObject({ notModified: 3 });
  expect(asked('/list').map(({ status }) => status)).toEqual([200, 304]);
  expect(site.files()).toEqual(files);
});

it('follows the list: new sources are read, removed ones are delisted, returning ones keep their id', async () => {
  await site.run('2026-11-24T09:07:00Z');
  origin.pages.set('/list', opml(outline('/coast', 'The Coast'), outline('/city', 'City')));
  const { report } = await site.run('2026-11-24T10:07:00Z');
  expect(report.articles).toMatchObject({ added: 1, withdrawn: 0 });
  expect(asked('/hills')).toHaveLength(1);
  expect(titles()).toContain('Hills on day 24');
  expect(titles(`sources/${idOf('hills')}.json`)).toEqual(['Hills on day 24']);
  origin.pages.set('/hills', { body: paper('Hills', 25) });
  origin.pages.set('/list', opml(outline('/hills', 'Hills')));
  expect((await site.run('2026-11-25T10:07:00Z')).report.articles).toMatchObject({ added: 1, withdrawn: 0 });
  expect(titles(`sources/${idOf('hills')}.json`)).toContain('Hills on day 25');
});

it.each([
  ['gone', { body: '', status: 500 }],
  ['a page', { body: '<!doctype html><html><body>Moved</body></html>' }],
  ['empty', { body: '<opml version="2.0"><body/></opml>' }],
])('keeps its last content if it is %s', async (_, page) => {
  await site.run('2026-11-24T09:07:00Z');
  origin.pages.set('/list', page);
  origin.pages.set('/coast', { body: paper('Coast', 25) });
  const { report } = await site.run('2026-11-25T09:07:00Z');
  expect(report.failures).toMatchObject([{ sourceId: 'friends' }]);
  expect(report.articles).toMatchObject({ added: 1, withdrawn: 0 });
});

it('keeps its sources when its address changes', async () => {
  await site.run('2026-11-24T09:07:00Z');
  const before = [...sources().keys(), ...site.files('topics').keys()];
  site.configure({ sources: [`{ id: friends, kind: opml, url: "${origin.url}/moved", content: summary }`] });
  expect((await site.run('2026-11-24T10:07:00Z')).report.failures).toMatchObject([{ sourceId: 'friends' }]);
  expect([...sources().keys(), ...site.files('topics').keys()]).toEqual(before);
  origin.pages.set('/moved', opml(outline('/coast', 'The Coast')));
  expect((await site.run('2026-11-24T11:07:00Z')).report.sources).toMatchObject({ failed: 0 });
  expect([...sources().keys()]).toEqual(before.filter((path) => path.startsWith('sources/')));
});

it('ignores sources of the config', async () => {
  site.configure({
    sources: [
      `{ id: friends, kind: opml, url: "${origin.url}/list" }`,
      `{ id: shore, title: Shore, url: "${origin.url}/coast" }`,
    ],
  });
  expect((await site.run('2026-11-24T09:07:00Z')).report.sources).toMatchObject({ total: 3, fetched: 3 });
  expect([...sources().keys()].filter((path) => path.endsWith('.json'))).toEqual([
    `sources/${idOf('hills')}.json`,
    'sources/shore.json',
  ]);
});

it('sends its headers to no other host, and opens no files', async () => {
  site.configure({
    sources: [`{ id: friends, kind: opml, url: "${origin.url}/list", headers: { Authorization: "Bearer k" } }`],
  });
  origin.pages.set('/list', opml(outline('/coast', 'Coast'), '<outline text="Keys" xmlUrl="file:///etc/passwd"/>'));
  const { report } = await site.run('2026-11-24T09:07:00Z');
  expect(report.sources).toMatchObject({ total: 2, fetched: 2 });
  expect(report.warnings.map(({ message }) => message)).toContainEqual(expect.stringContaining('not http(s)'));
  expect(asked('/list')[0]!.headers.authorization).toBe('Bearer k');
  expect(asked('/coast')[0]!.headers.authorization).toBeUndefined();
});

it('has its current and delisted sources in the output of commands', async () => {
  await site.run('2026-11-24T09:07:00Z');
  origin.pages.set('/list', opml(outline('/coast', 'The Coast')));
  await site.run('2026-11-24T10:07:00Z');
  const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
  const now = new Date('2026-11-24T10:08:00Z');
  const rows = await readSiteStatus(settings, now);
  expect(rows.map(({ id, state, listedBy, left }) => [id, state, listedBy, left]).sort()).toEqual([
    [idOf('coast'), 'ok', 'friends', undefined],
    [idOf('hills'), 'ok', 'friends', true],
    ['friends', 'ok', undefined, undefined],
  ]);
  expect([...(await listAllSourceIds(settings))].sort()).toEqual([idOf('coast'), idOf('hills'), 'friends']);
  expect((await exportSources(settings)).opml).toContain('/coast');
  const checked = await checkLive(settings, { now, signal: new AbortController().signal, done: () => {} });
  expect(checked.map(({ id, kind, message }) => [id, kind, message])).toEqual([
    [idOf('coast'), 'ok', 'rss, 1 item'],
    ['friends', 'ok', 'opml, 1 source'],
  ]);
});

describe('an excessive list', () => {
  it('is limited in size', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => outline(`/coast?${i}`, `Coast ${i}`));
    origin.pages.set('/list', opml(...many));
    site.configure({ sources: [`{ id: friends, kind: opml, url: "${origin.url}/list", opml: { most: 3 } }`] });
    const { report } = await site.run('2026-11-24T09:07:00Z');
    expect([report.sources.total, origin.requests.length]).toEqual([4, 4]);
    expect(report.warnings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('only the first 3 of 1000 sources'),
    );
  });

  it('does not recurse into itself or another list', async () => {
    origin.pages.set('/other', opml(outline('/list', 'Back')));
    origin.pages.set(
      '/list',
      opml(outline('/list', 'Myself'), outline('/other', 'Another'), outline('/coast', 'Coast')),
    );
    const { report } = await site.run('2026-11-24T09:07:00Z');
    expect(report.failures).toMatchObject([{ sourceId: idOf('other'), code: 'PARSE_UNRECOGNIZED' }]);
    expect([asked('/list').length, asked('/other').length, asked('/coast').length]).toEqual([1, 1, 1]);
  });
});
