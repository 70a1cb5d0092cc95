// Measures cumulative layout shift in Chromium over real HTTP, with late or missing pictures.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.css': 'text/css' };
/** Milliseconds: long after the first paint. */
const LATE = 250;
/** Pixels. */
const SIZES = [[640, 400], [300, 500], [400, 400], [900, 200]] as const; // biome-ignore format: one list

/** Runs in the page. */
const MEASURE = `new Promise((done) => {
  let shift = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  const measure = () => done({ shift, pictures: [...document.images].map((image) => [image.complete && image.naturalWidth > 0, image.clientHeight > 0]) });
  const whenAnswered = () => [...document.images].some(({ complete }) => complete) ? setTimeout(measure, 600) : setTimeout(whenAnswered, 20);
  whenAnswered();
})`;

interface Measured {
  readonly shift: number;
  /** For each picture: whether it was loaded, and whether it has space. */
  readonly pictures: readonly (readonly [boolean, boolean])[];
}

/** Serves a published folder with late pictures, or with one kind missing. */
async function serveFolder(folder: string, day: { pictures: 'late' | 'broken' }) {
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url ?? '/', 'http://x').pathname);
    const isPicture = extname(path) === '.webp';
    const answer = () => {
      const isThere = existsSync(path) && !(isPicture && day.pictures === 'broken');
      if (!isThere) response.writeHead(404).end();
      else response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'image/webp' }).end(readFileSync(path));
    };
    if (isPicture) setTimeout(answer, LATE);
    else answer();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () => new Promise((done) => server.close(done).closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}

describe.runIf(isThorough && hasBrowser)('nothing moves', () => {
  let browser: Browser;
  let publications: FeedServer;
  let site: TestSite;
  beforeAll(async () => {
    browser = await openBrowser();
    publications = await serveFeeds();
    const { pages } = publications;
    const url = 'http://papers.example';
    const place = { address: '127.0.0.1', port: Number(new URL(publications.url).port) };
    for (const [i, [width, height]] of SIZES.entries()) {
      const body = await sharp({ create: { width, height, channels: 3, background: '#345' } }).png().toBuffer(); // biome-ignore format: one call
      pages.set(`/${i}.png`, { body, type: 'image/png' });
    }
    const media = (i: number) =>
      `<media:content url="${url}/${i}.png" medium="image"><media:description>A bridge ${i}</media:description></media:content>`;
    const text = (i: number) => `&lt;p&gt;Engineers came.&lt;/p&gt;&lt;img src="${url}/${i}.png" alt="Pillars"&gt;&lt;p&gt;They left.&lt;/p&gt;`; // biome-ignore format: one string
    const about = ['Norvik bridge closes after cracks', 'Wheat harvest falls to its lowest', 'Museum recovers stolen astrolabe', 'Ferry workers begin their strike']; // biome-ignore format: one list
    for (const [name, place] of [['a', 0], ['b', 1]] as const) // biome-ignore format: one list
      pages.set(`/${name}`, {
        body: rss(
          `Paper ${name}`,
          about.map((title, i) => ({
            title: `${title} ${name}`,
            description: text((i + 1) % 4),
            xml: media((i + place) % 4),
          })),
          `${url}/`,
        ).replace('<rss ', '<rss xmlns:media="http://search.yahoo.com/mrss/" '),
      });
    site = aSite({
      sources: ['a', 'b'].map((id) => `{ id: ${id}, url: "${url}/${id}", content: full }`),
      more: ['images: { cache: true, icons: false }'],
    });
    await site.run('2026-11-24T12:00:00Z', { resolve: (host) => (host === 'papers.example' ? place : null) });
  });
  afterAll(async () => {
    await browser.close();
    await publications.close();
    site.remove();
  });

  it.each(['late', 'broken'] as const)('where pictures are %s', async (pictures) => {
    const folder = await serveFolder(site.feeds, { pictures });
    const pages = [...site.files().keys()].filter((path) => /^(?:index|articles\/.*|stories(?:\/.*)?)\.html$/.test(path)).filter((path) => site.read(path).includes('<img')); // biome-ignore format: one list
    const shown = ['index.html', ...['articles/', 'stories/'].flatMap((kind) => pages.find((path) => path.startsWith(kind)) ?? [])]; // biome-ignore format: one list
    expect(shown).toHaveLength(3);
    try {
      for (const path of shown) {
        for (const width of [390, 1280]) {
          const page = await browser.newPage({ viewport: { width, height: 844 } });
          await page.goto(folder.url + path, { waitUntil: 'load' });
          const { shift, pictures: all } = await page.evaluate<Measured>(MEASURE);
          expect(all.length).toBeGreaterThan(0);
          expect(all.some(([isLoaded]) => isLoaded)).toBe(pictures === 'late');
          expect(all.every(([, hasRoom]) => hasRoom)).toBe(true);
          expect({ path, width, shift }).toEqual({ path, width, shift: 0 });
          await page.close();
        }
      }
    } finally {
      await folder.close();
    }
  });
});
