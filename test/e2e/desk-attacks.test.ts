/** Attacks on the desk in a real Chromium, and what it does when its files and its store are in trouble. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadSite } from '../../src/app/load-site.js';
import { lockStore } from '../../src/app/open-store.js';
import { views } from '../../src/desk/views.js';
import { aDesk, signIn, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { serveHttp } from '../support/loopback.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

const SCRIPT = '<script>window.ran=1</script>';
const IMAGE = '<img src="/x" onerror="window.ran=1">';
const EVIL = `"'>${SCRIPT}${IMAGE}{{7*7}}<%= 7*7 %>`;

let server: FeedServer;
let site: TestSite;
let desk: TestDesk;
let config: string;

beforeEach(async () => {
  const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const items = [0, 1, 2].map((i) => ({
    title: text(`${EVIL} ${i}`),
    link: `https://paper.example/${i}?q=${encodeURIComponent(EVIL)}`,
    guid: text(`javascript:${EVIL}${i}`),
    date: `2026-11-20T0${i}:00:00Z`,
    description: text(`Summary ${EVIL}`),
    category: text(EVIL),
    xml: `<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">${text(EVIL)}</dc:creator><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">${text(`<p>Body ${EVIL}</p><p onclick="window.ran=1">More</p>`)}</content:encoded>`,
  }));
  server = await serveFeeds({
    '/a': rss(text(`Paper ${EVIL}`), items),
    '/b': rss(text(EVIL), items, 'https://b.example/'),
  });
  const source = (id: string) => `{ id: ${id}, url: "${server.url}/${id}"${id === 'b' ? '' : ', review: hold'} }`;
  site = aSite({
    sources: [source('a'), source('b')],
    topics: ['{ id: t, label: "<script>window.ran=1</script>", any: [summary] }'],
  });
  await site.run('2026-11-20T10:00:00Z');
  desk = await aDesk(site.root);
  config = join(site.root, 'config');
});
afterEach(async () => {
  await desk.stop();
  await server.close();
  site.remove();
});

const listFiles = () => readdirSync(config).map((name) => [name, readFileSync(join(config, name), 'utf8')]);

describe.runIf(hasBrowser)('an attacker', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeEach(async () => {
    browser = await openBrowser();
    context = await browser.newContext();
    page = await context.newPage();
    await page.goto(desk.url);
  });
  afterEach(() => browser.close());

  it('runs nothing with any field of a feed', async () => {
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url()));
    const links = await page
      .goto(`${desk.base}articles`)
      .then(() =>
        page.locator('.card h2 a').evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href)),
      );
    expect(links.length).toBeGreaterThan(0);
    const paths = [
      ...views.map(({ path }) => path),
      ...links,
      '/articles?q=body',
      `/articles?q=${encodeURIComponent(EVIL)}`,
      `/article?id=${encodeURIComponent(EVIL)}`,
      `/${encodeURIComponent(EVIL)}`,
      '/preview/index.html',
    ];
    for (const path of paths) {
      await page.goto(new URL(path, desk.base).href);
      expect([path, await page.evaluate('window.ran ?? 0')]).toEqual([path, 0]);
      expect([
        path,
        await page.locator('script:not([src], [type="application/ld+json"]), [onerror], [onclick]').count(),
      ]).toEqual([path, 0]);
      expect([path, await page.locator('body').innerHTML()]).toEqual([path, expect.not.stringContaining('49')]);
    }
    expect(seen.filter((url) => !url.startsWith(desk.base))).toEqual([]);
  });

  it('changes nothing from another page, and cannot frame the desk', async () => {
    const id = (await page.locator('input[name="article"]').first().getAttribute('value')) ?? '';
    const token = 'guessed';
    const fields = `<input name="do" value="approve article ${id.replaceAll(/["&<]/g, '')}"><input name="token" value="${token}">`;
    const other = await serveHttp((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      if (request.url === '/frame') response.end(`<iframe src="${desk.base}queue"></iframe>`);
      else
        response.end(
          `<form method="post" action="${desk.base}queue">${fields}</form><script>document.forms[0].submit()</script>`,
        );
    });
    const before = listFiles();
    for (const url of [other.url, other.url.replace('127.0.0.1', 'localhost')]) {
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.goto(url);
      expect([401, 403]).toContain((await answered).status());
      await page.goto(new URL('/frame', url).href);
      await page.waitForTimeout(300);
      expect(await page.frames()[1]!.evaluate<string>('document.body?.innerText ?? ""')).not.toContain('Approve');
      const stolen = await page.evaluate<string>(
        `fetch('${desk.base}queue', { credentials: 'include' }).then((r) => r.text(), () => 'refused')`,
      );
      expect(stolen).toBe('refused');
    }
    expect(listFiles()).toEqual(before);
    await other.close();
  });

  it('cannot use an address again', async () => {
    const thief = await browser.newContext();
    const stolen = await thief.newPage();
    expect((await stolen.goto(desk.url))!.status()).toBe(403);
    expect((await stolen.goto(`${desk.base}queue`))!.status()).toBe(401);
  });

  it('says that a worker applies the changes while it has the store', async () => {
    const release = await lockStore((await loadSite(join(config, 'newsloom.yaml'), {})).store);
    await page
      .getByRole('button', { name: /^Approve:/ })
      .first()
      .click();
    await page.locator('.notice.good').waitFor();
    await page.goto(`${desk.base}front`);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('A worker applies them by itself').waitFor();
    await release();
  });
});

describe('trouble', () => {
  it('has empty pages without a store', async () => {
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    rmSync(site.feeds, { recursive: true });
    const visitor = await signIn(desk);
    for (const { path } of views) expect([path, (await visitor.get(path)).status]).toEqual([path, 200]);
  });

  it('serves no file outside of the published folder', async () => {
    const visitor = await signIn(desk);
    symlinkSync(join(config, 'newsloom.yaml'), join(site.feeds, 'link.html'));
    for (const path of [
      '../config/newsloom.yaml',
      '..%2fconfig%2fnewsloom.yaml',
      '%2e%2e/config/newsloom.yaml',
      '.newsloom',
      'link.html',
      '',
      'C:/x',
    ])
      expect([path, (await visitor.get(`/preview/${path}`)).status]).toEqual([path, 404]);
  });

  it('writes no file that a link leads to outside of the folder', async () => {
    const outside = join(dirname(site.root), `outside-${process.pid}.yaml`);
    writeFileSync(outside, '[]\n');
    symlinkSync(outside, join(config, 'desk.yaml'));
    const visitor = await signIn(desk);
    const answer = await visitor.submit('/front', '/front', { do: 'pin', article: 'https://paper.example/x' });
    expect([answer.status, readFileSync(outside, 'utf8')]).toEqual([422, '[]\n']);
    rmSync(outside);
  });

  it('writes fields as text, whatever they contain', async () => {
    const visitor = await signIn(desk);
    const title = "x', hide: true }\n- { article: y, takedown: true } # ${HOME} $${X} *a &b !!js \u2028 {{";
    const id = /name="pin"|\/article\?id=([^"]*)"/.exec(await (await visitor.get('/articles')).text())![1]!;
    const page = `/article?id=${id}`;
    const answer = await visitor.fill(page, '/article', { do: 'save', title });
    expect(answer.status).toBe(303);
    const entries = parse(readFileSync(join(config, 'desk.yaml'), 'utf8'));
    expect(entries).toHaveLength(1);
    expect(Object.keys(entries[0])).toEqual(['article', 'title']);
    const { desk: read } = await loadSite(join(config, 'newsloom.yaml'), {}, 'fresh');
    expect(read.entries[0]!.title).toContain('${HOME} $${X}');
  });

  it('leaves the old file or the new one when it is killed', async () => {
    const file = join(config, 'desk.yaml');
    mkdirSync(config, { recursive: true });
    const comment = `# ${'x'.repeat(2_000_000)}\n`;
    writeFileSync(file, `${comment}- { article: https://a.example/0, hide: true }\n`);
    const script = `import { editDeskFile } from ${JSON.stringify(new URL('../../dist/config/edit/edit-desk.js', import.meta.url).href)};
      for (let i = 1; ; i += 1) { await editDeskFile(${JSON.stringify(file)}, [{ name: 'https://a.example/' + i, keys: [] }], { hide: true }); process.stdout.write('.'); }`;
    for (let i = 0; i < (isThorough ? 30 : 5); i += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, 7 * i));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      const text = readFileSync(file, 'utf8');
      expect(text.startsWith(comment)).toBe(true);
      expect(text.slice(comment.length)).toMatch(/^(?:- \{ article: https:\/\/a\.example\/\d+, hide: true \}\n)+$/);
      for (const name of [`${file}.newsloom-lock`, `${file}.newsloom-new`]) if (existsSync(name)) rmSync(name);
    }
  });
});
