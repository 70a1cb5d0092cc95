/** The parts that other sites embed: fragments, frames, the element and the badge, also in a real Chromium. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFolderHandler } from '../../src/serve/folder.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { type Loopback, serveHttp } from '../support/loopback.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const ALL = 'publish: { embed: [fragments, frames, element, badge] }';
const TOPIC = '{ id: sea, label: Sea, any: [harbour, ferry] }';
const now = '2026-11-24T09:07:00Z';
const later = '2026-11-24T10:07:00Z';

const open: { close?(): Promise<void>; remove?(): void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) {
    await one.close?.();
    one.remove?.();
  }
});

const items = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    title: `Ferry ${i} sails <b onclick="alert(1)">now</b>`,
    date: new Date(Date.parse('2026-11-24T09:00:00Z') - i * 3_600_000).toISOString(),
  }));

async function section(more: string = ALL, topic: string = TOPIC): Promise<{ site: TestSite; server: FeedServer }> {
  const server = await serveFeeds({ '/feed': rss('The Paper', items(12)) });
  const site = aSite({ sources: source(server), topics: [topic], more: [more] });
  open.push(server, site);
  return { site, server };
}
const source = ({ url }: FeedServer) => [`{ id: paper, url: "${url}/feed" }`];
const embedded = (site: TestSite) =>
  [...site.files().keys()].filter((path) => /^(fragments|frames)\/|\.js$|\.svg$/.test(path) && !/^icons/.test(path));

describe('a section', () => {
  it('publishes only the newest articles and the top stories by default', async () => {
    const { site } = await section('');
    await site.run(now);
    expect(embedded(site)).toEqual(['fragments/latest.html', 'fragments/top.html']);
  });

  it('publishes the configured parts, lists them in the manifest, and removes them', async () => {
    const { site, server } = await section();
    await site.run(now);
    const asked = [
      'fragments/latest.html',
      'fragments/sources/paper.html',
      'fragments/top.html',
      'fragments/topics/sea.html',
      'frames/latest.html',
      'frames/sources/paper.html',
      'frames/topics/sea.html',
      'newsloom-latest.js',
      'status.svg',
    ];
    expect(embedded(site)).toEqual(asked);
    const { files } = site.json('manifest.json') as unknown as { files: { path: string }[] };
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(asked));
    expect((await site.run(later)).report).toMatchObject({ changed: false, files: { written: 0 } });

    site.configure({ sources: source(server), topics: [TOPIC] });
    await site.run(later);
    expect(embedded(site)).toEqual(['fragments/latest.html', 'fragments/top.html']);
  });

  it('lists ten articles of each channel, updates them, and is the same after a lost store', async () => {
    const { site, server } = await section();
    await site.run(now);
    const titles = (path: string) => [...site.read(path).matchAll(/dir="ltr">Ferry (\d+)/g)].map(([, n]) => Number(n));
    const newest = Array.from({ length: 10 }, (_, i) => i);
    for (const path of ['fragments/topics/sea.html', 'frames/topics/sea.html', 'frames/latest.html'])
      expect(titles(path), path).toEqual(newest);
    server.pages.set('/feed', { body: rss('The Paper', items(12).slice(1)) });
    const fresh = { title: 'Ferry 99', date: later };
    server.pages.set('/feed', { body: rss('The Paper', [fresh, ...items(12)]) });
    await site.run(later);
    expect(titles('fragments/topics/sea.html')).toEqual([99, ...newest.slice(0, 9)]);
    const before = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(later);
    expect(site.files()).toEqual(before);
  });

  it('continues under the former names of a topic', async () => {
    const { site } = await section(ALL, '{ id: sea, formerly: [ships], label: Sea, any: [harbour, ferry] }');
    await site.run(now);
    for (const folder of ['fragments', 'frames'])
      expect(site.read(`${folder}/topics/ships.html`)).toBe(site.read(`${folder}/topics/sea.html`));
  });

  it('shows the number of readable sources in the badge, without counting as a change', async () => {
    const { site, server } = await section();
    server.pages.set('/other', { body: rss('Der Bote', items(1), 'https://bote.example/') });
    site.configure({
      sources: [...source(server), `{ id: bote, url: "${server.url}/other" }`],
      topics: [TOPIC],
      more: [ALL],
    });
    await site.run(now);
    expect(site.read('status.svg')).toContain('Publications: 2/2');
    server.pages.set('/other', { status: 410, body: '' });
    const { report } = await site.run(later);
    expect(site.read('status.svg')).toContain('Publications: 1/2');
    expect(report).toMatchObject({ changed: false });
  });

  it('does not touch files of other tools', async () => {
    const { site, server } = await section();
    await site.run(now);
    mkdirSync(join(site.feeds, 'pagefind'));
    for (const path of ['pagefind/pagefind.js', 'search.html']) writeFileSync(join(site.feeds, path), 'kept');
    server.pages.set('/feed', { body: rss('The Paper', items(14)) });
    await site.run(later, { forcePublish: true });
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(later);
    for (const path of ['pagefind/pagefind.js', 'search.html']) expect(site.read(path)).toBe('kept');
  });
});

describe('the element', () => {
  const script = readFileSync(new URL('../../src/write/html/embed/newsloom-latest.js', import.meta.url));
  it('is small', () => {
    expect(script.byteLength).toBeLessThan(4096);
    expect(gzipSync(script).byteLength).toBeLessThan(2048);
  });
});

const FLAGS = '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking';

describe.skipIf(!hasBrowser)('in the page of another site', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(FLAGS);
  });
  afterAll(() => browser.close());

  async function visit(body: string | ((feeds: string) => string), more: string = ALL) {
    const { site } = await section(more);
    await site.run(now);
    const feeds = await serveHttp(createFolderHandler({ dir: site.feeds, announced: null, base: '/' }));
    const address = `http://127.0.0.1:${feeds.port}`;
    const html = typeof body === 'string' ? body : body(address);
    const host: Loopback = await serveHttp((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><html lang="de"><title>Host</title>${html}`);
    });
    const page = await browser.newPage();
    open.push({ close: () => page.close() }, feeds, host);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(host.url);
    return { page, asked, feeds: address };
  }
  const links = (page: Page) => page.locator('newsloom-latest a');
  const element = (feeds: string, src = 'all.json', count = 3) =>
    `<newsloom-latest src="${feeds}/${src}" count="${count}"><a href="/news">All news</a></newsloom-latest><script src="${feeds}/newsloom-latest.js" defer></script>`;

  it('the element lists the newest articles, and requests only its feed', async () => {
    const { page, asked, feeds } = await visit((url) => element(url));
    await page.locator('newsloom-latest li').first().waitFor();
    expect(await links(page).allTextContents()).toEqual([
      'Ferry 0 sails now',
      'Ferry 1 sails now',
      'Ferry 2 sails now',
    ]);
    // As in the fragment.
    expect(await page.locator('newsloom-latest time').first().textContent()).toBe('24 November 2026');
    expect(await page.locator('newsloom-latest bdi').first().textContent()).toBe('The Paper');
    const beside = asked.slice(1).filter((url) => !url.endsWith('favicon.ico'));
    expect(beside.sort()).toEqual([`${feeds}/all.json`, `${feeds}/newsloom-latest.js`]);
    await page.evaluate('document.querySelector("newsloom-latest").setAttribute("count", "5")');
    await page.waitForFunction('document.querySelectorAll("newsloom-latest li").length === 5');
  });

  it.each([
    ['', 'block'],
    ['<style>newsloom-latest { display: grid }</style>', 'grid'],
    ['<script>document.querySelector("newsloom-latest").hidden = true</script>', 'none'],
    // The page's policy allows only its own styles.
    ['<meta http-equiv="Content-Security-Policy" content="style-src \'none\'">', 'block'],
  ])('the element is a block, unless the page overrides it: %s', async (more, display) => {
    const { page } = await visit((url) => (more.startsWith('<script') ? element(url) + more : more + element(url)));
    await page.locator('newsloom-latest li').first().waitFor({ state: 'attached' });
    expect(await page.evaluate('getComputedStyle(document.querySelector("newsloom-latest")).display')).toBe(display);
  });

  it('the element keeps its content if its feed cannot be read', async () => {
    const { page } = await visit((url) => element(url, 'none.json'));
    await page.waitForLoadState('networkidle');
    expect(await links(page).allTextContents()).toEqual(['All news']);
  });

  it('the element runs no code of a feed', async () => {
    const feed = {
      items: [
        {
          url: 'javascript:alert(1)',
          title: '<img src=x onerror=alert(1)>',
          date_published: '<b>',
          _source: { title: '<i>' },
        },
      ],
    };
    const script = readFileSync(new URL('../../src/write/html/embed/newsloom-latest.js', import.meta.url), 'utf8');
    const { page } = await visit(
      `<newsloom-latest src='data:application/json,${encodeURIComponent(JSON.stringify(feed)).replaceAll("'", '%27')}'></newsloom-latest><script>${script}</script>`,
    );
    await page.locator('newsloom-latest li').waitFor();
    expect(await page.locator('newsloom-latest :is(img, i, b, [href])').count()).toBe(0);
    expect(await links(page).textContent()).toBe('<img src=x onerror=alert(1)>');
  });

  it('a frame shows its list, and links open outside the frame', async () => {
    const { page, feeds } = await visit((url) => `<iframe src="${url}/frames/topics/sea.html" title="Sea"></iframe>`);
    const frame = page.frameLocator('iframe');
    expect(await frame.locator('li').count()).toBe(10);
    await frame.locator('h1 a').click();
    await page.waitForURL(`${feeds}/topics/sea.html`);
  });

  it('other pages cannot be framed, and without the element scripts cannot read the feeds', async () => {
    const { page } = await visit((url) => `<iframe src="${url}/index.html" title="No"></iframe>${element(url)}`, '');
    await page.waitForLoadState('networkidle');
    expect(await page.frameLocator('iframe').locator('li').count()).toBe(0);
    expect(await links(page).allTextContents()).toEqual(['All news']);
  });
});
