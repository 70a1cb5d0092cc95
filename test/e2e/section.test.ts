/** The section over days of a virtual clock: its menu, its times, its labels, and the reachability of every page. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aSite, type SiteParts, type TestSite } from '../support/a-site.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { crawl } from '../support/crawl.js';
import { anArticlePage, aPageEntry, pageWriter } from '../support/pages.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { isThorough } from '../support/thorough.js';

const open: { close?(): Promise<void>; remove?(): void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close?.();
    one.remove?.();
  }
});

const NAMES = 'anvil bridge castle dragon engine forest garden harbour island jungle'.split(' ');
const TOPICS = NAMES.map((name) => `{ id: ${name}, label: The ${name}, any: ["=${name}"] }`);

async function section(
  more: Partial<SiteParts> = {},
): Promise<{ site: TestSite; server: FeedServer; parts: SiteParts }> {
  const server = await serveFeeds({ '/a': rss('Paper A', []), '/b': rss('Paper B', [], 'https://b.example/') });
  const parts = {
    sources: [`{ id: a, url: "${server.url}/a" }`, `{ id: b, url: "${server.url}/b" }`],
    topics: TOPICS,
    ...more,
  };
  const site = aSite(parts);
  open.push(server, site);
  return { site, server, parts };
}

/** `count` articles on the topic, an hour apart, the last at noon of that day. */
function news(topic: string, count: number, day: string): RssItem[] {
  return Array.from({ length: count }, (_, i) => ({
    title: `Of ${topic} ${day} ${i}`,
    date: new Date(Date.parse(`${day}T12:00:00Z`) - i * 3_600_000).toISOString(),
  }));
}
const menu = (site: TestSite, page = 'index.html') => {
  const [nav] = /<nav class="topics".*?<\/nav>/s.exec(site.read(page))!;
  return [...nav.matchAll(/topics\/(\w+)\.html/g)].map(([, id]) => id);
};
const forget = (site: TestSite) => rmSync(join(site.root, '.newsloom'), { recursive: true });

describe('the menu', () => {
  it('keeps its topics until another has half as many articles again, even after a lost store', async () => {
    const { site, server } = await section();
    const first = NAMES.slice(0, 9).flatMap((name, i) => news(name, 4 - Math.floor(i / 8), '2026-11-20'));
    server.pages.set('/a', { body: rss('Paper A', first) });
    await site.run('2026-11-20T13:00:00Z');
    expect(menu(site)).toEqual(NAMES.slice(0, 8));
    expect(menu(site, `articles/${[...site.files('articles').keys()][0]!.split('/')[1]}`)).toEqual(NAMES.slice(0, 8));

    // One more than the last of the menu: not enough.
    const second = [...news('island', 2, '2026-11-21'), ...first];
    server.pages.set('/a', { body: rss('Paper A', second) });
    const { report } = await site.run('2026-11-21T13:00:00Z');
    expect(menu(site)).toEqual(NAMES.slice(0, 8));
    expect(report.files.written).toBeLessThan(60);
    expect(site.read('topics.html')).toMatch(/The island<\/a> <span class="count">30 days: 5 · all: 5</);

    const before = site.files();
    forget(site);
    await site.run('2026-11-21T13:10:00Z');
    expect(site.files()).toEqual(before);

    server.pages.set('/a', { body: rss('Paper A', [...news('island', 1, '2026-11-22'), ...second]) });
    await site.run('2026-11-22T13:00:00Z');
    expect(menu(site)).toEqual([...NAMES.slice(0, 7), 'island']);
    expect((await site.run('2026-12-22T13:00:00Z')).report).toMatchObject({ changed: false });
  });

  it('follows the config in its order, and recent news without it', async () => {
    const { site, server, parts } = await section();
    server.pages.set('/a', {
      body: rss(
        'Paper A',
        NAMES.flatMap((name) => news(name, 1, '2026-11-20')),
      ),
    });
    const now = '2026-11-20T13:00:00Z';
    await site.run(now);
    const chosen = menu(site);
    site.configure({ ...parts, more: ['publish: { menu: [jungle, anvil] }'] });
    await site.run(now);
    expect(menu(site)).toEqual(['jungle', 'anvil']);
    site.configure(parts);
    await site.run(now);
    expect(menu(site)).toEqual(chosen);
  });
});

describe('times', () => {
  const SPRING: RssItem[] = [
    { title: 'Before the clocks change', date: '2026-03-29T00:30:00Z' },
    { title: 'After the clocks change', date: '2026-03-29T01:30:00Z' },
    { title: 'On the next day', date: '2026-03-29T21:30:00Z' },
  ];
  it('use the section’s time zone, while feeds use UTC', async () => {
    const { site, server } = await section({ site: ['timezone: Europe/Kyiv'] });
    server.pages.set('/a', { body: rss('Paper A', SPRING) });
    await site.run('2026-03-30T07:00:00Z');
    const index = site.read('index.html');
    expect(index).toMatch(
      /30 March 2026<.*On the next day.*2026-03-30T00:30:00\+03:00">00:30<span class="zone"> UTC\+3<.*29 March 2026</s,
    );
    expect(index).toContain('datetime="2026-03-29T04:30:00+03:00">04:30<span class="zone"> UTC+3<');
    expect(index).toContain('datetime="2026-03-29T02:30:00+02:00">02:30<span class="zone"> UTC+2<');
    expect(site.json('all.json').items[0]).toMatchObject({ date_published: '2026-03-29T21:30:00Z' });
  });

  it('do not change pages when the clocks change, or the store is lost', async () => {
    const { site, server } = await section({ site: ['timezone: Europe/Kyiv'] });
    server.pages.set('/a', { body: rss('Paper A', SPRING.slice(0, 1)) });
    await site.run('2026-03-29T00:40:00Z');
    const first = site.files('articles');
    server.pages.set('/a', { body: rss('Paper A', SPRING) });
    await site.run('2026-03-30T07:00:00Z');
    const now = site.files('articles');
    for (const [path, page] of first) expect(now.get(path)).toBe(page);
    const before = site.files();
    forget(site);
    await site.run('2026-03-30T08:00:00Z');
    expect(site.files()).toEqual(before);
  });

  it('use the offsets of the manifest after a lost store, with any version of Node', async () => {
    const { site, server } = await section({ site: ['timezone: Europe/Kyiv'] });
    server.pages.set('/a', { body: rss('Paper A', SPRING) });
    await site.run('2026-03-30T07:00:00Z');
    forget(site);
    const told = site.read('manifest.json').replace(/"offsets":\[\[.*?\]\]/, '"offsets":[[0,90]]');
    writeFileSync(join(site.feeds, 'manifest.json'), told);
    await site.run('2026-03-30T08:00:00Z');
    expect(site.read('index.html')).toContain(
      'datetime="2026-03-29T03:00:00+01:30">03:00<span class="zone"> UTC+1:30<',
    );
    expect(site.json('manifest.json').pages).toMatchObject({ zone: { name: 'Europe/Kyiv', offsets: [[0, 90]] } });
  });

  it('change with the time zone, and change back', async () => {
    const { site, server, parts } = await section();
    server.pages.set('/a', { body: rss('Paper A', SPRING) });
    const now = '2026-03-30T07:00:00Z';
    await site.run(now);
    const before = site.files();
    site.configure({ ...parts, site: ['timezone: Asia/Kathmandu'] });
    await site.run(now);
    expect(site.read('index.html')).toContain(
      'datetime="2026-03-29T06:15:00+05:45">06:15<span class="zone"> UTC+5:45<',
    );
    expect(site.files().get('all.rss')).toBe(before.get('all.rss'));
    site.configure(parts);
    await site.run(now);
    expect(site.files()).toEqual(before);
  });
});

describe('words', () => {
  it('can be replaced by the editor’s', async () => {
    const words =
      'publish: { words: { latestNews: What is new, leaveComment: Say something, articleCount: "{n} pieces" } }';
    const { site, server } = await section({ site: ['comments: https://forum.example/?u={url}'], more: [words] });
    server.pages.set('/a', { body: rss('Paper A', news('anvil', 2, '2026-11-20')) });
    await site.run('2026-11-20T13:00:00Z');
    expect(site.read('index.html')).toContain('<h1>What is new</h1>');
    expect(site.read('sources/a.html')).toContain('2 pieces');
    expect([...site.files('articles').values()][0]).toContain('<h2 id="comment-title">Say something</h2>');
  });
});

describe('names', () => {
  it('link to the publication’s page, its site, and an author’s page there', async () => {
    const author = (url: string) =>
      `<author xmlns="http://www.w3.org/2005/Atom"><name>Ada Tarn</name><uri>${url}</uri></author>`;
    const { site, server } = await section();
    const item = (title: string, url: string) => ({ title, date: '2026-11-20T12:00:00Z', xml: author(url) });
    server.pages.set('/a', { body: rss('Paper A', [item('Of an anvil', 'https://www.paper.example/ada'), item('Of a bridge', 'https://elsewhere.example/ada')]) }); // biome-ignore format: one feed
    await site.run('2026-11-20T13:00:00Z');
    const page = (title: string) => [...site.files('articles').values()].find((html) => html.includes(`<h1 class="p-name" lang="en" dir="ltr">${title}`) || html.includes(`>${title}</h1>`))!; // biome-ignore format: one call
    expect(page('Of an anvil')).toContain(
      '<a class="p-author" href="https://www.paper.example/ada"><bdi>Ada Tarn</bdi></a>',
    );
    expect(page('Of a bridge')).toContain('<span class="p-author"><bdi>Ada Tarn</bdi></span>');
    expect(page('Of an anvil')).toContain('<a class="p-publication" href="../sources/a.html"><bdi>Paper A</bdi></a>');
    expect(page('Of an anvil')).toMatch(
      /<li><a href="..\/topics\/anvil.html">The anvil<\/a><\/li>\n<li><span aria-current="page"/,
    );
    expect(site.read('sources/a.html')).toContain('<a href="https://paper.example/">The site of Paper A</a>');
  });
});

describe('a reader who follows links', () => {
  it('can reach every page from the index, without dead links', async () => {
    const { site, server } = await section();
    server.pages.set('/a', {
      body: rss(
        'Paper A',
        NAMES.flatMap((name) => news(name, 13, '2026-11-20')),
      ),
    });
    server.pages.set('/b', { body: rss('Paper B', news('anvil', 3, '2026-11-19'), 'https://b.example/') });
    await site.run('2026-11-20T13:00:00Z');
    const { reached, dead } = crawl(site.feeds, 'https://news.example.org/feeds/');
    expect(dead).toEqual([]);
    const pages = [...site.files().keys()].filter(
      (path) => path.endsWith('.html') && !/^(?:fragments\/|404\.html$)/.test(path),
    );
    expect(pages.length).toBeGreaterThan(133);
    expect(pages.filter((path) => !reached.has(path))).toEqual([]);
  });
});

describe('the sitemap', () => {
  it('contains lists and own posts, each with its newest change, and is part of the edition', async () => {
    const { site, server } = await section();
    server.pages.set('/a', { body: rss('Paper A', news('anvil', 2, '2026-11-20')) });
    await site.run('2026-11-20T13:00:00Z');
    const found = [...site.read('sitemap.xml').matchAll(/<loc>https:\/\/news.example.org\/feeds\/(.*?)<\/loc>/g)].map(
      ([, path]) => path,
    );
    expect(found).toEqual([
      '',
      'topics.html',
      'sources.html',
      'subscribe.html',
      'publishers.html',
      'topics/anvil.html',
      'sources/a.html',
    ]);
    expect(site.read('sitemap.xml')).toContain('sources/a.html</loc><lastmod>2026-11-20T12:00:00Z</lastmod>');
    expect(site.json('manifest.json').files).toContainEqual(expect.objectContaining({ path: 'sitemap.xml' }));
  });
});

/** Runs in the page. */
const MEASURE = `(() => {
  const items = [...document.querySelectorAll('nav.topics li')];
  const { left, right } = items.at(-1).getBoundingClientRect();
  return {
    lines: new Set(items.map((item) => Math.round(item.getBoundingClientRect().top))).size,
    sideways: document.documentElement.scrollWidth - innerWidth,
    allInSight: left >= 0 && right <= innerWidth,
    direction: getComputedStyle(document.body).direction,
    breadcrumb: document.querySelector('nav.breadcrumb')?.getBoundingClientRect().height ?? 0,
  };
})()`;

describe.runIf(hasBrowser)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const LONG: Readonly<Record<string, string>> = {
    de: 'Wirtschaftswissenschaften und Rechtsschutzversicherung',
    en: 'Science, technology and telecommunications',
    uk: 'Надзвичайні ситуації та кліматичні зміни',
    ar: 'الأزمات الإنسانية والتغير المناخي في العالم',
    ja: '科学技術と通信および宇宙開発に関する話題',
  };

  const languages = Object.entries(LONG).slice(0, isThorough ? undefined : 1);
  it.each(languages)(
    'the menu is no more than two lines on a phone, however long its words: %s',
    async (language, label) => {
      const menu = Array.from({ length: 8 }, (_, i) => ({ id: `t${i}`, label: `${label} ${i}` }));
      const writer = pageWriter({ language, menu });
      const folder = temporaryFolder();
      const topics = [{ id: 't1', label: `${label} 1`, scheme: 'https://news.example.org/', term: 't1' }];
      writeFileSync(join(folder, 'style.css'), writer.stylesheet());
      writeFileSync(join(folder, 'page.html'), writer.list({ kind: 'index', top: [], sourceIds: ['paper'], stories: false, entries: [aPageEntry()], topics: [], sources: [] })); // biome-ignore format: one call
      writeFileSync(join(folder, 'article.html'), writer.article(anArticlePage({ topics })).replaceAll('../', ''));
      for (const file of ['page.html', 'article.html']) {
        for (const width of [320, 390, 767]) {
          const page = await browser.newPage({ viewport: { width, height: 844 } });
          await page.goto(pathToFileURL(join(folder, file)).href);
          const seen = await page.evaluate(MEASURE);
          await page.close();
          expect([width, seen]).toMatchObject([width, { sideways: 0, allInSight: true }]);
          expect(seen).toHaveProperty('direction', language === 'ar' ? 'rtl' : 'ltr');
          expect((seen as { lines: number }).lines).toBeLessThanOrEqual(2);
          expect((seen as { breadcrumb: number }).breadcrumb).toBeLessThan(40);
        }
      }
    },
  );
});
