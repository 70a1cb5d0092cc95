import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const T0 = '2026-11-24T09:07:00Z';
const T1 = '2026-11-24T10:07:00Z';
const T2 = '2026-11-24T11:07:00Z';

const open: { close?(): Promise<void>; remove?(): void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close?.();
    one.remove?.();
  }
});

async function server(pages: Parameters<typeof serveFeeds>[0]): Promise<FeedServer> {
  const started = await serveFeeds(pages);
  open.push(started);
  return started;
}
function site(parts: Parameters<typeof aSite>[0]): TestSite {
  const made = aSite(parts);
  open.push(made);
  return made;
}
const source = (id: string, url: string, more = '') => `{ id: ${id}, url: "${url}"${more} }`;
const ids = (made: TestSite, path: string) => made.json(path).items.map((item) => item.id);
const titles = (made: TestSite, path: string) => made.json(path).items.map((item) => item.title);

describe('a run', () => {
  it('combines several sources into one section, newest first, the same in three formats', async () => {
    const origin = await server({
      '/a': rss('Paper A', [
        { title: 'Ferry sails', date: '2026-11-24T08:00:00Z' },
        { title: 'Tram stops', date: '2026-11-24T05:00:00Z' },
      ]),
      '/b': rss(
        'Paper B',
        [{ title: 'Bridge opens', date: '2026-11-24T07:00:00Z', link: 'https://b.example/bridge' }],
        'https://b.example/',
      ),
    });
    const made = site({
      sources: [source('a', `${origin.url}/a`), source('b', `${origin.url}/b`)],
      topics: [
        '{ id: transport, label: Transport, any: [ferry, tram, bridge] }',
        '{ id: bridges, label: Bridges, any: [bridge] }',
      ],
    });
    const { kind, report } = await made.run(T0);
    expect(kind).toBe('published');
    expect(report).toMatchObject({
      changed: true,
      sources: { total: 2, fetched: 2 },
      articles: { added: 3, total: 3 },
    });
    expect(titles(made, 'all.json')).toEqual(['Ferry sails', 'Bridge opens', 'Tram stops']);
    expect(titles(made, 'topics/bridges.json')).toEqual(['Bridge opens']);
    expect(titles(made, 'sources/a.json')).toEqual(['Ferry sails', 'Tram stops']);
    for (const ext of ['rss', 'atom'])
      for (const id of ids(made, 'all.json')) expect(made.read(`all.${ext}`)).toContain(id);
  });

  it('writes no file without news, and sends conditional requests', async () => {
    const origin = await server({ '/a': rss('Paper A', [{ title: 'Ferry sails' }]) });
    const made = site({ sources: [source('a', `${origin.url}/a`)] });
    await made.run(T0);
    const before = stats(made.feeds);
    const { report } = await made.run(T1);
    expect(report).toMatchObject({ changed: false, sources: { notModified: 1 }, files: { written: 0, removed: 0 } });
    expect(stats(made.feeds)).toEqual(before);
    expect(origin.requests.map(({ status }) => status)).toEqual([200, 304]);
  });

  it('publishes nine of ten sources when one is down, and keeps the articles of the tenth', async () => {
    const pages = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [
        `/${i}`,
        rss(`Paper ${i}`, [{ title: `News of ${i}`, link: `https://p${i}.example/1` }], `https://p${i}.example/`),
      ]),
    );
    const origin = await server(pages);
    const made = site({ sources: Object.keys(pages).map((path) => source(`p${path.slice(1)}`, origin.url + path)) });
    await made.run(T0);
    for (let i = 0; i < 9; i++)
      origin.pages.set(`/${i}`, {
        body: rss(
          `Paper ${i}`,
          [{ title: `More of ${i}`, link: `https://p${i}.example/2`, date: '2026-11-24T09:30:00Z' }],
          `https://p${i}.example/`,
        ),
      });
    origin.pages.set('/9', null);
    const { kind, report } = await made.run(T1);
    expect(kind).toBe('published');
    expect(report).toMatchObject({ sources: { fetched: 9, failed: 1 }, articles: { added: 9 } });
    expect(report.failures).toMatchObject([{ sourceId: 'p9', code: 'FETCH_NETWORK', failures: 1 }]);
    expect(Date.parse(report.failures[0]?.nextAttemptAt ?? '')).toBeGreaterThan(Date.parse(T1));
    expect(titles(made, 'all.json')).toContain('News of 9');
    expect(titles(made, 'sources/p9.json')).toEqual(['News of 9']);
  });

  it('changes no file when all sources are down', async () => {
    const origin = await server({
      '/a': rss('Paper A', [{ title: 'Ferry sails' }]),
      '/b': rss('Paper B', [{ title: 'Tram stops' }]),
    });
    const made = site({ sources: [source('a', `${origin.url}/a`), source('b', `${origin.url}/b`)] });
    await made.run(T0);
    const before = made.files();
    origin.pages.set('/a', { body: 'no', status: 500 });
    origin.pages.set('/b', { body: '<!doctype html><title>Gone fishing</title>', type: 'text/html' });
    const { kind, report } = await made.run(T1);
    expect(kind).toBe('no-source');
    expect(report.failures.map(({ code }) => code)).toEqual(['FETCH_STATUS', 'PARSE_UNRECOGNIZED']);
    expect(made.files()).toEqual(before);
  });

  it('publishes nothing until a source was read, then even an empty section', async () => {
    const { url, pages } = await server({ '/a': { body: '', status: 404 } });
    const made = site({ sources: [source('a', `${url}/a`)] });
    for (const [minute, failed] of [
      ['07', 1],
      ['08', 0], // it waits
    ] as const) {
      const { kind, report } = await made.run(`2026-11-24T09:${minute}:00Z`, { force: false });
      expect([kind, report.sources.failed, existsSync(made.feeds)]).toEqual(['no-source', failed, false]);
    }
    pages.set('/a', { body: rss('Paper A', []) });
    expect((await made.run('2026-11-24T09:09:00Z')).kind).toBe('published');
    expect(made.files().size).toBeGreaterThan(0);
    expect((await made.run('2026-11-24T09:10:00Z', { force: false })).kind).toBe('published');
  });

  it('does not count an outage of our network as failures, and polls all sources in the next run', async () => {
    const pages = Object.fromEntries(['a', 'b', 'c'].map((id) => [`/${id}`, rss(id, [{ title: `News of ${id}` }])]));
    const origin = await server(pages);
    const made = site({ sources: ['a', 'b', 'c'].map((id) => source(id, `${origin.url}/${id}`)) });
    await made.run(T0);
    const before = made.files();
    await origin.close();
    const { kind, report } = await made.run(T1, { force: false });
    expect(kind).toBe('no-source');
    expect(report.failures).toHaveLength(3);
    expect(report.failures[0]).toMatchObject({ code: 'FETCH_NETWORK', failures: 0 });
    expect(report.warnings).toEqual([
      { sourceId: 'fetch.network', message: expect.stringContaining('the network seems to be down') },
    ]);
    expect(made.files()).toEqual(before);
    const minuteLater = await made.run(T1.replace('10:07', '10:08'), { force: false });
    expect(minuteLater.report.sources).toMatchObject({ notDue: 0, failed: 3 });
  });

  it('counts failures of unreachable sources if another source is reachable', async () => {
    const down = await server({});
    const origin = await server({ '/a': rss('A', [{ title: 'Ferry sails' }]) });
    const made = site({
      sources: [source('a', `${origin.url}/a`), ...['x', 'y', 'z'].map((id) => source(id, `${down.url}/${id}`))],
    });
    await down.close();
    const { report } = await made.run(T0);
    expect(report.failures.map(({ failures }) => failures)).toEqual([1, 1, 1]);
    expect(report.warnings).toEqual([]);
  });

  it('tags stored articles again when the topics change, though every source answers 304', async () => {
    const origin = await server({ '/a': rss('Paper A', [{ title: 'Ferry sails' }, { title: 'Tram stops' }]) });
    const parts = { sources: [source('a', `${origin.url}/a`)], topics: ['{ id: sea, label: Sea, any: [ferry] }'] };
    const made = site(parts);
    await made.run(T0);
    expect(titles(made, 'topics/sea.json')).toEqual(['Ferry sails']);
    made.configure({
      ...parts,
      topics: ['{ id: sea, label: Sea, any: [ferry, tram] }', '{ id: rail, label: Rail, any: [tram] }'],
    });
    const { report } = await made.run(T1);
    expect(report.sources.notModified).toBe(1);
    expect(titles(made, 'topics/sea.json')).toEqual(['Ferry sails', 'Tram stops']);
    expect(titles(made, 'topics/rail.json')).toEqual(['Tram stops']);
    made.configure({ ...parts, topics: ['{ id: rail, label: Rail, any: [tram] }'] });
    await made.run(T2);
    expect([...made.files().keys()].filter((path) => path.startsWith('topics/'))).toEqual([
      'topics/rail.atom',
      'topics/rail.html',
      'topics/rail.json',
      'topics/rail.rss',
    ]);
  });

  it('reports in a dry run what would change, and changes nothing', async () => {
    const origin = await server({ '/a': rss('Paper A', [{ title: 'Ferry sails' }]) });
    const made = site({ sources: [source('a', `${origin.url}/a`)] });
    const dry = await made.run(T0, { dryRun: true });
    expect(dry.report.articles.added).toBe(1);
    expect(dry.report.files.written).toBeGreaterThan(3);
    expect(readdirSync(made.root)).toEqual(['config']);
  });

  it('sends no requests with --offline, and with --only to the named sources', async () => {
    const origin = await server({
      '/a': rss('Paper A', [{ title: 'Ferry sails' }]),
      '/b': rss('Paper B', [{ title: 'Tram stops' }]),
    });
    const made = site({ sources: [source('a', `${origin.url}/a`), source('b', `${origin.url}/b`)] });
    const { report } = await made.run(T0, { only: new Set(['b']) });
    expect(report.sources).toMatchObject({ fetched: 1, notDue: 1 });
    await made.run(T1, { offline: true });
    expect(origin.requests.map(({ path }) => path)).toEqual(['/b']);
    expect(titles(made, 'all.json')).toEqual(['Tram stops']);
  });

  it('does not request a source before it is due', async () => {
    const origin = await server({ '/a': rss('Paper A', [{ title: 'Ferry sails' }]) });
    const made = site({ sources: [source('a', `${origin.url}/a`)] });
    await made.run(T0, { force: false });
    const { report } = await made.run('2026-11-24T09:20:00Z', { force: false });
    expect(report.sources).toMatchObject({ notDue: 1, fetched: 0 });
    expect(origin.requests).toHaveLength(1);
  });
});

/** Events at a source between two runs, and what readers see. */
describe('two runs', () => {
  const first = {
    title: 'Nine barges lost in the fog',
    link: 'https://paper.example/barges',
    guid: 'https://paper.example/?p=9',
  };
  interface History {
    readonly why: string;
    readonly second: Parameters<typeof rss>[1][number];
    readonly count: number;
    readonly id: 'kept' | 'new';
    readonly date: 'kept' | 'first seen';
    readonly firstItem?: Partial<Parameters<typeof rss>[1][number]>;
  }
  const histories: readonly History[] = [
    {
      why: 'an edited headline',
      second: { ...first, title: 'Seven barges lost in the fog' },
      count: 1,
      id: 'kept',
      date: 'kept',
    },
    {
      why: 'a moved link',
      second: { ...first, link: 'https://paper.example/barges-found' },
      count: 1,
      id: 'kept',
      date: 'kept',
    },
    { why: 'a changed guid', second: { ...first, guid: 'urn:x:77' }, count: 1, id: 'kept', date: 'kept' },
    { why: 'a lost guid', second: { ...first, guid: null }, count: 1, id: 'kept', date: 'kept' },
    {
      why: 'no guid at all, and https',
      firstItem: { guid: null, link: 'http://paper.example/barges' },
      second: { ...first, guid: null },
      count: 1,
      id: 'kept',
      date: 'kept',
    },
    {
      why: 'no guid, and a tracked link',
      firstItem: { guid: null },
      second: { ...first, guid: null, link: 'https://paper.example/barges?utm_source=feed' },
      count: 1,
      id: 'kept',
      date: 'kept',
    },
    {
      why: 'no date, then one',
      firstItem: { date: null },
      second: { ...first, date: '2026-11-20T08:00:00Z' },
      count: 1,
      id: 'kept',
      date: 'first seen',
    },
    {
      why: 'a date in the future',
      firstItem: { date: '2027-01-01T00:00:00Z' },
      second: { ...first, date: '2027-01-01T00:00:00Z' },
      count: 1,
      id: 'kept',
      date: 'first seen',
    },
    {
      why: 'a date that moves',
      second: { ...first, date: '2026-11-24T09:59:00Z' },
      count: 1,
      id: 'kept',
      date: 'kept',
    },
    {
      why: 'another piece',
      second: { title: 'Fog lifts', link: 'https://paper.example/fog', guid: 'urn:x:78', date: '2026-11-24T09:59:00Z' },
      count: 2,
      id: 'new',
      date: 'kept',
    },
  ];
  it.each(histories)('$why', async ({ second, count, id, date, firstItem = {} }) => {
    const origin = await server({ '/a': rss('The Paper', [{ ...first, ...firstItem }]) });
    const made = site({ sources: [source('a', `${origin.url}/a`)] });
    await made.run(T0);
    const before = made.json('all.json').items[0];
    origin.pages.set('/a', { body: rss('The Paper', [second]) });
    await made.run(T1);
    const items = made.json('all.json').items;
    expect(items).toHaveLength(count);
    const now = items.find((item) => item.title === second.title);
    expect(now?.id === before?.id).toBe(id === 'kept');
    const old = items.find((item) => item.id === before?.id);
    expect(old?.date_published).toBe(before?.date_published);
    if (date === 'first seen') expect(old?.date_published).toBe('2026-11-24T09:07:00Z');
  });

  it('keeps a guid with its first source', async () => {
    const origin = await server({
      '/a': rss('The Paper', [first]),
      '/b': rss(
        'The Copy',
        [{ ...first, title: 'Win a car', link: 'https://copy.example/win' }],
        'https://copy.example/',
      ),
    });
    const made = site({ sources: [source('b', `${origin.url}/b`), source('a', `${origin.url}/a`)] });
    await made.run(T0);
    expect(ids(made, 'sources/a.json')).toEqual([first.guid]);
    expect(ids(made, 'sources/b.json')[0]).toMatch(/^tag:news\.example\.org,2026:/);
  });
});

function stats(dir: string): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    const { mtimeMs, ino, size } = statSync(join(dir, name));
    found[name] = [mtimeMs, ino, size];
  }
  return found;
}

describe('a licence', () => {
  const page = rss('Paper A', [
    {
      title: 'Ferry sails',
      xml: '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>The whole text of it.</p>]]></content:encoded>',
    },
  ]);
  it('adds the full text when widened, even for an unchanged document, and removes it when narrowed', async () => {
    const origin = await server({ '/a': page });
    const made = site({ sources: [source('a', `${origin.url}/a`, ', content: summary')] });
    await made.run(T0);
    expect(made.read('all.json')).not.toContain('The whole text');
    made.configure({ sources: [source('a', `${origin.url}/a`, ', content: full')] });
    const { report } = await made.run(T1);
    expect(report.articles).toMatchObject({ added: 0, updated: 0 });
    expect(made.json('all.json').items[0]).toMatchObject({ content_html: '<p>The whole text of it.</p>' });
    made.configure({ sources: [source('a', `${origin.url}/a`, ', content: none')] });
    await made.run(T2, { offline: true });
    for (const text of made.files().values()) expect(text).not.toContain('The whole text');
  });
});

describe('a key in a source’s address', () => {
  it('is in no published file, even if the publisher repeats it', async () => {
    const key = 'k3y-of-the-editor-1';
    const page = (origin: string) =>
      rss('Paper A', [{ title: 'Ferry sails' }]).replace(
        '<channel>',
        `<channel xmlns:atom="http://www.w3.org/2005/Atom"><atom:link rel="self" href="${origin}/a?key=${key}"/>`,
      );
    const origin = await server({});
    origin.pages.set(`/a?key=${key}`, { body: page(origin.url) });
    const made = site({ sources: [source('a', `${origin.url}/a?key=${key}`)] });
    const first = await made.run(T0);
    expect(titles(made, 'all.json')).toEqual(['Ferry sails']);
    origin.pages.set(`/a?key=${key}`, { body: 'no', status: 500 });
    const second = await made.run(T1);
    for (const text of [...made.files().values(), JSON.stringify([first.report, second.report])])
      expect(text).not.toContain(key);
  });
});

describe('a truncated document', () => {
  it('provides its complete items; without any it is a failure', async () => {
    const whole = rss('Paper A', [{ title: 'Ferry sails' }, { title: 'Tram stops' }]);
    const origin = await server({
      '/a': whole.slice(0, whole.indexOf('Tram stops')),
      '/b': whole.slice(0, whole.indexOf('Ferry sails') + 5),
    });
    const made = site({ sources: [source('a', `${origin.url}/a`), source('b', `${origin.url}/b`)] });
    const { report } = await made.run(T0);
    expect(titles(made, 'all.json')).toEqual(['Ferry sails']);
    expect(report.failures).toMatchObject([{ sourceId: 'b', code: 'PARSE_MALFORMED' }]);
  });
});

describe('near-duplicates', () => {
  const words =
    'Seven ports along the northern coast have agreed on one customs form for grain and timber, after talks that lasted nine years and three storms; until now there were forty-one forms, some of them in verse.';
  const wire = { title: 'Seven ports agree on one customs form', description: words };
  const filler = (name: string) =>
    Array.from({ length: 4 }, (_, i) => ({
      title: `${name} tells of ${['wolves', 'bridges', 'cheese', 'snow'][i]}`,
      link: `https://${name}.example/${i}`,
      date: `2026-11-24T0${3 - i}:00:00Z`,
    }));
  const paper = (name: string, own: (typeof wire & { readonly xml?: string }) | null, date: string) =>
    rss(
      `The ${name}`,
      [...(own === null ? [] : [{ ...own, link: `https://${name}.example/ports`, date }]), ...filler(name)],
      `https://${name}.example/`,
    );

  it.each(['full', 'summary'])(
    'are shown once where one source gives whole texts, and the other %s',
    async (content) => {
      const prose = Array.from(
        { length: 12 },
        (_, i) => `<p>Clerk ${i} of harbour ${i + 1} burnt ${i + 40} letters.</p>`,
      );
      const xmlns = 'http://purl.org/rss/1.0/modules/content/';
      const xml = `<content:encoded xmlns:content="${xmlns}"><![CDATA[${prose.join('')}]]></content:encoded>`;
      const origin = await server({
        '/east': paper('east', { ...wire, xml }, '2026-11-24T06:00:00Z'),
        '/west': paper('west', { ...wire, xml }, '2026-11-24T07:00:00Z'),
      });
      const made = site({
        sources: [
          `{ id: west, url: "${origin.url}/west", content: ${content} }`,
          `{ id: east, url: "${origin.url}/east", content: full }`,
        ],
      });
      await made.run(T0);
      expect(titles(made, 'all.json').filter((title) => title === wire.title)).toHaveLength(1);
    },
  );

  it('are shown once, as the earliest; if it is withdrawn, as the other', async () => {
    const origin = await server({
      '/east': paper('east', wire, '2026-11-24T06:00:00Z'),
      '/west': paper('west', wire, '2026-11-24T07:00:00Z'),
    });
    const made = site({
      sources: [source('west', `${origin.url}/west`), source('east', `${origin.url}/east`)],
      topics: ['{ id: trade, label: Trade, any: [customs] }'],
    });
    await made.run(T0);
    const shown = (path: string) =>
      made
        .json(path)
        .items.filter((item) => item.title === wire.title)
        .map((item) => item.url);
    expect(shown('all.json')).toEqual(['https://east.example/ports']);
    expect(shown('topics/trade.json')).toEqual(['https://east.example/ports']);
    expect(shown('sources/west.json')).toEqual(['https://west.example/ports']);
    origin.pages.set('/east', { body: paper('east', null, '') });
    await made.run(T1);
    await made.run(T2);
    expect(shown('all.json')).toEqual(['https://west.example/ports']);
    expect(shown('topics/trade.json')).toEqual(['https://west.example/ports']);
  });

  it('are both shown with `duplicates: keep`', async () => {
    const origin = await server({
      '/east': paper('east', wire, '2026-11-24T06:00:00Z'),
      '/west': paper('west', wire, '2026-11-24T07:00:00Z'),
    });
    const parts = { sources: [source('west', `${origin.url}/west`), source('east', `${origin.url}/east`)] };
    const made = site({ ...parts, more: ['duplicates: keep'] });
    await made.run(T0);
    expect(titles(made, 'all.json').filter((title) => title === wire.title)).toHaveLength(2);
    made.configure(parts);
    await made.run(T1, { forcePublish: true });
    expect(titles(made, 'all.json').filter((title) => title === wire.title)).toHaveLength(1);
  });
});

describe('a source', () => {
  it('loses its feeds when it leaves the config, and has its articles again when it returns', async () => {
    const origin = await server({
      '/a': rss('Paper A', [{ title: 'Ferry sails' }]),
      '/b': rss('Paper B', [{ title: 'Tram stops', link: 'https://b.example/tram' }], 'https://b.example/'),
    });
    const [a, b] = [source('a', `${origin.url}/a`), source('b', `${origin.url}/b`)];
    const made = site({ sources: [a, b] });
    await made.run(T0);
    const id = ids(made, 'sources/b.json');
    made.configure({ sources: [a] });
    await made.run(T1);
    expect([...made.files().keys()].filter((path) => path.startsWith('sources/b.'))).toEqual([]);
    expect(titles(made, 'all.json').sort()).toEqual(['Ferry sails', 'Tram stops']);
    made.configure({ sources: [a, b] });
    await made.run(T2);
    expect(ids(made, 'sources/b.json')).toEqual(id);
  });
});
