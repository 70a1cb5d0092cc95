/** An editor's day at the desk in a real Chromium: with the mouse, without JavaScript, and by keyboard on a small dark screen. */
import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { views } from '../../src/desk/views.js';
import { aDesk, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { REMOVED } from '../support/temporary-folder.js';
import { isThorough, thorough } from '../support/thorough.js';

const main = join(import.meta.dirname, '../../dist/main.js');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Of each of the ten sources without review: 2,000 articles in all. */
const EACH = isThorough ? 196 : 12;
const NOW = '2026-11-24T10:00:00Z';
const TOMORROW = '2026-11-25';

let browser: Browser;
let server: FeedServer;
let site: TestSite;

beforeAll(async () => {
  const pages: Record<string, string> = {};
  for (let n = 1; n <= 12; n += 1) {
    const count = n <= 2 ? 20 : EACH;
    const items = Array.from({ length: count }, (_, i) => ({
      title: `Report ${n} of number ${i} about the ${['harbour', 'ferry', 'storm', 'council'][i % 4]}`,
      date: new Date(Date.parse('2026-11-24T08:00:00Z') - (i * 12 + n) * 60_000).toISOString(),
      description: `What paper ${n} wrote about subject ${i}.`,
    }));
    pages[`/p${n}`] = rss(`Paper ${n}`, items, `https://p${n}.example/`);
  }
  pages['/new'] = rss('New Paper', [{ title: 'A first report' }], 'https://new.example/');
  server = await serveFeeds(pages);
  const source = (n: number) => `{ id: p${n}, url: "${server.url}/p${n}"${n <= 2 ? ', review: hold' : ''} }`;
  site = aSite({
    sources: Array.from({ length: 12 }, (_, i) => source(i + 1)),
    topics: ['{ id: sea, label: The sea, any: [harbour, ferry] }', '{ id: weather, label: Weather, any: [storm] }'],
  });
  await site.run('2026-11-24T09:00:00Z');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server.close();
  site.remove();
});

function copySite(name: string): string {
  const root = `${site.root}-${name}`;
  cpSync(site.root, root, { recursive: true });
  return root;
}

function readFolder(dir: string): Map<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(dir, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [relative('.', name), readFileSync(join(dir, name), 'latin1')]));
}

/** What the editor does, as commands. */
async function runCommands(root: string): Promise<void> {
  // Not synchronous: this process serves the feeds.
  const newsloom = async (...args: string[]) => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [main, ...args], { cwd: root });
    expect([args, stderr]).toEqual([args, '']);
    return stdout;
  };
  const waiting = JSON.parse(await newsloom('desk', 'queue', '--json')) as { url: string; sourceId: string }[];
  const select = (id: string) => waiting.flatMap(({ url, sourceId }) => (sourceId === id ? url : []));
  await newsloom('desk', 'approve', ...select('p1').slice(0, 10));
  await newsloom('desk', 'approve', ...select('p2'));
  const article = (n: number, i: number) =>
    `https://p${n}.example/report-${n}-of-number-${i}-about-the-${['harbour', 'ferry', 'storm', 'council'][i % 4]}`;
  await newsloom('desk', 'hide', article(3, 0), article(3, 1), article(3, 2));
  await newsloom('desk', 'title', article(4, 0), 'A better headline: "quoted" & <b>bold</b>');
  await newsloom('desk', 'title', article(4, 1), "Another one, with ${HOME} and 'quotes' #1");
  await newsloom('desk', 'pin', article(5, 0), '--until', TOMORROW);
  await newsloom('desk', 'pin', article(5, 1));
  await newsloom('desk', 'order', article(5, 1), article(5, 0));
  await newsloom('sources', 'add', `${server.url}/new`);
  await newsloom('sources', 'pause', 'p6', '--until', TOMORROW);
  await newsloom('topics', 'add', 'weather', 'ferry 7', 'council: "x"');
  await newsloom('build', '--offline', '--now', NOW);
}

type Press = (control: Locator) => Promise<void>;

/** The same at the desk. */
async function workAtDesk(page: Page, { base, url }: TestDesk, press: Press): Promise<void> {
  // A press either loads a page or changes the present one.
  const act = async (control: Locator, said: RegExp) => {
    await press(control);
    // Trying phrases on 2,000 articles takes long on a busy machine.
    await page.locator('.notice.good', { hasText: said }).waitFor({ timeout: 120_000 });
  };
  await page.goto(url);
  await page.goto(`${base}queue?source=p1`);
  for (let i = 0; i < 10; i += 1) {
    const card = page.locator('.card').first();
    const title = ((await card.locator('h2').textContent()) ?? '').trim();
    await act(card.getByRole('button', { name: 'Approve' }), new RegExp(`${title}” approved`));
  }
  await act(page.getByRole('button', { name: 'Approve all 20 of Paper 2' }), /20 articles approved/);
  const open = async (words: string) => {
    await page.goto(`${base}articles`);
    await page.getByRole('searchbox').fill(words);
    await press(page.getByRole('button', { name: 'Search' }));
    await press(page.locator('.card h2 a').first());
    await page.locator('.one').waitFor();
  };
  for (const i of [0, 1, 2]) {
    await open(`report 3 of number ${i} about`);
    await act(page.getByRole('button', { name: 'Hide', exact: true }), /hidden/);
  }
  for (const [i, title] of [
    'A better headline: "quoted" & <b>bold</b>',
    "Another one, with ${HOME} and 'quotes' #1",
  ].entries()) {
    await open(`report 4 of number ${i} about`);
    await page.getByLabel('Headline').fill(title);
    await act(page.getByRole('button', { name: 'Save' }), /saved \(headline/);
  }
  await open('report 5 of number 0 about');
  await page.getByLabel('Until').fill(TOMORROW);
  await act(page.getByRole('button', { name: 'Save' }), /saved \(front page/);
  await open('report 5 of number 1 about');
  await page.getByLabel('Pinned to the top').check();
  await act(page.getByRole('button', { name: 'Save' }), /saved \(front page/);
  await page.goto(`${base}sources`);
  await page.getByLabel('Add a source').fill(`${server.url}/new`);
  await press(page.getByRole('button', { name: 'Look for its feed' }));
  await act(page.getByRole('button', { name: 'Add this source' }), /./);
  const paused = page.locator('.card', { hasText: 'Paper 6' });
  await press(paused.locator('summary'));
  await paused.getByLabel('Pause until').fill(TOMORROW);
  await act(paused.getByRole('button', { name: 'Pause', exact: false }).first(), /paused/i);
  await page.goto(`${base}topic?id=weather`);
  await page.getByLabel('Add phrases').first().fill('ferry 7\ncouncil: "x"');
  await act(page.getByRole('button', { name: 'Save' }), /changed/);
  await page.goto(`${base}front`);
  await act(page.getByRole('button', { name: /^Move up: Report 5 of number 1/ }), /sorted/);
  await press(page.getByRole('button', { name: 'Publish without fetching news' }));
  await page.locator('.notice.good', { hasText: 'Published' }).waitFor({ timeout: 200_000 });
}

const click: Press = (control) => control.click();
const enter: Press = async (control) => {
  await control.focus();
  expect(await control.evaluate((element) => (element as unknown as { tabIndex: number }).tabIndex)).toBe(0);
  await control.press('Enter');
};

describe.runIf(hasBrowser)('the desk', () => {
  async function compareDay(options: BrowserContextOptions, press: Press): Promise<void> {
    const [byHand, byDesk] = [copySite('commands'), copySite('desk')];
    const desk = await aDesk(byDesk, { buildOptions: ['--now', NOW] });
    const context = await browser.newContext(options);
    try {
      await runCommands(byHand);
      await workAtDesk(await context.newPage(), desk, press);
      expect(readFolder(join(byDesk, 'config'))).toEqual(readFolder(join(byHand, 'config')));
      expect(readFolder(join(byDesk, 'feeds'))).toEqual(readFolder(join(byHand, 'feeds')));
    } finally {
      await context.close();
      await desk.stop();
      for (const root of [byHand, byDesk]) rmSync(root, REMOVED);
    }
  }

  it('writes and publishes what the commands do', () => compareDay({}, click));
  thorough('does the same without JavaScript', () => compareDay({ javaScriptEnabled: false }, click));
  thorough('does the same by keyboard, on a small dark screen', () =>
    compareDay({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' }, enter),
  );

  it('shows the article that a key means before it decides', async () => {
    const desk = await aDesk(site.root);
    const page = await browser.newPage();
    await page.goto(desk.url);
    const first = page.locator('.card').first();
    for (const key of ['a', 'x']) await page.keyboard.press(key);
    expect(await first.evaluate((card) => card === card.ownerDocument.activeElement)).toBe(true);
    expect(await first.locator('input').isChecked()).toBe(true);
    expect(await page.locator('.notice.good').count()).toBe(0);
    await page.close();
    await desk.stop();
  });

  it('asks before typed words are lost, and goes on if the editor stays', async () => {
    const desk = await aDesk(site.root);
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.goto(desk.url);
    await page.goto(`${desk.base}article?id=https://p3.example/report-3-of-number-1-about-the-ferry`);
    await page.getByLabel('Your words beside').pressSequentially('Ours');
    await page.getByRole('button', { name: 'Publish', exact: true }).click({ noWaitAfter: true });
    await expect.poll(() => asked).toEqual(['beforeunload']);
    expect(await page.getByLabel('Your words beside').inputValue()).toBe('Ours');
    await page.getByRole('link', { name: 'Queue' }).click();
    await page.waitForURL(/queue$/);
    expect(asked).toEqual(['beforeunload', 'beforeunload']);
    await page.close();
    await desk.stop();
  });

  it('has no accessibility findings, and fits 390 pixels', async () => {
    const desk = await aDesk(site.root);
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    const page = await context.newPage();
    await page.goto(desk.url);
    const paths = [...views.map(({ path }) => path), '/articles?q=harbour', '/article?id=https://p3.example/report-3-of-number-1-about-the-ferry', '/missing']; // biome-ignore format: one list
    for (const scheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const path of paths) {
        await page.goto(new URL(path, desk.base).href);
        await page.evaluate(axe);
        const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()');
        const findings = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect([path, scheme, findings]).toEqual([path, scheme, []]);
        expect([path, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([path, 390]);
      }
    }
    await context.close();
    await desk.stop();
  });
});
