/** Sources other than feeds, read by a fetch worker: lists, indexes and pages are published as by one process. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { type FetchLoopObserver, runFetchLoop } from '../../src/app/rounds/fetch-loop.js';
import type { RoundOptions } from '../../src/app/rounds/publisher-rounds.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { hasPostgres, usePostgres } from '../support/postgres.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

const NAMESPACES =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';
const index = (url: string) => `<sitemapindex ${NAMESPACES}><sitemap><loc>${url}</loc></sitemap></sitemapindex>`;
const sitemap = `<urlset ${NAMESPACES}><url><loc>https://post.example/ferry-stops</loc><news:news><news:publication><news:name>Harbour Post</news:name></news:publication><news:publication_date>2026-11-24T08:00:00Z</news:publication_date><news:title>Ferry stops</news:title></news:news></url></urlset>`;
const page = `<!doctype html><html lang="en"><title>Council</title><ul>${[1, 2, 3].map((n) => `<li class="n"><a href="/n/${n}">Decision ${n} of the council</a> <time datetime="2026-11-0${n}">then</time></li>`).join('')}</ul>`;
const opml = (url: string) =>
  `<opml version="2.0"><head/><body><outline text="Up country"><outline text="Hills" xmlUrl="${url}"/></outline></body></opml>`;

/** A publisher in this process: resolves with the time of its round. */
async function runRound(site: TestSite): Promise<string> {
  let now = '';
  const observer: RoundOptions['observer'] = {
    opened: (round) => {
      now = round.now.toISOString();
    },
    polled: () => {},
    closed: () => {},
    trouble: () => {},
  };
  await site.run(new Date().toISOString(), { round: { deadlineMs: 60_000, leaseMs: 20_000, observer } });
  return now;
}

/** Resolves with the outcomes of its bundles, which grow. */
async function startWorker(site: TestSite): Promise<readonly string[]> {
  const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
  const stopping = new AbortController();
  const bundles: string[] = [];
  const observer: FetchLoopObserver = {
    polled: () => {},
    bundle: (outcome) => bundles.push(outcome),
    trouble: () => {},
  };
  const worker = { name: 'w', role: 'fetch', version: '1' };
  const ended = runFetchLoop({ settings: () => settings, worker, signal: stopping.signal, observer });
  onTestFinished(() => {
    stopping.abort();
    return ended;
  });
  return bundles;
}

describe.skipIf(!hasPostgres)('a round of a site without feeds', () => {
  const server = usePostgres();

  it('requests new sources of lists and indexes in the same round, and robots.txt itself', {
    timeout: 300_000,
  }, async () => {
    const origin = await serveFeeds({ '/robots.txt': 'User-agent: *\nDisallow: /admin', '/news': { body: page, type: 'text/html' } }); // biome-ignore format: one call
    onTestFinished(() => origin.close());
    origin.pages.set('/list', { body: opml(`${origin.url}/hills`) });
    origin.pages.set('/hills', { body: rss('Hills', [{ title: 'Rain', date: '2026-11-24T08:00:00Z' }]) });
    origin.pages.set('/index.xml', { body: index(`${origin.url}/part.xml`) });
    origin.pages.set('/part.xml', { body: sitemap });
    const site = (store: string) => {
      const made = aSite({
        sources: [
          `{ id: friends, kind: opml, url: "${origin.url}/list" }`,
          `{ id: post, kind: sitemap, url: "${origin.url}/index.xml", headers: { X-Key: k } }`,
          `{ id: council, kind: page, url: "${origin.url}/news", page: { items: li.n, date: time } }`,
        ],
        more: [store],
      });
      onTestFinished(made.remove);
      return made;
    };
    const P = site(`store: { kind: postgres, url: "${server.url()}", schema: ${server.schema()} }`);
    const S = site('store: { kind: sqlite }');
    const bundles = await startWorker(P);
    const now = await runRound(P);
    const all = ['/hills', '/index.xml', '/list', '/news', '/part.xml', '/robots.txt'];
    expect(origin.requests.map(({ path }) => path).sort()).toEqual(all);
    expect(origin.requests.find(({ path }) => path === '/part.xml')!.headers['x-key']).toBe('k');
    expect(origin.requests.find(({ path }) => path === '/hills')!.headers['x-key']).toBeUndefined();
    expect(new Set(bundles)).toEqual(new Set(['asked']));
    await S.run(now);
    expect(P.files()).toEqual(S.files());
    expect(P.json('all.json').items).toHaveLength(5);
  });
});
