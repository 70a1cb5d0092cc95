/** Finds the feed behind the address of an ordinary page. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findFeed } from '../../src/app/add-source/find-feed.js';
import type { Visit } from '../../src/app/add-source/visit.js';
import { createFetcher } from '../../src/app/http-clients.js';
import { loadSite } from '../../src/app/load-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
let visit: Visit & { readonly fetcher: ReturnType<typeof createFetcher> };
beforeEach(async () => {
  origin = await serveFeeds({ '/feed': rss('Paper A', [{ title: 'Ferry sails' }]) });
  site = aSite({ sources: ['{ id: a, url: https://known.example/feed }'] });
  const settings = await loadSite(`${site.root}/config/newsloom.yaml`, {});
  visit = { settings, fetcher: createFetcher(settings), signal: AbortSignal.timeout(60_000) };
});
afterEach(async () => {
  await visit.fetcher.close();
  await origin.close();
  site.remove();
});

/** What ordinary pages load: protection of comments and contact forms, and what a CDN adds to every page. */
const CAPTCHAS = [
  '<script>(function(){var s=document.createElement("script");s.src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"})()</script>',
  '<script src="https://www.google.com/recaptcha/api.js"></script><div class="g-recaptcha" data-sitekey="x"></div>',
  '<script src="https://js.hcaptcha.com/1/api.js"></script><div class="h-captcha"></div>',
  '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
  '<script src="https://x.token.awswaf.com/challenge.js"></script><script>AwsWafIntegration.getToken()</script>',
];
const LINKS = [
  '<link rel="alternate" type="application/rss+xml" href="/feed">',
  '<link rel="alternate" type="application/atom+xml" href="/gone"><link rel="alternate" type="application/rss+xml" href="/feed">',
];
const BODIES = ['<h1>Home</h1>', `<main>${'<p>Words of the day.</p>'.repeat(50)}</main>`];
const PAGES = CAPTCHAS.flatMap((captcha) =>
  LINKS.flatMap((links) =>
    BODIES.flatMap((body) => [
      `<!doctype html><head><title>Paper</title>${captcha}${links}</head><body>${body}</body>`,
      `<!doctype html><head><title>Paper</title>${links}</head><body>${body}${captcha}</body>`,
    ]),
  ),
);

it(`finds the feeds of all ${PAGES.length} pages that load scripts against robots`, async () => {
  expect(PAGES).toHaveLength(40);
  const found: unknown[] = [];
  for (const [i, body] of PAGES.entries()) {
    origin.pages.set(`/page-${i}`, { body, type: 'text/html' });
    found.push((await findFeed(`${origin.url}/page-${i}`, visit)).url);
  }
  expect(found).toEqual(PAGES.map(() => `${origin.url}/feed`));
});

it('ignores a feed in a comment of a page, such as the RDF of trackbacks', async () => {
  const rdf = `<!--\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:trackback="http://madskills.com/public/xml/rss/module/trackback/"><rdf:Description rdf:about="/1" trackback:ping="/ping/1" /></rdf:RDF>\n-->`;
  for (const body of [rdf, rdf.replace('<!--', '').replace('-->', '')]) {
    const page = `<!doctype html><html><head>${LINKS[0]}</head><body>${body}<p>Words</p></body></html>`;
    origin.pages.set('/blog', { body: page, type: 'text/html' });
    expect(await findFeed(`${origin.url}/blog`, visit)).toMatchObject({ url: `${origin.url}/feed`, items: 1 });
  }
});

it('accepts no feed without a title and without items', async () => {
  origin.pages.set('/empty', { body: '<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>' });
  await expect(findFeed(`${origin.url}/empty`, visit)).rejects.toThrow('a feed without a title and without items');
});
