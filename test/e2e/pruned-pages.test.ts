/** Pages of articles older than the retention: lists must not link to removed pages. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
afterEach(async () => {
  await origin.close();
  site.remove();
});

const ITEMS = Array.from({ length: 30 }, (_, i) => ({
  title: `Ferry ${i} sails to harbour ${i * 7}`,
  date: new Date(Date.UTC(2026, 10, 24, 0, i)).toISOString(),
  xml: `<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>Whole text ${i}.</p>]]></content:encoded><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ada Quay</dc:creator>`,
})).reverse();

/** Internal links without a target file. */
function deadLinks(): string[] {
  const files = site.files();
  return [...files].flatMap(([path, text]) =>
    path.endsWith('.html') && path !== '404.html' // served at any path, so its links begin at the host
      ? [...text.matchAll(/ href="([^"#?:]+)["#?]/g)]
          .map(([, href]) => posix.join(posix.dirname(path), href!))
          .filter((target) => !target.startsWith('..') && !files.has(target))
          .map((target) => `${path} → ${target}`)
      : [],
  );
}

async function begin(): Promise<void> {
  origin = await serveFeeds({ '/a': rss('Paper A', ITEMS) });
  site = aSite({
    sources: [`{ id: a, url: "${origin.url}/a", content: full }`],
    topics: ['{ id: sea, label: Sea, any: [ferry] }'],
    more: ['publish: { items: 3 }', 'retention: 10d'],
  });
  await site.run('2026-11-24T09:07:00Z');
}

async function prune(now: string): Promise<void> {
  const config = join(site.root, 'config', 'newsloom.yaml');
  const { out } = await newsloom('prune', '--config', config, '--now', now);
  expect(out).toMatch(/^2[0-9] articles .* pruned/);
}

it('stay as long as the archive contains the articles, even if all pages are rewritten', async () => {
  await begin();
  const pages = [...site.files('articles').keys()];
  expect([pages.length, deadLinks()]).toEqual([30, []]);
  await prune('2026-12-24T09:07:00Z');

  const config = join(site.root, 'config', 'newsloom.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replace('The Section', 'The New Section'));
  await site.run('2026-12-24T10:07:00Z', { offline: true });
  expect([[...site.files('articles').keys()], deadLinks()]).toEqual([pages, []]);
  for (const path of pages) expect(site.read(path)).toContain('The New Section');
  // Of a pruned article, the store keeps what the archive contains.
  const oldest = [...site.files('articles').values()].find((page) => /<h1[^>]*>\s*Ferry 0 /.test(page));
  expect(oldest).toContain('All about it: Ferry 0');
  expect(oldest).not.toContain('Whole text');
});

it('join and leave the channels of their authors with the others', async () => {
  await begin();
  await prune('2026-12-24T09:07:00Z');
  const config = join(site.root, 'config', 'newsloom.yaml');
  const before = [readFileSync(config, 'utf8'), site.files()] as const;
  writeFileSync(config, before[0].replace('content: full', 'content: full, authors: true'));
  await site.run('2026-12-24T10:07:00Z', { offline: true });
  const listed = ['authors/ada-quay', 'archive/authors/ada-quay/1'].flatMap((path) => site.json(`${path}.json`).items);
  expect([listed.length, deadLinks()]).toEqual([30, []]);
  writeFileSync(config, before[0]);
  await site.run('2026-12-24T11:07:00Z', { offline: true });
  const texts = (files: ReadonlyMap<string, string>) => [...files].filter(([path]) => /^(?:all|archive|authors)\b.*\.(?!html)/.test(path)); // biome-ignore format: one line
  expect(texts(site.files())).toEqual(texts(before[1]));
  expect(deadLinks()).toEqual([]);
});

it('are removed with a withdrawn article, and stay removed', async () => {
  await begin();
  const serve = async (hour: number, ...news: string[]) => {
    const items = news.map((title, i) => ({ title, date: `2026-11-24T0${i + 3}:00:00Z` })).reverse();
    origin.pages.set('/a', { body: `${rss('Paper A', [...items, ...ITEMS])}<!-- ${hour} -->` });
    await site.run(`2026-11-24T${hour}:07:00Z`);
    return [...site.files('articles').values()].flatMap(
      (page) => /<h1[^>]*>\s*((?:Tram|Bridge)[^<]*)/.exec(page)?.[1] ?? [],
    );
  };
  expect(await serve(10, 'Tram stops')).toEqual(['Tram stops']);
  await serve(11);
  expect(await serve(12)).toEqual([]);
  expect(await serve(13, 'Bridge opens')).toEqual(['Bridge opens']);
  expect(deadLinks()).toEqual([]);
});

it('do not affect the feed of stories', async () => {
  const events = ['Storm takes the bridge of Lowell', 'Museum finds its stolen Vermeer', 'Vineyards burn near Mendoza'];
  const told = (voice: string) =>
    events.map((title, i) => ({
      title: `${title}${voice}`,
      date: new Date(Date.UTC(2026, 10, 1 + 5 * i)).toISOString(),
    }));
  const other = (titles: readonly string[]) => titles.map((title) => ({ title, date: '2026-11-24T00:00:00Z' }));
  const others = {
    '/a': other(['Opera waits for its tenor', 'Salmon come early', 'Nobody claims the jackpot']),
    '/b': other(['Chess club wins twice', 'Bakery moves out', 'Roads stay closed']),
  };
  const serve = (more: string) => {
    for (const [path, voice] of [
      ['/a', ''],
      ['/b', ', mayor says'],
    ] as const) {
      const items = [...other([`${more} of ${path}`]), ...others[path], ...told(voice).reverse()];
      origin.pages.set(path, { body: rss(`Paper ${path}`, items, `https://paper.example${path}/`) });
    }
  };
  origin = await serveFeeds();
  serve('First');
  site = aSite({
    sources: ['a', 'b'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`),
    more: ['publish: { items: 3 }', 'retention: 30d'],
  });
  await site.run('2026-11-24T09:07:00Z');
  const before = site.read('stories.json');
  expect(site.json('stories.json').items).toHaveLength(3);
  await newsloom('prune', '--config', join(site.root, 'config', 'newsloom.yaml'), '--now', '2027-01-24T09:07:00Z');
  serve('Second');
  await site.run('2027-01-24T10:07:00Z');
  expect(site.read('stories.json')).toBe(before);
});
