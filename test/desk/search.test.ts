/** Searching the stored articles. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStoredArticles } from '../../src/app/desk/find-articles.js';
import { loadSite } from '../../src/app/load-site.js';
import type { Settings } from '../../src/model/settings.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

let server: FeedServer;
let site: TestSite;
let settings: Settings;

beforeAll(async () => {
  const item = (title: string, hour: number, description = '') => ({
    title,
    description,
    date: `2026-11-20T0${hour}:00:00Z`,
  });
  const items = [item('Überfall am Hafen', 0), item('МОСКВА today', 1), item('McDonald opens "Harbour" 100%_x', 2, 'With a long pier.'), item('Harbour closes', 3)]; // biome-ignore format: one list
  server = await serveFeeds({
    '/a': rss('A', items),
    '/b': rss('B', [item('Other harbour', 4)], 'https://b.example/'),
  });
  site = aSite({
    sources: [`{ id: a, url: "${server.url}/a" }`, `{ id: b, url: "${server.url}/b", review: hold }`],
    topics: ['{ id: sea, label: Sea, any: [pier] }'],
  });
  await site.run('2026-11-20T10:00:00Z');
  settings = await loadSite(join(site.root, 'config/newsloom.yaml'), {});
});
afterAll(async () => {
  await server.close();
  site.remove();
});

const find = async (words: string, more = {}, page = { from: 0, count: 20 }) => {
  const { articles, hasMore } = await findStoredArticles(settings, { words, ...more }, page);
  return [...articles.map(({ title }) => title), ...(hasMore ? ['more'] : [])];
};

describe('a search', () => {
  it('finds words in any case and script, the newest first', async () => {
    expect(await find('HARBOUR')).toEqual(['Other harbour', 'Harbour closes', 'McDonald opens "Harbour" 100%_x']);
    expect(await find('überfall')).toEqual(['Überfall am Hafen']);
    expect(await find('москва')).toEqual(['МОСКВА today']);
    expect(await find('mcdonald pier')).toEqual(['McDonald opens "Harbour" 100%_x']);
    expect(await find('"harbour" 100%_')).toEqual(['McDonald opens "Harbour" 100%_x']);
    expect(await find('%')).toEqual(['McDonald opens "Harbour" 100%_x']);
    expect(await find('contentHtml')).toEqual([]);
    expect(await find('https://b.example/other-harbour')).toEqual(['Other harbour']);
  });

  it('filters by source, topic, state and date, and has pages', async () => {
    expect(await find('', { source: 'b' })).toEqual(['Other harbour']);
    expect(await find('', { topic: 'sea' })).toEqual(['McDonald opens "Harbour" 100%_x']);
    expect(await find('', { state: 'review' })).toEqual(['Other harbour']);
    expect(await find('harbour', { state: 'shown', until: new Date('2026-11-20T03:00:00Z') })).toHaveLength(1);
    expect(await find('', {}, { from: 1, count: 2 })).toEqual([
      'Harbour closes',
      'McDonald opens "Harbour" 100%_x',
      'more',
    ]);
  });

  it('searches a large store in little CPU time', async () => {
    const count = isThorough ? 100_000 : 10_000;
    const db = new Database(join(site.root, '.newsloom/newsloom.db'));
    const body = JSON.stringify('<p>The council said on Monday that the service resumes. '.repeat(30)).slice(1, -1);
    db.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
      INSERT INTO article (ref, id, source, place, published, published_from, first_seen, unplaced)
        SELECT 1000 + i, 'copy-' || i, source, place, published + i * 1000, published_from, first_seen, 0 FROM n, (SELECT * FROM article WHERE source = 'a' LIMIT 1);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
      INSERT INTO article_text (ref, text, topics)
        SELECT 1000 + i, json_set(text, '$.title', 'Report ' || i, '$.contentHtml', '${body}'), '[]' FROM n, (SELECT text FROM article_text ORDER BY ref LIMIT 1);`);
    db.close();
    rmSync(join(site.root, '.newsloom/newsloom.db.sum'));
    const measure = async (words: string) => {
      const before = process.cpuUsage();
      const found = await find(words);
      const { user, system } = process.cpuUsage(before);
      return { found, ms: (user + system) / 1000 };
    };
    await measure('warm');
    const common = await measure('service resumes');
    expect(common.found.slice(0, 2)).toEqual([`Report ${count}`, `Report ${count - 1}`]);
    const rare = await measure('москва');
    expect(rare.found).toEqual(['МОСКВА today']);
    expect(common.ms).toBeLessThan(500);
    expect(rare.ms).toBeLessThan(isThorough ? 2_000 : 500);
  });
});
