/** Old articles are not announced, after any action of an editor, a publisher, a backup or a clock. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anAnnouncingSite, at, ferries, ferry } from '../support/announcing-site.js';
import type { RssItem } from '../support/serve-feeds.js';

const HARBOUR = '{ id: webhook, to: webhook, url: "ORIGIN/hook", of: [topics/sea] }';

describe('an old article', () => {
  it('is not announced when a topic or channel is widened, or the editor moves it there', async () => {
    const { site, publish, told, configure } = await anAnnouncingSite([
      HARBOUR,
      '{ id: second, to: webhook, url: "ORIGIN/second", of: [channels/asked] }',
    ]);
    const asking = (about: string) => ({
      topics: [`{ id: sea, any: [${about}] }`],
      more: ['channels:', `  - { id: asked, title: Asked, where: { text: { all: [${about}] } } }`],
    });
    configure(asking('whale'));
    await site.run(at(0));
    publish('a', ferries('a', 1, 9));
    await site.run(at(10));
    configure(asking('ferry'));
    publish('b', [ferry('b', 1, undefined, 4)]);
    await site.run(at(10, 4));
    expect(site.json('topics/sea.json').items).toHaveLength(10);
    expect(site.json('channels/asked.json').items).toHaveLength(10);
    expect(told()).toEqual(['Ferry 1 of b leaves the harbour', 'Ferry 1 of b leaves the harbour']);
  });

  it('is announced when the editor approves it, not when review is switched off', async () => {
    const { site, origin, publish, told, configure } = await anAnnouncingSite();
    const reviewed = [`{ id: a, url: "${origin.url}/a", review: hold }`];
    configure({ sources: reviewed });
    await site.run(at(0));
    publish('a', ferries('a', 1, 6));
    await site.run(at(10));
    writeFileSync(join(site.root, 'config', 'desk.yaml'), '- { article: "https://a.example/5", approve: true }\n');
    await site.run(at(10, 5));
    expect(told()).toEqual(['Ferry 5 of a leaves the harbour']);
    configure({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
    await site.run(at(20, 5));
    expect(site.json('all.json').items).toHaveLength(6);
    expect(told()).toHaveLength(1);
  });

  it('is not announced when its source republishes everything with new ids, addresses and dates', async () => {
    const { site, publish, told } = await anAnnouncingSite();
    const anew = (change: (one: RssItem, n: number) => RssItem) => publish('a', ferries('a', 1, 9).map(change));
    anew((one) => ({ ...one, guid: one.link! }));
    await site.run(at(0));
    const moved = (n: number) => ({ guid: `new-${n}`, link: `https://www.a-news.example/${n}` });
    anew((one, n) => ({ ...one, ...moved(n), date: at(n) }));
    await site.run(at(30));
    expect(site.json('all.json').items).toHaveLength(18);
    expect(told()).toEqual([]);
    publish('a', [ferry('a', 35), ...ferries('a', 1, 9).map((one, n) => ({ ...one, ...moved(n), date: at(n) }))]);
    await site.run(at(40));
    expect(told()).toEqual(['Ferry 35 of a leaves the harbour']);
  });

  it('is not announced after a backup of the store replaces the current one', async () => {
    const { site, publish, told } = await anAnnouncingSite();
    await site.run(at(0));
    cpSync(join(site.root, '.newsloom'), join(site.root, 'backup'), { recursive: true });
    publish('a', ferries('a', 1, 4));
    await site.run(at(10));
    const lately = [ferry('a', 11, undefined, 6), ferry('a', 10, undefined, 5), ...ferries('a', 1, 4)];
    publish('a', lately);
    await site.run(at(20, 6));
    expect(told()).toHaveLength(3);
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    cpSync(join(site.root, 'backup'), join(site.root, '.newsloom'), { recursive: true });
    publish('a', [ferry('a', 12, undefined, 6), ...lately]);
    await site.run(at(30, 6));
    expect(told()).toHaveLength(3);
    publish('a', [ferry('a', 31, undefined, 6), ferry('a', 12, undefined, 6), ...lately]);
    await site.run(at(40, 6));
    expect(told().slice(3)).toEqual(['Ferry 31 of a leaves the harbour']);
  });

  it('is not announced after a restore with a renamed topic and a changed "of"', async () => {
    const { site, publish, told, configure } = await anAnnouncingSite([HARBOUR]);
    await site.run(at(0));
    publish('a', ferries('a', 1, 5));
    await site.run(at(5));
    expect(told()).toHaveLength(2);
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    configure({
      topics: ['{ id: shipping, formerly: [sea], any: [ferry] }'],
      announce: ['{ id: webhook, to: webhook, url: "ORIGIN/hook", of: [topics/shipping, all, stories] }'],
    });
    publish('a', ferries('a', 1, 6));
    await site.run(at(10));
    publish('a', ferries('a', 1, 7));
    await site.run(at(15));
    expect(told().slice(2)).toEqual(['Ferry 7 of a leaves the harbour']);
  });
});

it('a wait saved with a wrong clock does not delay announcements', async () => {
  const { site, publish, told, messenger } = await anAnnouncingSite();
  await site.run(at(0));
  messenger.mishaps.push({ status: 503, headers: { 'retry-after': '3600' } });
  publish('a', ferries('a', 1, 4));
  await site.run(at(5));
  messenger.mishaps.push({ status: 503, headers: { 'retry-after': '3600' } });
  await site.run(at(6, 300));
  expect(told()).toEqual([]);
  await site.run(at(10));
  expect(told()).toEqual(['Ferry 4 of a leaves the harbour']);
});

it('new articles are announced even if an index has a new document', async () => {
  const { site, origin, told, configure } = await anAnnouncingSite();
  const space =
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"';
  const named = (...paths: readonly string[]) => {
    const all = paths.map((path) => `<sitemap><loc>${origin.url}${path}</loc></sitemap>`).join('');
    origin.pages.set('/index.xml', { body: `<sitemapindex ${space}>${all}</sitemapindex>` });
  };
  const holds = (path: string, ...minutes: readonly number[]) => {
    const all = minutes.map((minute) => {
      const news = `<n:news><n:publication_date>${at(minute)}</n:publication_date><n:title>Tide of minute ${minute}</n:title></n:news>`;
      return `<url><loc>https://post.example/${minute}</loc>${news}</url>`;
    });
    origin.pages.set(path, { body: `<urlset ${space}>${all.join('')}</urlset>` });
  };
  configure({ sources: [`{ id: post, kind: sitemap, url: "${origin.url}/index.xml" }`] });
  named('/one.xml');
  holds('/one.xml', 1);
  await site.run(at(2));
  await site.run(at(3));
  named('/one.xml', '/two.xml');
  holds('/two.xml', 4);
  await site.run(at(5));
  holds('/two.xml', 4, 6);
  await site.run(at(7));
  expect(told()).toEqual(['Tide of minute 4', 'Tide of minute 6']);
});
