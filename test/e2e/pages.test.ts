/** The pages of complete runs, also in a real Chromium: content of articles must not run. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFolderHandler } from '../../src/serve/folder.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { type Loopback, serveHttp } from '../support/loopback.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
// Runs in the page.
const MARK_DIALOGS =
  "for (const name of ['alert', 'confirm', 'prompt', 'print']) Object.defineProperty(window, name, { value: () => console.log('ran ' + name) })";
const LOOK = `({
  url: location.pathname,
  credit: document.querySelectorAll('main > article > #credit').length,
  scripts: document.querySelectorAll('script:not([type="application/ld+json"])').length,
  handlers: [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some(({ name }) => name.startsWith('on'))).length,
})`;
/** More attack vectors, if available, a few in each page. Run in CI. */
const VECTORS = new URL('../../../shared/corpus/html/vectors.json', import.meta.url);

const open: { close?(): Promise<void>; remove?(): void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) {
    await one.close?.();
    one.remove?.();
  }
});

async function siteOf(
  title: string,
  items: Parameters<typeof rss>[1],
  more: readonly string[] = [],
): Promise<TestSite> {
  const server = await serveFeeds({ '/feed': rss(title, items) });
  const site = aSite({
    sources: [`{ id: paper, url: "${server.url}/feed", content: full }`],
    topics: ['{ id: sea, label: Sea, any: [harbour, ferry] }'],
    more,
  });
  open.push(server, site);
  return site;
}
const now = '2026-11-24T09:07:00Z';
const content = (html: string) => {
  const xml = `<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]></content:encoded>`;
  return { xml };
};

describe('a run', () => {
  it('publishes pages beside the feeds, and the status of sources', async () => {
    const site = await siteOf('The Paper', [{ title: 'Ferry sails' }, { title: 'Harbour opens' }]);
    await site.run(now);
    expect(site.read('index.html')).toContain('Ferry sails');
    expect(site.read('topics/sea.html')).toContain('Harbour opens');
    expect(site.json('status.json').sources).toMatchObject([
      { id: 'paper', title: 'The Paper', state: 'ok', since: now },
    ]);
    expect(site.read('status.html')).toContain('The Paper');
    expect([...site.files('articles').keys()]).toHaveLength(2);
    const { report } = await site.run('2026-11-24T10:07:00Z');
    expect(report).toMatchObject({ changed: false, files: { written: 0 } });
  });

  it('rewrites only the status when a source fails, which does not count as a change', async () => {
    const [paper, bote] = [
      await serveFeeds({ '/a': rss('The Paper', [{ title: 'Ferry sails' }]) }),
      await serveFeeds({ '/b': rss('Der Bote', []) }),
    ];
    const sources = [`{ id: paper, url: "${paper.url}/a" }`, `{ id: bote, url: "${bote.url}/b" }`];
    const site = aSite({ sources });
    open.push(bote, site);
    await site.run(now);
    await paper.close();
    const { report } = await site.run('2026-11-24T10:07:00Z');
    expect(report).toMatchObject({ changed: false, files: { written: 2 } });
    expect(site.json('status.json').sources).toMatchObject([{ id: 'bote' }, { error: { code: 'FETCH_NETWORK' } }]);
    expect(site.read('status.html')).toMatch(/The Paper<.*?failed lately/s);
    expect(site.read('status.html')).not.toContain('FETCH_NETWORK');
  });

  it('publishes the status, but no pages, without the format html', async () => {
    const site = await siteOf('The Paper', [{ title: 'Ferry sails' }], ['publish: { formats: [rss] }']);
    await site.run(now);
    expect([...site.files().keys()].filter((path) => path.endsWith('.html'))).toEqual([]);
    expect(site.json('status.json').sources).toHaveLength(1);
  });

  it('puts the header and footer of a site around the section, as docs/pages.md shows', async () => {
    const site = await siteOf('The Paper', [{ title: 'Ferry sails' }], ['publish: { templates: theme }']);
    mkdirSync(join(site.root, 'theme'));
    for (const [, file, text] of examples()) writeFileSync(join(site.root, 'theme', file!), text!);
    await site.run(now);
    const page = site.read('index.html');
    expect(page).toContain('<header class="site ours">');
    expect(page).toContain('<footer class="site ours">');
    expect(page).not.toContain('<header class="site">');
    expect(site.read('style.css')).toContain('--nl-accent: light-dark(#00664f, #7cd6bd)');
    expect(site.read('articles/'.concat([...site.files('articles').keys()][0]!.split('/')[1]!))).toContain(
      'href="../topics/sea.html"',
    );
  });

  it('publishes the files of the theme and the logo, and removes them again', async () => {
    const site = await siteOf('The Paper', [{ title: 'Ferry sails' }], ['publish: { templates: theme }']);
    mkdirSync(join(site.root, 'theme/assets/fonts'), { recursive: true });
    writeFileSync(join(site.root, 'theme/assets/fonts/house.woff2'), 'font');
    writeFileSync(join(site.root, 'dark.svg'), '<svg/>');
    const config = join(site.root, 'config/newsloom.yaml');
    const plain = readFileSync(config, 'utf8');
    const logo = '  logo: { light: dark.svg, dark: dark.svg }';
    writeFileSync(config, plain.replace(/^site:.*\n/m, (line) => `${line}${logo}\n`)); // biome-ignore format: one call
    await site.run(now);
    expect(site.read('assets/fonts/house.woff2')).toBe('font');
    expect(site.read('assets/logo-dark.svg')).toBe('<svg/>');
    expect(site.read('index.html')).toContain("font-src 'self'");
    expect(site.read('topics/sea.html')).toMatch(
      /<source srcset="\.\.\/assets\/logo-dark\.svg" media="\(prefers-color-scheme: dark\)"><img class="logo" src="\.\.\/assets\/logo-light\.svg" alt="[^"]+">/,
    );
    writeFileSync(config, plain);
    await site.run(now);
    expect([...site.files('assets').keys()]).toEqual(['assets/fonts/house.woff2']);
  });

  it('links to its parent site, and repeats no title', async () => {
    const site = await siteOf('The Paper', [{ title: 'Ferry sails' }]);
    await site.run(now);
    const before = site.read('index.html');
    expect(before).not.toMatch(/class="(?:parent|tagline)"/);
    const config = join(site.root, 'config/newsloom.yaml');
    const parent = '  parent: { title: "A & B", url: "https://blog.example" }';
    writeFileSync(
      config,
      readFileSync(config, 'utf8').replace(/^site:.*\n/m, (line) => `${line}${parent}\n`),
    );
    await site.run(now);
    const link = '<p class="parent"><a href="https://blog.example/">A &amp; B</a></p>\n';
    expect(site.read('index.html').replace(link, '')).toBe(before);
    expect(site.read('status.html')).toContain(link);
  });

  it('publishes pages again when a template changes, and reports an invalid one', async () => {
    const site = await siteOf('The Paper', [{ title: 'Ferry sails' }], ['publish: { templates: theme }']);
    mkdirSync(join(site.root, 'theme'));
    await site.run(now);
    writeFileSync(join(site.root, 'theme', 'footer.eta'), '<footer class="new"></footer>\n');
    expect((await site.run(now)).report).toMatchObject({ changed: true });
    expect(site.read('index.html')).toContain('<footer class="new">');
    writeFileSync(join(site.root, 'theme', 'foter.eta'), '');
    await expect(site.run(now)).rejects.toThrow(/foter\.eta does not replace a built-in template/);
  });
});

/** The files in docs/pages.md: a code block after a line with its name. */
function examples(): RegExpMatchArray[] {
  const text = readFileSync(new URL('../../docs/pages.md', import.meta.url), 'utf8');
  return [...text.matchAll(/`theme\/([a-z.]+)`:\n\n```\w+\n([\s\S]*?)```/g)];
}

describe.runIf(hasBrowser)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(FLAGS);
  });
  afterAll(() => browser.close());

  async function served(site: TestSite): Promise<Loopback> {
    const server = await serveHttp(createFolderHandler({ dir: site.feeds, announced: null, base: '/' }));
    open.push(server);
    return server;
  }

  it('runs no script of an article, loads only images from other hosts, and contains articles in their element', async () => {
    const items = vectors().map((html, i) => ({
      title: `Ferry ${i} ${html.length < 200 ? escaped(html) : ''}`,
      guid: `v${i}`,
      link: `https://paper.example/${i}`,
      date: '2026-11-24T08:00:00Z',
      ...content(`<p>Text ${i}</p>${html}<p>end</p>`),
    }));
    const site = await papersOf(items);
    await site.run(now);
    const { port } = await served(site);
    const url = `http://127.0.0.1:${port}/`;
    const page = await browser.newPage();
    const ran: string[] = [];
    await page.addInitScript(MARK_DIALOGS);
    page.on('console', (message) => message.text().startsWith('ran ') && ran.push(message.text()));
    page.on('dialog', (dialog) => void dialog.dismiss());
    const asked: string[] = [];
    await page.route(/^https?:/, (route) => {
      const own = route.request().url().startsWith(url);
      if (!own && route.request().resourceType() !== 'image') asked.push(route.request().url());
      return own ? route.continue() : route.abort();
    });
    const paths = [...site.files('articles').keys()];
    expect(paths.length).toBeGreaterThan(8);
    for (const path of ['index.html', ...paths]) {
      await page.goto(url + path, { waitUntil: 'domcontentloaded' });
      const found = await page.evaluate(LOOK);
      expect(found).toEqual({ url: `/${path}`, credit: path === 'index.html' ? 0 : 1, scripts: 0, handlers: 0 });
    }
    expect(ran).toEqual([]);
    expect(asked).toEqual([]);
    await page.close();
  });
});

/** Split into several documents: a large one needs a thread, which exists only in the compiled program. */
async function papersOf(items: Parameters<typeof rss>[1]): Promise<TestSite> {
  const parts = Array.from({ length: Math.ceil(items.length / 25) }, (_, i) => items.slice(25 * i, 25 * i + 25));
  const server = await serveFeeds(Object.fromEntries(parts.map((part, i) => [`/${i}`, rss(`Paper ${i}`, part)])));
  const sources = parts.map((_, i) => `{ id: p${i}, url: "${server.url}/${i}", content: full }`);
  const site = aSite({ sources, more: ['publish: { items: 500 }'] });
  open.push(server, site);
  return site;
}

function vectors(): string[] {
  const ours = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><a href="javascript:alert(1)">x</a></svg>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '</div></article></main><script>alert(1)</script>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<form action="javascript:alert(1)"><button>x</button></form><meta http-equiv=refresh content="0;url=//evil.example">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  ];
  const more: { html: string }[] = isThorough && existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, 'utf8')) : [];
  const legal = more.map(({ html }) => html.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, ''));
  return [...ours, ...legal];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
