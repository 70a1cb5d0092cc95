/** The search page and the script that marks new entries, with Pagefind and in a real Chromium. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFolderHandler } from '../../src/serve/folder.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { serveHttp } from '../support/loopback.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

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
    title: `Ferry ${['alpha', 'beta', 'gamma', 'delta'][i]} sails`,
    date: new Date(Date.parse('2026-11-24T09:00:00Z') - i * 3_600_000).toISOString(),
  }));
const source = ({ url }: FeedServer) => [`{ id: paper, url: "${url}/feed" }`];

async function section(publish: string, count = 3): Promise<{ site: TestSite; server: FeedServer }> {
  const server = await serveFeeds({ '/feed': rss('The Paper', items(count)) });
  const site = aSite({ sources: source(server), more: [`publish: { ${publish} }`] });
  open.push(server, site);
  return { site, server };
}

const indexFiles = (site: TestSite) =>
  new Map([...site.files()].filter(([path]) => /^(?:pagefind\/|search\.|seen\.)/.test(path)));

describe('publish.search', () => {
  it('is off by default, and removed if turned off', async () => {
    const { site, server } = await section('search: false');
    await site.run(now);
    expect([...indexFiles(site).keys()]).toEqual([]);
    expect(site.read('index.html')).not.toMatch(/search|seen|script-src/);
    site.configure({ sources: source(server), more: ['publish: { search: true }'] });
    await site.run(now);
    expect([...indexFiles(site).keys()]).toEqual(expect.arrayContaining(['pagefind/pagefind-entry.json', 'pagefind/pagefind.js', 'search.html', 'search.js'])); // biome-ignore format: one list
    site.configure({ sources: source(server) });
    await site.run(later);
    expect([...indexFiles(site).keys()]).toEqual([]);
  });

  it('writes the same index for the same articles, and another after news', async () => {
    const { site, server } = await section('search: true');
    await site.run(now);
    const first = indexFiles(site);
    expect((await site.run(later)).report).toMatchObject({ changed: false, files: { written: 0 } });
    rmSync(join(site.feeds, 'pagefind/pagefind-entry.json'));
    await site.run(later, { forcePublish: true });
    expect(indexFiles(site)).toEqual(first);

    server.pages.set('/feed', { body: rss('The Paper', items(4)) });
    await site.run(later);
    const second = indexFiles(site);
    expect(second.get('pagefind/pagefind-entry.json')).toContain('"page_count":4');
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    rmSync(site.feeds, { recursive: true });
    await site.run(later);
    expect(indexFiles(site)).toEqual(second);
  });

  it('indexes only what may be shown', async () => {
    const { site, server } = await section('search: true');
    site.configure({ sources: [`{ id: paper, url: "${server.url}/feed", content: none }`], more: ['publish: { search: true }'] }); // biome-ignore format: one call
    server.pages.set('/feed', { body: rss('The Paper', [{ ...items(1)[0]!, description: 'Secretword.' }]) });
    await site.run(now);
    const fragment = [...site.files().keys()].find((path) => path.startsWith('pagefind/fragment/'))!;
    const { gunzipSync } = await import('node:zlib');
    const text = gunzipSync(readFileSync(join(site.feeds, fragment))).toString();
    expect(text).toContain('Ferry alpha sails');
    expect(text).not.toContain('Secretword');
  });
});

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function visit(
    site: TestSite,
    path: string,
    javaScriptEnabled = true,
  ): Promise<{ page: Page; faults: string[] }> {
    const server = await serveHttp(createFolderHandler({ dir: site.feeds, announced: null, base: '/feeds/' }));
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    open.push(server, { close: () => context.close() });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on(
      'console',
      (message) => message.type() === 'error' && faults.push(`${message.text()} ${message.location().url}`),
    );
    await page.goto(new URL(`/feeds/${path}`, server.url).href);
    return { page, faults };
  }

  it('finds articles and leads to their pages', async () => {
    const { site } = await section('search: true, script: true');
    await site.run(now);
    const { page, faults } = await visit(site, 'index.html');
    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('gamma');
    const hit = page.locator('#search ol a');
    await hit.waitFor();
    expect(await page.getByRole('status').textContent()).toBe('Results: 1');
    expect(page.url()).toMatch(/search\.html\?q=gamma$/);
    expect(await page.locator('#search .meta').textContent()).toBe('The Paper 24 November 2026');
    await hit.click();
    await page.waitForURL(/\/feeds\/articles\/[a-z2-7]+\.html$/);
    expect(await page.locator('h1').textContent()).toBe('Ferry gamma sails');
    expect(faults).toEqual([]);
  });

  it('keeps the spaces around marked words', async () => {
    const { site, server } = await section('search: true');
    server.pages.set('/feed', {
      body: rss('The Paper', [{ ...items(1)[0]!, description: 'Ice on the harbour road.' }]),
    });
    await site.run(now);
    const { page } = await visit(site, 'search.html?q=harbour', true);
    const mark = page.locator('#search li mark');
    await mark.waitFor();
    expect(await mark.textContent()).toBe('harbour');
    expect(await page.locator('#search .p-summary').textContent()).toContain('Ice on the harbour road.');
  });

  it('is a list of links without scripts, which does not move when the script appears', async () => {
    const { site } = await section('search: true');
    await site.run(now);
    const { page: searching } = await visit(site, 'search.html');
    const top = async () => (await searching.locator('.intro').boundingBox())!.y;
    await searching.getByRole('searchbox').waitFor();
    const after = await top();
    await searching.route('**/search.js', (route) => route.abort());
    await searching.reload();
    expect(await searching.getByRole('searchbox').count()).toBe(0);
    expect(await top()).toBe(after);
    const { page } = await visit(site, 'search.html', false);
    expect((await page.locator('.intro').boundingBox())!.y).toBeLessThan(after);
    expect(await page.getByRole('searchbox').count()).toBe(0);
    expect(await page.locator('main a').allTextContents()).toEqual(['Latest news', 'Publications']);
  });

  it('marks what is newer than the last visit to the front page, and moves nothing', async () => {
    const { site, server } = await section('script: true', 2);
    await site.run(now);
    expect(readFileSync(join(site.feeds, 'seen.js')).byteLength).toBeLessThanOrEqual(1024);
    const { page, faults } = await visit(site, 'index.html');
    const marked = () => page.locator('.is-new h3').allTextContents();
    expect(await marked()).toEqual([]);
    server.pages.set('/feed', { body: rss('The Paper', [{ title: 'Ferry omega sails', date: later }, ...items(2)]) });
    await site.run(later);
    const height = () => page.evaluate('document.documentElement.scrollHeight') as Promise<number>;
    await page.evaluate('sessionStorage.clear()');
    await page.reload();
    expect(await marked()).toEqual(['New: Ferry omega sails']);
    const before = await height();
    await page.evaluate('sessionStorage.clear()');
    await page.reload();
    expect(await marked()).toEqual([]);
    expect(await height()).toBe(before);
    expect(faults).toEqual([]);
    const policy = await page.locator('meta[http-equiv]').getAttribute('content');
    expect(policy).toMatch(/default-src 'none'; script-src 'sha256-[^ ']+'; style-src 'self'/);
    expect(gzipSync(site.read('index.html')).byteLength).toBeLessThan(15_000);
  });
});
