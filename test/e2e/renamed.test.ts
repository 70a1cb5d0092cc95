/** Renamed topics and sources: no feed is lost, and nothing is announced again. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const ITEMS = Array.from({ length: 8 }, (_, i) => ({
  title: `Clinic ${i} opens`,
  // Identified by its guid only, from the fourth on by its title.
  guid: i < 4 ? `note-${i}` : null,
  link: 'https://wire.example/ticker',
  date: new Date(Date.UTC(2026, 10, 24, 0, i)).toISOString(),
})).reverse();

const named = (id: string, topic: string, more = '') => ({
  sources: [`{ id: ${id}, url: "${origin.url}/wire", topics: [${topic.split(',')[0]}]${more} }`],
  topics: [`{ id: ${topic}, any: [clinic] }`],
  more: ['publish: { items: 3 }', 'retention: 10d'],
});
const BEFORE = () => named('wire', 'health');
const AFTER = () => named('county-wire', 'wellbeing, formerly: [health]', ', formerly: [wire]');

beforeEach(async () => {
  origin = await serveFeeds({ '/wire': rss('The Wire', ITEMS, 'https://wire.example/') });
  site = aSite(BEFORE());
  await site.run('2026-11-24T09:07:00Z');
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const idsIn = (path: string) => site.json(path).items.map(({ id, date_published }) => [id, date_published]);
const news = (title: string, hour: number) =>
  origin.pages.set('/wire', {
    body: rss('The Wire', [{ title, date: `2026-11-24T${hour}:00:00Z` }, ...ITEMS], 'https://wire.example/'),
  });

describe('a renamed source or topic', () => {
  it('keeps its articles, archive and subscribers', async () => {
    const heads = ['all', 'topics/health', 'sources/wire'].map((path) => idsIn(`${path}.json`));
    const archives = ['topics/health', 'sources/wire'].map((path) => idsIn(`archive/${path}/1.json`));
    const feedId = /<id>([^<]+)<\/id>/.exec(site.read('topics/health.atom'))?.[1];
    site.configure(AFTER());
    const { report } = await site.run('2026-11-24T10:07:00Z');
    expect(report.articles).toMatchObject({ added: 0, withdrawn: 0, total: 8 });
    expect(['all', 'topics/wellbeing', 'sources/county-wire'].map((path) => idsIn(`${path}.json`))).toEqual(heads);
    expect(['topics/wellbeing', 'sources/county-wire'].map((path) => idsIn(`archive/${path}/1.json`))).toEqual(
      archives,
    );
    for (const format of ['rss', 'atom', 'json']) {
      expect(site.read(`topics/health.${format}`)).toBe(site.read(`topics/wellbeing.${format}`));
      expect(site.read(`sources/wire.${format}`)).toBe(site.read(`sources/county-wire.${format}`));
    }
    expect(site.read('topics/health.json')).toContain(
      '"feed_url":"https://news.example.org/feeds/topics/wellbeing.json"',
    );
    expect(site.read('topics/health.atom')).toContain(`<id>${feedId}</id>`);
    const page = site.read('topics/health.html');
    expect(page).toContain('<meta http-equiv="refresh" content="0; url=wellbeing.html">');
    expect(page).toContain('<link rel="canonical" href="https://news.example.org/feeds/topics/wellbeing.html">');
    expect(site.read('sources/wire.html')).toContain('url=county-wire.html');
    expect(site.read('feeds.opml')).not.toMatch(/topics\/health|sources\/wire\./);
    expect(site.read('all.json')).not.toContain('"health"');
  });

  it('is recognised by an equal address, and reported', async () => {
    const warned = async (hour: number) => {
      const { report } = await site.run(`2026-11-24T${hour}:07:00Z`);
      return report.warnings.filter(({ sourceId }) => sourceId.endsWith('.formerly'));
    };
    const other = `{ id: other, url: "${origin.url}/other" }`;
    site.configure({ ...BEFORE(), sources: [...BEFORE().sources, other] });
    expect(await warned(10)).toEqual([]);
    const renamed = named('county-wire', 'health');
    site.configure(renamed);
    const message = 'probably renamed from "wire": add "formerly: [wire]" to keep its articles and feeds';
    expect(await warned(11)).toEqual([{ sourceId: 'county-wire.formerly', message }]);
    expect(await warned(12)).toEqual([]);
    site.configure(AFTER());
    expect(await warned(13)).toEqual([]);
    expect(site.json('sources/wire.json').items).toHaveLength(3);
  });

  it('merges its articles into an existing id', async () => {
    const [wire, desk] = ['wire', 'desk'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`);
    origin.pages.set('/desk', { body: rss('The Desk', [{ title: 'A bridge opens' }], 'https://desk.example/') });
    const [clinics, bridges] = ['{ id: clinics, any: [clinic] }', '{ id: bridges, any: [bridge] }'];
    site.configure({ sources: [wire!, desk!], topics: [clinics!, bridges!], more: [] });
    await site.run('2026-11-24T10:07:00Z');
    expect(site.json('topics/bridges.json').items).toHaveLength(1);
    site.configure({
      sources: [`{ id: desk, formerly: [wire], url: "${origin.url}/desk" }`],
      topics: ['{ id: bridges, formerly: [clinics], any: [clinic, bridge] }'],
      more: [],
    });
    await site.run('2026-11-24T11:07:00Z');
    expect(site.json('topics/bridges.json').items).toHaveLength(9);
    expect(site.json('sources/desk.json').items).toHaveLength(9);
  });

  it('serves the whole archive at the former address', async () => {
    site.configure(AFTER());
    await site.run('2026-11-24T10:07:00Z');
    const seen = new Set<string>();
    for (let path: string | undefined = 'topics/health.atom'; path !== undefined; ) {
      const document: string = site.read(path);
      for (const [, id = ''] of document.matchAll(/<entry>\s*<id>([^<]+)<\/id>/g)) seen.add(id);
      path = /rel="prev-archive"[^>]* href="https:\/\/news\.example\.org\/feeds\/([^"]+)"/.exec(document)?.[1];
    }
    expect(seen.size).toBe(ITEMS.length);
  });

  it('continues at both addresses, and writes nothing without news', async () => {
    site.configure(AFTER());
    await site.run('2026-11-24T10:07:00Z');
    const files = site.files();
    await site.run('2026-11-24T11:07:00Z');
    expect(site.files()).toEqual(files);
    news('Clinic again', 11);
    const { report } = await site.run('2026-11-24T12:07:00Z');
    expect(report.articles).toMatchObject({ added: 1, total: 9 });
    expect(site.read('topics/health.rss')).toContain('Clinic again');
    expect(site.read('sources/wire.rss')).toBe(site.read('sources/county-wire.rss'));
    rmSync(join(site.feeds, 'topics', 'health.rss'));
    await site.run('2026-11-24T13:07:00Z');
    expect(site.read('topics/health.rss')).toBe(site.read('topics/wellbeing.rss'));
  });

  it('is restored if the store is lost, even together with the renaming', async () => {
    const lose = () => rmSync(join(site.root, '.newsloom'), { recursive: true });
    const kept = () => [...site.files()].filter(([path]) => !/^status|manifest/.test(path));
    const before = ['all', 'topics/health', 'sources/wire'].map((path) => idsIn(`${path}.json`));
    lose();
    site.configure(AFTER());
    const { report } = await site.run('2026-11-24T10:07:00Z');
    expect(report.articles).toMatchObject({ added: 0 });
    expect(['all', 'topics/wellbeing', 'sources/county-wire'].map((path) => idsIn(`${path}.json`))).toEqual(before);
    const files = kept();
    lose();
    expect((await site.run('2026-11-24T11:07:00Z')).report.articles).toMatchObject({ added: 0 });
    expect(kept()).toEqual(files);
  });

  it('ends at its former addresses when these are removed from the config', async () => {
    site.configure(AFTER());
    await site.run('2026-11-24T10:07:00Z');
    site.configure(named('county-wire', 'wellbeing'));
    await site.run('2026-11-24T11:07:00Z');
    expect([...site.files().keys()].filter((path) => /health|sources\/wire/.test(path))).toEqual([]);
    expect(idsIn('topics/wellbeing.json')).toHaveLength(3);
  });
});
