// Takes screenshots of the pages with Chromium: npm run pictures, or node scripts/screenshots.mjs [--site feeds] [--out docs/images] [--all]
// Those of docs/editing.md show the section from scripts/week.mjs. Requires ImageMagick's convert, which reduces the colours.
//   --site  a published folder, such as that of "npm run demo"
//   --all   each kind of page at 1280 and 320 px, light and dark; default: those used in docs/
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { playWeek } from './week.mjs';

const { values } = parseArgs({
  options: {
    site: { type: 'string', default: 'feeds' },
    out: { type: 'string', default: 'docs/images' },
    all: { type: 'boolean', default: false },
  },
});
let site = resolve(values.site);
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8' };
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** One page of each kind, and an article page for each permission: full text, summary, headline only. */
function pages() {
  const articles = readdirSync(join(site, 'articles'))
    .sort()
    .map((file) => `articles/${file}`);
  const holding = (yes, no = /$^/) =>
    articles.find((path) => {
      const html = readFileSync(join(site, path), 'utf8');
      return yes.test(html) && !no.test(html) && html.includes('id="also-like"') && html.includes('id="more-news"');
    });
  const summary = /<article class="h-entry">[\s\S]*<p class="p-summary"/;
  return Object.entries({
    index: 'index.html',
    'article-full': holding(/class="e-content"/),
    'article-summary': holding(summary, /class="e-content"/),
    'article-none': holding(/<article/, /class="(?:e-content|p-summary)"/),
    topic: `topics/${readdirSync(join(site, 'topics')).find((file) => file.endsWith('.html'))}`,
    status: 'status.html',
  }).filter(([, path]) => path !== undefined && existsSync(join(site, path)));
}

const server = createServer((request, response) => {
  const path = join(site, normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)));
  if (!path.startsWith(site) || !existsSync(path)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
  response.end(readFileSync(path));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const home = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(' ') });
mkdirSync(values.out, { recursive: true });

// One or two screens of a long list.
const kindIsLong = (name) => /^(?:index|topic)-/.test(name);

async function picture(name, path, width, colorScheme, fullPage) {
  const page = await browser.newPage({ viewport: { width, height: 860 }, colorScheme });
  await page.goto(home + path);
  await page.screenshot({ path: join(values.out, `${name}.png`), fullPage: fullPage && !kindIsLong(name) });
  await page.close();
}

for (const [kind, path] of pages()) {
  if (!values.all) {
    if (/^article-(summary|none)$/.test(kind)) continue;
    await picture(
      kind,
      path,
      kind === 'topic' ? 400 : 1280,
      kind === 'status' || kind === 'topic' ? 'dark' : 'light',
      false,
    );
    continue;
  }
  for (const width of [1280, 320]) {
    for (const scheme of ['light', 'dark']) await picture(`${kind}-${width}-${scheme}`, path, width, scheme, true);
  }
}
if (!values.all) {
  await picturesOfWeek();
  site = resolve(values.site);
  await picturesOfDesk();
}
await browser.close();
server.close();
for (const name of readdirSync(values.out).filter((file) => file.endsWith('.png'))) {
  const path = join(values.out, name);
  execFileSync('convert', [
    path,
    '-strip',
    '+dither',
    '-colors',
    /^index\b/.test(name) ? '40' : '16',
    '-define',
    'png:compression-level=9',
    `PNG8:${path}`,
  ]);
}

/** Pages at the end of some days of the week at the desk. */
async function picturesOfWeek() {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-week-'));
  const byDay = {
    Monday: ['week-hidden', /<body class="withdrawn">/, 300],
    Tuesday: ['week-headline', /<h1[^>]*>Trams stop at nine/, 560],
    Friday: ['week-post', /<h1[^>]*>Where to help/, 620],
  };
  const shown = async (name, path, height) => {
    const page = await browser.newPage({ viewport: { width: 880, height }, colorScheme: 'light' });
    await page.goto(home + path);
    await page.screenshot({ path: join(values.out, `${name}.png`) });
    await page.close();
  };
  await playWeek(folder, async (day, week) => {
    site = week.site;
    if (day === 'Thursday') await shown('week-front-page', 'index.html', 620);
    if (!(day in byDay)) return;
    const [name, marks, height] = byDay[day];
    const files = readdirSync(join(site, 'articles')).map((file) => `articles/${file}`);
    await shown(
      name,
      files.find((path) => marks.test(readFileSync(join(site, path), 'utf8'))),
      height,
    );
  });
  rmSync(folder, { recursive: true });
}

/** Makes a section of the published news, some of it held for review, and shows each page of its desk. */
async function picturesOfDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-desk-'));
  const main = resolve('dist/main.js');
  makeReviewedSite(folder);
  execFileSync(process.execPath, [main, 'build', '--now', '2026-11-22T20:00:00Z'], { cwd: folder, stdio: 'ignore' });
  const child = spawn(process.execPath, [main, 'desk', 'open', '--port', '0'], { cwd: folder });
  const [line] = await once(child.stdout, 'data');
  const [url] = /http\S+/.exec(String(line));
  const page = await browser.newPage({ viewport: { width: 1120, height: 720 }, colorScheme: 'light' });
  await page.goto(url);
  const take = (name) => page.screenshot({ path: join(values.out, `desk-${name}.png`) });
  const open = (path) => page.goto(new URL(path, url).href);
  const paths = await page.locator('nav a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  await open('/articles');
  await page.locator('.card h2 a').first().click();
  await page.getByLabel('Pinned to the top').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await take('article');
  for (const path of paths) {
    await open(path);
    await page.waitForLoadState('networkidle');
    await take(path.slice(1));
  }
  child.kill('SIGINT');
  await once(child, 'close');
  rmSync(folder, { recursive: true });
}

function groupBySource(items) {
  const titles = [...new Set(items.map(({ _source }) => _source.title))];
  return Object.fromEntries(titles.map((title) => [title, items.filter(({ _source }) => _source.title === title)]));
}

/** The newest news of the demo as three feeds. The smallest one is reviewed. */
function makeReviewedSite(folder) {
  const { items } = JSON.parse(readFileSync(join(site, 'all.json'), 'utf8'));
  const papers = Object.entries(groupBySource(items)).slice(0, 3);
  const text = (words = '') => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  for (const name of ['config', 'content', 'letters']) mkdirSync(join(folder, name));
  papers.forEach(([title, articles], i) => {
    const entries = articles.map(
      ({ url, title, summary, date_published }) =>
        `<item><title>${text(title)}</title><link>${text(url)}</link><description>${text(summary)}</description><pubDate>${new Date(date_published).toUTCString()}</pubDate></item>`,
    );
    writeFileSync(
      join(folder, `paper${i}.xml`),
      `<rss version="2.0"><channel><title>${text(title)}</title><link>${text(articles[0]._source.url)}</link>${entries.join('')}</channel></rss>`,
    );
  });
  const sources = papers.map(
    ([title], i) =>
      `- { id: paper${i}, url: "file:paper${i}.xml", title: ${JSON.stringify(title)}${i === 0 ? ', review: hold' : ''} }`,
  );
  sources.push('- { id: links, kind: links, path: config/links.yaml }', '- { id: posts, kind: posts, path: content }');
  writeFileSync(join(folder, 'config/links.yaml'), '[]\n');
  writeFileSync(join(folder, 'config/sources.yaml'), `${sources.join('\n')}\n`);
  writeFileSync(
    join(folder, 'config/topics.yaml'),
    '- { id: science, label: Science, any: [moon, ice, research, scientists, telescope] }\n- { id: health, label: Health, any: [hospital, clinic, nurses, medicine] }\n- { id: weather, label: Weather, any: [storm, rain, flood, heat] }\n',
  );
  writeFileSync(
    join(folder, 'config/newsloom.yaml'),
    'site: { title: The Section, url: "https://section.example/" }\nsources: sources.yaml\ntopics: topics.yaml\ndigests: [{ id: weekly, title: The week, every: monday 06:00, introduction: { folder: letters } }]\n',
  );
}
