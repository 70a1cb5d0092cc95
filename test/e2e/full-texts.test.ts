/** `fetch: article`: full texts of new articles from their pages, requested politely, and only if permitted. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainArticle } from '../../src/app/explain/explain.js';
import { loadSite } from '../../src/app/load-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, type RssItem, rss, type Served, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const NO_ICONS = ['images: { icons: false }'];
const HTML = 'text/html; charset=utf-8';
const sentence = (about: string, n: number) =>
  `<p>The ${about} was discussed again on day ${n}, when the council heard from those who live near the water and from those who do not.</p>`;
const story = (about: string) => Array.from({ length: 8 }, (_, i) => sentence(about, i + 1)).join('');
const page = (about: string, { head = '', body = story(about) } = {}) =>
  `<!doctype html><html><head><title>${about}</title>${head}</head><body><nav><a href="/">Home</a></nav><article><h1>${about}</h1>${body}</article><footer>About us</footer></body></html>`;
const html = (body: string, headers: Record<string, string> = {}): Served => ({ body, type: HTML, headers });
const feed = (...items: (string | RssItem)[]) =>
  rss(
    'Paper',
    items.map((item) => (typeof item === 'string' ? { title: item, link: `${origin.url}/${item}` } : item)),
    `${origin.url}/`,
  );
const sources = (more = '') => [`{ id: paper, url: "${origin.url}/feed", content: full, fetch: article${more} }`];
const asked = () => origin.requests.map(({ path }) => path).filter((path) => path !== '/feed');
const contents = (path = 'all.json') =>
  Object.fromEntries(site.json(path).items.map((item) => [item.title, String(item.content_html ?? '')]));
const known = async (title: string, at = origin.url) => {
  const settings = await loadSite(`${site.root}/config/newsloom.yaml`, {});
  const found = await explainArticle(settings, `${at}/${title}`, new Date('2026-11-24T20:00:00Z'));
  if (found.kind !== 'known') throw new Error(`${title} is ${found.kind}`);
  return found.article;
};
const why = async (title: string) => (await known(title)).fullText;

beforeEach(async () => {
  origin = await serveFeeds();
  site = aSite({ sources: sources(), more: NO_ICONS, topics: ['{ id: harbour, label: Harbour, any: [council] }'] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

it('shows the text of the page in the same run, with its topics, and requests it once', async () => {
  origin.pages.set('/feed', { body: feed('ferry') });
  origin.pages.set('/ferry', html(page('ferry')));
  await site.run('2026-11-24T09:07:00Z');
  expect(contents().ferry).toContain('on day 8, when the council');
  expect(contents('topics/harbour.json')).toHaveProperty('ferry');
  expect(asked().sort()).toEqual(['/.well-known/tdmrep.json', '/ferry', '/robots.txt']);
  expect(await why('ferry')).toMatchObject({ outcome: 'taken', detail: null });
  const before = site.files();
  origin.requests.length = 0;
  await site.run('2026-11-24T10:07:00Z');
  origin.pages.set('/feed', { body: `${feed('ferry')}\n<!-- made anew -->` });
  await site.run('2026-11-24T11:07:00Z');
  expect(asked()).toEqual([]);
  expect([...site.files()].filter(([path, text]) => before.get(path) !== text && !path.startsWith('status'))).toEqual(
    [],
  );
});

it('sends no headers of the source, no cookies and no referrer', async () => {
  site.configure({
    sources: sources(', headers: { Authorization: "Bearer s3cret", Cookie: "a=b" }'),
    more: NO_ICONS,
  });
  origin.pages.set('/feed', { body: feed('ferry') });
  origin.pages.set('/ferry', html(page('ferry'), { 'Set-Cookie': 'id=1' }));
  await site.run('2026-11-24T09:07:00Z');
  const others = origin.requests.filter(({ path }) => path !== '/feed');
  expect(others.map(({ path }) => path)).toContain('/ferry');
  for (const { headers } of others)
    expect([headers.authorization, headers.cookie, headers.referer]).toEqual([undefined, undefined, undefined]);
});

it('requests the page again after a change, and shows the known text until then', async () => {
  origin.pages.set('/feed', { body: feed({ title: 'ferry', link: `${origin.url}/ferry`, description: 'It stops.' }) });
  origin.pages.set('/ferry', html(page('ferry')));
  await site.run('2026-11-24T09:07:00Z');
  origin.requests.length = 0;
  origin.pages.set('/feed', { body: feed({ title: 'ferry', link: `${origin.url}/ferry`, description: 'It goes.' }) });
  origin.pages.set('/ferry', { body: '', status: 503 });
  await site.run('2026-11-24T10:07:00Z');
  expect(contents().ferry).toContain('on day 8');
  origin.pages.set('/ferry', html(page('ferry', { body: story('boat') })));
  await site.run('2026-11-24T14:07:00Z');
  expect(contents().ferry).toContain('The boat was discussed again on day 8');
  expect(site.json('all.json').items[0]!.date_modified).toBe('2026-11-24T10:07:00.000Z'.replace('.000', ''));
  expect(asked().filter((path) => path === '/ferry')).toHaveLength(2);
});

it('does not change the date of an article when its page arrives later', async () => {
  origin.pages.set('/feed', { body: feed('ferry') });
  origin.pages.set('/ferry', { body: 'busy', status: 500, type: HTML });
  await site.run('2026-11-24T09:07:00Z');
  const [before] = site.json('all.json').items;
  expect(await why('ferry')).toMatchObject({ outcome: 'failed', failures: 1 });
  await site.run('2026-11-24T09:30:00Z');
  expect(asked().filter((path) => path === '/ferry')).toHaveLength(1);
  origin.pages.set('/ferry', html(page('ferry')));
  await site.run('2026-11-24T10:30:00Z');
  const [after] = site.json('all.json').items;
  expect(after!.content_html).toContain('on day 8');
  expect(after).toMatchObject({ id: before!.id, date_published: before!.date_published });
  expect(after!.date_modified).toEqual(before!.date_modified);
});

it('gives up after three failures', async () => {
  origin.pages.set('/feed', { body: feed('ferry') });
  origin.pages.set('/ferry', { body: 'busy', status: 500, type: HTML });
  for (const hour of ['09', '11', '19', '23']) await site.run(`2026-11-24T${hour}:07:00Z`);
  expect(asked().filter((path) => path === '/ferry')).toHaveLength(3);
  expect(await why('ferry')).toMatchObject({ outcome: 'failed', failures: 0, detail: 'FETCH_STATUS, HTTP 500' });
});

it('requests ten pages of a host per run, sequentially, the newest first', async () => {
  const names = Array.from({ length: 25 }, (_, i) => `a${i}`);
  origin.pages.set('/feed', { body: feed(...names.map((title, i) => ({ title, link: `${origin.url}/${title}`, date: new Date(Date.parse('2026-11-24T08:00:00Z') - i * 60_000).toISOString() }))) }); // biome-ignore format: a table
  for (const name of names) origin.pages.set(`/${name}`, html(page(name)));
  await site.run('2026-11-24T09:07:00Z');
  const pages = () => asked().filter((path) => /^\/a\d/.test(path));
  expect(pages()).toEqual(names.slice(0, 10).map((name) => `/${name}`));
  await site.run('2026-11-24T10:07:00Z');
  await site.run('2026-11-24T11:07:00Z');
  expect(new Set(pages()).size).toBe(25);
  expect(pages()).toHaveLength(25);
  expect(asked().filter((path) => path === '/robots.txt')).toHaveLength(1);
});

it('requests no page of a host in a Retry-After period', async () => {
  origin.pages.set('/feed', { body: feed('ferry', 'bridge') });
  origin.pages.set('/ferry', { body: '', status: 429, headers: { 'Retry-After': '7200' } });
  origin.pages.set('/bridge', { body: '', status: 429, headers: { 'Retry-After': '7200' } });
  site.configure({ sources: sources(), more: NO_ICONS });
  await site.run('2026-11-24T09:07:00Z', { force: false });
  const first = asked().length;
  await site.run('2026-11-24T10:07:00Z', { force: false });
  expect(asked()).toHaveLength(first);
  for (const name of ['ferry', 'bridge']) origin.pages.set(`/${name}`, html(page(name)));
  await site.run('2026-11-24T12:07:00Z', { force: false });
  expect(Object.values(contents()).every((text) => String(text).includes('on day 8'))).toBe(true);
});

describe('keeps the text of the feed', () => {
  const json = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
  const cases: readonly [name: string, outcome: string, pages: Readonly<Record<string, Served>>][] = [
    ['robots.txt forbids it', 'robots', { '/robots.txt': { body: 'User-agent: newsloom\nDisallow: /ferry' } }],
    ['robots.txt names a licence', 'reserved', { '/robots.txt': { body: 'License: https://rsl.example/l.xml' } }],
    ['robots.txt fails', 'failed', { '/robots.txt': { body: '', status: 500 } }],
    ['tdmrep.json reserves it', 'reserved', { '/.well-known/tdmrep.json': { body: '[{"location":"/f*","tdm-reservation":1}]', type: 'application/json' } }], // biome-ignore format: a table
    ['tdmrep.json fails', 'failed', { '/.well-known/tdmrep.json': { body: '', status: 500 } }],
    ['a header reserves it', 'reserved', { '/ferry': html(page('ferry'), { 'TDM-Reservation': '1' }) }],
    ['X-Robots-Tag', 'reserved', { '/ferry': html(page('ferry'), { 'X-Robots-Tag': 'noindex, noai' }) }],
    ['Link to RSL', 'reserved', { '/ferry': html(page('ferry'), { Link: '</l.xml>; rel="license"; type="application/rsl+xml"' }) }], // biome-ignore format: a table
    ['meta tdm-reservation', 'reserved', { '/ferry': html(page('ferry', { head: '<meta name="tdm-reservation" content="1">' })) }], // biome-ignore format: a table
    ['meta robots', 'reserved', { '/ferry': html(page('ferry', { head: '<META NAME="Robots" CONTENT="index, NoArchive">' })) }], // biome-ignore format: a table
    ['a link to RSL', 'reserved', { '/ferry': html(page('ferry', { head: '<link rel="license" type="application/rsl+xml" href="/l.xml">' })) }], // biome-ignore format: a table
    ['schema.org', 'paywalled', { '/ferry': html(page('ferry', { head: json({ '@type': 'NewsArticle', isAccessibleForFree: 'False' }) })) }], // biome-ignore format: a table
    ['a part that costs', 'paywalled', { '/ferry': html(page('ferry', { head: json({ hasPart: { isAccessibleForFree: false, cssSelector: '.rest' } }) })) }], // biome-ignore format: a table
    ['a content tier', 'paywalled', { '/ferry': html(page('ferry', { head: '<meta property="article:content_tier" content="locked">' })) }], // biome-ignore format: a table
    ['a teaser', 'thin', { '/ferry': html(page('ferry', { body: '<p>Please log in to read on.</p>' })) }],
    ['an empty page', 'no-article', { '/ferry': html('') }],
    ['a picture', 'not-html', { '/ferry': { body: 'GIF89a', type: 'image/gif' } }],
    ['no page', 'failed', { '/ferry': { body: 'gone', status: 404, type: HTML } }],
    [
      'the home page',
      'moved',
      { '/ferry': { body: '', status: 302, headers: { Location: '/' } }, '/': html(page('home')) },
    ],
    ['a redirect that never ends', 'failed', { '/ferry': { body: '', status: 302, headers: { Location: '/ferry' } } }],
  ];
  it.each(cases)('%s: %s', async (_, outcome, pages) => {
    origin.pages.set('/feed', { body: feed('ferry') });
    origin.pages.set('/ferry', html(page('ferry')));
    for (const [path, served] of Object.entries(pages)) origin.pages.set(path, served);
    await site.run('2026-11-24T09:07:00Z');
    expect(await why('ferry')).toMatchObject({ outcome, html: null });
    expect(contents().ferry).not.toContain('on day');
    if (outcome === 'robots' || '/robots.txt' in pages) expect(asked()).not.toContain('/ferry');
  });

  it('if robots.txt forbids other programs only', async () => {
    origin.pages.set('/robots.txt', { body: 'User-agent: otherbot\nDisallow: /', type: 'text/plain' });
    origin.pages.set('/.well-known/tdmrep.json', { body: '[{"location":"/photos/","tdm-reservation":1}]' });
    origin.pages.set('/feed', { body: feed('ferry') });
    const head =
      '<meta name="robots" content="index, max-image-preview:large"><meta name="googlebot" content="noarchive">';
    const headers = { 'X-Robots-Tag': 'otherbot: noai', 'TDM-Reservation': '0' };
    origin.pages.set('/ferry', html(page('ferry', { head }), headers));
    await site.run('2026-11-24T09:07:00Z');
    expect(await why('ferry')).toMatchObject({ outcome: 'taken' });
  });

  it('if it is as long as the page', async () => {
    const description = `<![CDATA[${story('ferry')}${story('boat')}]]>`;
    origin.pages.set('/feed', { body: feed({ title: 'ferry', link: `${origin.url}/ferry`, description }) });
    origin.pages.set('/ferry', html(page('ferry')));
    await site.run('2026-11-24T09:07:00Z');
    expect(await why('ferry')).toMatchObject({ outcome: 'shorter' });
    expect(contents().ferry).toContain('The boat');
  });

  it('of an article on another site, without a request', async () => {
    const other = await serveFeeds({ '/ferry': { body: page('ferry'), type: HTML } });
    origin.pages.set('/feed', { body: feed({ title: 'ferry', link: `${other.url}/ferry` }) });
    await site.run('2026-11-24T09:07:00Z');
    expect(other.requests).toEqual([]);
    await other.close();
  });

  describe('of an article on a site that the feed only calls its home', () => {
    let other: FeedServer;
    const home = (head = '') => html(page('home', { head }));
    const named = () => home(`<link rel="alternate" type="application/rss+xml" href="${origin.url}/feed">`);
    const text = async (now = '2026-11-24T09:07:00Z', ...more: RssItem[]) => {
      const items = [...more, { title: 'ferry', link: `${other.url}/ferry` }];
      origin.pages.set('/feed', { body: rss('Paper', items, `${other.url}/`) });
      await site.run(now);
      return contents().ferry ?? '';
    };
    const requested = () => other.requests.map(({ path }) => path).filter((path) => path !== '/feed');
    beforeEach(async () => {
      const victim = { body: rss('Victim', [{ title: 'bridge', link: `${origin.url}/bridge` }]) };
      other = await serveFeeds({ '/': home(), '/ferry': html(page('ferry')), '/feed': victim });
    });
    afterEach(() => other.close());

    it('unless its front page names the feed', async () => {
      expect(await text()).not.toContain('on day 8');
      expect(requested().sort()).toEqual(['/', '/robots.txt']);
      const detail = expect.stringContaining('`sites`');
      expect((await known('ferry', other.url)).fullText).toMatchObject({ outcome: 'elsewhere', detail });
      other.pages.set('/', named());
      const late = { title: 'late', link: `${other.url}/late` };
      await text('2026-12-20T09:07:00Z', late);
      expect(requested()).not.toContain('/ferry');
    });

    it('which its front page does', async () => {
      other.pages.set('/', named());
      expect(await text()).toContain('on day 8');
    });

    it('or the editor lists it', async () => {
      site.configure({ sources: sources(`, sites: ["${new URL(other.url).host}"]`), more: NO_ICONS });
      expect(await text()).toContain('on day 8');
      expect(requested()).not.toContain('/');
    });

    it('until its front page answers', async () => {
      other.pages.set('/', { body: '', status: 503, type: HTML });
      expect(await text()).not.toContain('on day 8');
      other.pages.set('/', named());
      expect(await text('2026-11-25T09:30:00Z', { title: 'late', link: `${origin.url}/late` })).toContain('on day 8');
    });

    it('of another source without permission', async () => {
      const victim = `{ id: victim, url: "${other.url}/feed", content: none }`;
      site.configure({ sources: [...sources(), victim], more: NO_ICONS });
      expect(await text()).not.toContain('on day 8');
      expect(requested()).not.toContain('/ferry');
    });
  });

  it('of an article that redirects to another host', async () => {
    const other = await serveFeeds({ '/ferry': { body: page('ferry'), type: HTML } });
    origin.pages.set('/feed', { body: feed('ferry') });
    origin.pages.set('/ferry', { body: '', status: 302, headers: { Location: `${other.url.replace('127.0.0.1', 'localhost')}/ferry` } }); // biome-ignore format: one line
    await site.run('2026-11-24T09:07:00Z');
    expect(await why('ferry')).toMatchObject({ html: null });
    await other.close();
  });
});

it('requests no page of a dropped or waiting article', async () => {
  site.configure({ sources: sources(', review: hold'), more: [...NO_ICONS, 'rules: [{ drop: { title: [bridge] } }]'] });
  origin.pages.set('/feed', { body: feed('ferry', 'bridge') });
  for (const name of ['ferry', 'bridge']) origin.pages.set(`/${name}`, html(page(name)));
  await site.run('2026-11-24T09:07:00Z');
  expect(asked()).toEqual([]);
  site.configure({ sources: sources(), more: [...NO_ICONS, 'rules: [{ drop: { title: [bridge] } }]'] });
  await site.run('2026-11-24T10:07:00Z');
  await site.run('2026-11-24T11:07:00Z');
  expect(asked()).toContain('/ferry');
  expect(asked()).not.toContain('/bridge');
});

it('applies rules to the full text', async () => {
  site.configure({ sources: sources(), more: [...NO_ICONS, 'rules: [{ drop: { text: ["near the water"] } }]'] });
  origin.pages.set('/feed', { body: feed('ferry') });
  origin.pages.set('/ferry', html(page('ferry')));
  await site.run('2026-11-24T09:07:00Z');
  expect(await known('ferry')).toMatchObject({ hidden: { by: 'rule' }, fullText: { outcome: 'taken' } });
});

it('applies rules to articles that cost money', async () => {
  const rules = 'rules: [{ topics: { set: [+paid], paid: true } }]';
  site.configure({ sources: sources(), more: [...NO_ICONS, rules], topics: ['{ id: paid, label: Subscribers }'] });
  origin.pages.set('/feed', { body: feed('ferry', 'bridge') });
  const head = '<script type="application/ld+json">{"isAccessibleForFree":"False"}</script>';
  origin.pages.set('/ferry', html(page('ferry', { head })));
  origin.pages.set('/bridge', html(page('bridge')));
  await site.run('2026-11-24T09:07:00Z');
  expect(await why('ferry')).toMatchObject({ outcome: 'paywalled' });
  expect(site.json('topics/paid.json').items.map(({ title }) => title)).toEqual(['ferry']);
  const before = site.json('all.json').items;
  site.configure({ sources: sources(), more: [...NO_ICONS, 'rules: [{ drop: { paid: true } }]'] });
  await site.run('2026-11-24T10:07:00Z');
  expect(site.json('all.json').items).toEqual(before.filter(({ title }) => title === 'bridge'));
});

it('is restored from the published feeds, and not requested again', async () => {
  origin.pages.set('/feed', { body: feed('ferry') });
  origin.pages.set('/ferry', html(page('ferry')));
  await site.run('2026-11-24T09:07:00Z');
  const before = site.files();
  const { rmSync } = await import('node:fs');
  rmSync(`${site.root}/.newsloom`, { recursive: true });
  origin.requests.length = 0;
  await site.run('2026-11-24T10:07:00Z');
  expect(contents().ferry).toContain('on day 8');
  expect(asked()).toEqual([]);
  const changed = [...site.files()].filter(
    ([path, text]) => before.get(path) !== text && !/^(?:status|manifest)/.test(path),
  );
  expect(changed.map(([path]) => path)).toEqual([]);
});

it('sanitises the page: no script, no tracker, only safe links', async () => {
  const evil = `<script>alert(1)</script><img src="https://t.example/p.gif" width="1" height="1"><p onclick="x()">${'word '.repeat(40)}<a href="javascript:alert(1)">go</a> <a href="/next?utm_source=x">next</a></p><iframe src="https://evil.example/"></iframe><svg onload=alert(1)></svg>`;
  origin.pages.set('/feed', { body: feed('ferry') });
  origin.pages.set('/ferry', html(page('ferry', { body: story('ferry') + evil })));
  await site.run('2026-11-24T09:07:00Z');
  const { ferry } = contents();
  expect(ferry).toContain('on day 8');
  expect(ferry).toContain(`href="${origin.url}/next`);
  expect(ferry).not.toMatch(/script|onclick|onload|t\.example|evil\.example|<svg/);
});

it('is an error in the config without the licence or without pages', async () => {
  const problems = async (line: string) => {
    site.configure({ sources: [line] });
    return await loadSite(`${site.root}/config/newsloom.yaml`, {}).then(
      () => 'none',
      (error: Error) => error.message,
    );
  };
  expect(await problems(`{ id: paper, url: "${origin.url}/feed", fetch: article }`)).toContain('needs content: full');
  expect(await problems(`{ id: own, kind: links, path: links.yaml, fetch: article }`)).toContain(
    'not allowed with kind: links',
  );
});

it('reads a compressed page within the size limit', async () => {
  origin.pages.set('/feed', { body: feed('ferry', 'bomb') });
  origin.pages.set('/ferry', { body: gzipSync(page('ferry')), type: HTML, headers: { 'Content-Encoding': 'gzip' } });
  origin.pages.set('/bomb', { body: gzipSync(Buffer.alloc(40_000_000, 97)), type: HTML, headers: { 'Content-Encoding': 'gzip' } }); // biome-ignore format: a table
  await site.run('2026-11-24T09:07:00Z');
  expect(await why('ferry')).toMatchObject({ outcome: 'taken' });
  expect(await why('bomb')).toMatchObject({ outcome: 'failed', detail: 'FETCH_TOO_LARGE, HTTP 200' });
});

describe('selectors of the text', () => {
  const SELECTORS = ', text: { select: ".story", remove: [".promo", "figure.ad"] }';
  const PROMO = '<p class="promo">Subscribe to our letter.</p>';
  const configure = (more: string) => site.configure({ sources: sources(more), more: NO_ICONS });

  it('choose the text of a page, and a page in which they match nothing is reported', async () => {
    configure(SELECTORS);
    const body = `<div class="story">${PROMO}${story('ferry')}</div><p>Read also: trams</p>`;
    origin.pages.set('/feed', { body: feed('ferry') });
    origin.pages.set('/ferry', html(page('ferry', { body })));
    await site.run('2026-11-24T09:07:00Z');
    expect(contents().ferry).toContain('on day 8, when the council');
    expect(contents().ferry).not.toMatch(/Read also|Subscribe/);

    origin.pages.set('/feed', { body: feed('tram', 'ferry') });
    origin.pages.set('/tram', html(page('tram')));
    const tested = await newsloom('sources', 'test', 'paper', '--config', `${site.root}/config/newsloom.yaml`);
    expect(tested.out).toMatch(
      /^tram <.*\/tram>\n\nbefore \(\d+ characters\):\n.*day 8, when.*\nafter \(0 characters\):\nnothing/s,
    );
    const { report } = await site.run('2026-11-24T10:07:00Z');
    const message = `PARSE_NO_ITEMS: text.select ".story" matches nothing in ${origin.url}/tram`;
    expect(report.warnings).toEqual([{ sourceId: 'paper', message }]);
    expect(await why('tram')).toMatchObject({ outcome: 'no-article', detail: 'text.select matches nothing' });
  });

  it('remove parts of feed content, without dating published articles anew', async () => {
    const item = (title: string) => {
      const text = `<p>About the ${title}.</p>${PROMO}`.replaceAll('<', '&lt;');
      return { title, link: `https://paper.example/${title}`, xml: `<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">${text}</content:encoded>` }; // biome-ignore format: one item
    };
    const plain = `{ id: paper, url: "${origin.url}/feed", content: full`;
    site.configure({ sources: [`${plain} }`], more: NO_ICONS });
    origin.pages.set('/feed', { body: feed(item('ferry')) });
    await site.run('2026-11-24T09:07:00Z');
    expect(contents().ferry).toContain('Subscribe');
    site.configure({ sources: [`${plain}, text: { remove: [.promo] } }`], more: NO_ICONS });
    origin.pages.set('/feed', { body: feed(item('tram'), item('ferry')) });
    const { report } = await site.run('2026-11-24T10:07:00Z');
    expect(report.articles).toMatchObject({ added: 1, updated: 0 });
    expect(contents().tram).toContain('About the tram');
    expect(contents().tram).not.toContain('Subscribe');
    expect(site.json('all.json').items.every((one) => one.date_modified === undefined)).toBe(true);
  });
});
