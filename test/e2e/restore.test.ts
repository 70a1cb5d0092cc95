import { existsSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { type RestoreCause, type RestoreReport, restoreSite } from '../../src/app/restore-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough, thorough } from '../support/thorough.js';

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
const at = (hour: number, day = 24) => `2026-11-${day}T${String(hour).padStart(2, '0')}:07:00Z`;

async function lose(made: TestSite): Promise<void> {
  rmSync(join(made.root, '.newsloom'), { recursive: true });
}
async function restored(made: TestSite) {
  const settings = await loadSite(join(made.root, 'config', 'newsloom.yaml'), {});
  return restoreSite(settings, new AbortController().signal);
}

describe('restore', () => {
  it('leaves nothing to write and nothing to announce', async () => {
    const origin = await server({
      '/a': rss('Paper A', [
        { title: 'Ferry sails', date: '2026-11-24T08:00:00Z' },
        { title: 'Tram stops', date: '2026-11-24T05:00:00Z', guid: 'no iri' },
      ]),
      '/b': rss(
        'Paper B',
        [{ title: 'Bridge opens', date: null, link: 'https://b.example/bridge' }],
        'https://b.example/',
      ),
    });
    const made = site({
      sources: [source('a', `${origin.url}/a`), source('b', `${origin.url}/b`)],
      topics: ['{ id: transport, label: Transport, any: [ferry, tram, bridge] }'],
    });
    await made.run(at(9));
    const before = made.files();
    await lose(made);
    expect(await restored(made)).toMatchObject({ articles: 3, problems: [] });
    expect(made.files()).toEqual(before);
    const { report } = await made.run(at(10));
    expect(report).toMatchObject({
      changed: false,
      articles: { added: 0, updated: 0, total: 3 },
      files: { written: 0, removed: 0 },
    });
    expect(made.files()).toEqual(before);
  });
});

describe('restore from a tampered folder', () => {
  const tampered = async (change: (item: Record<string, unknown>) => void) => {
    const news = { title: 'Ferry sails', date: '2026-11-24T08:00:00Z', content: '<p>It <b>sails</b>.</p>' };
    const origin = await server({ '/a': rss('Paper A', [news]) });
    const made = site({ sources: [source('a', `${origin.url}/a`, ', content: full')] });
    await made.run(at(9));
    for (const path of ['all.json', 'sources/a.json']) {
      const feed = made.json(path);
      change(feed.items[0] as unknown as Record<string, unknown>);
      writeFileSync(join(made.root, 'feeds', path), JSON.stringify(feed));
    }
    await lose(made);
    return { made, report: await restored(made) };
  };

  it('publishes no script', async () => {
    const { made } = await tampered((item) => {
      item.content_html = '<p>It sails.</p><script>alert(1)</script><img src="x" onerror="alert(2)">';
    });
    unlinkSync(join(made.root, 'feeds', 'all.rss'));
    await made.run(at(10), { offline: true });
    const text = made.read('all.rss');
    expect(text).toContain('<p>It sails.</p>');
    expect(text).not.toMatch(/<script|onerror/);
  });

  it('restores nothing from a document with an address that is not http(s)', async () => {
    const { report } = await tampered((item) => {
      item.url = 'javascript:alert(3)';
    });
    expect(report.problems.join()).toContain('"javascript:alert(3)" is not a page URL');
    expect(report.articles).toBe(0);
  });
});

/** A site with archives, stories, copies, corrections, withdrawals, several formats and licences. */
describe('restore after several runs', () => {
  const wire =
    'The harbour of Northport was closed on Tuesday after a freighter struck the breakwater, the port authority said. Two sailors were taken ashore and no oil was seen on the water.';
  const old = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({
      title: `Council minute number ${from + i} on drains of district ${(from + i) * 7}`,
      link: `https://a.example/minutes/${from + i}`,
      date: new Date(Date.UTC(2026, 9, 1) + (from + i) * 3_600_000).toISOString(),
    }));
  const image =
    '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://a.example/i.jpg" type="image/jpeg" width="640" height="480" medium="image"><media:description>A &amp; B</media:description></media:content>';
  const full =
    '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>The <em>whole</em> text &amp; more.</p><p><img src="https://a.example/i.jpg"></p>]]></content:encoded>';
  const parts = (url: string, more: readonly string[] = []) => ({
    sources: [
      source('a', `${url}/a`, ', content: full'),
      source('b', `${url}/b`, ', title: The B'),
      source('c', `${url}/c`, ', withdrawn: mark'),
      source('d', `${url}/d`, ', content: none'),
    ],
    topics: [
      '{ id: sea, label: Sea, any: [harbour, freighter], parent: world }',
      '{ id: world, label: World, any: [minister] }',
      '{ id: drains, label: "Drains & more", any: [drains], iptc: "medtop:20000056" }',
    ],
    more,
  });
  const b = (...items: Parameters<typeof rss>[1]) => rss('B', items, 'https://b.example/');
  const c = (...items: Parameters<typeof rss>[1]) => rss('C', items, 'https://c.example/');
  const d = (...items: Parameters<typeof rss>[1]) => rss('D', items, 'https://d.example/');
  const item = (title: string, host: string, hour: number, more: Partial<Parameters<typeof rss>[1][number]> = {}) => ({
    title,
    link: `https://${host}.example/${title.toLowerCase().replace(/[^a-z]+/g, '-')}`,
    date: at(hour),
    ...more,
  });

  const choirs = ['Brass', 'Strings', 'Organ', 'Drums'].map((name, i) =>
    item(`${name} heard`, 'c', 2, { guid: `urn:x:${i}` }),
  );

  async function past(more: readonly string[] = []): Promise<TestSite> {
    const origin = await server({
      '/a': rss('Paper A', [...old(1, 90).reverse()], 'https://a.example/'),
      '/b': b(
        item('Freighter strikes Northport breakwater', 'b', 5, {
          description: wire,
          link: 'https://b.example/freighter',
        }),
      ),
      '/c': c(item('Minister of finance resigns over ferry contract', 'c', 4), item('Choir sings', 'c', 3), ...choirs),
      '/d': d(
        item('Finance minister resigns in row over ferry contract', 'd', 5),
        item('Hidden words', 'd', 1, { description: 'Not to be shown' }),
      ),
    });
    const made = site(parts(origin.url, more));
    await made.run(at(6));
    origin.pages.set('/a', {
      body: rss(
        'Paper A',
        [
          item('Freighter strikes Northport breakwater', 'a', 6, {
            description: wire,
            xml: image + full,
            category: 'Ports',
          }),
          ...old(60, 170).reverse(),
        ],
        'https://a.example/',
      ),
    });
    await made.run(at(7));
    // Corrected; one leaves the middle of its document; one has a day without a time.
    origin.pages.set('/b', {
      body: b(
        item('Freighter strikes Northport breakwater, two hurt', 'b', 5, {
          description: wire,
          link: 'https://b.example/freighter',
        }),
        { title: 'Day only', link: 'https://b.example/day', date: '2026-11-24T00:00:00Z' },
        { title: 'Also of that day', link: 'https://b.example/day2', date: '2026-11-24T00:00:00Z' },
      ),
    });
    const taken = [item('Minister of finance resigns over ferry contract', 'c', 4), ...choirs];
    origin.pages.set('/c', { body: c(...taken) });
    origin.pages.set('/a', {
      body: rss(
        'Paper A',
        [
          item('Freighter strikes Northport breakwater', 'a', 6, {
            description: wire,
            xml: image + full,
            category: 'Ports',
          }),
          ...old(60, 169).reverse(),
        ],
        'https://a.example/',
      ),
    });
    await made.run(at(8));
    origin.pages.set('/c', { body: `${c(...taken)}<!-- again -->` });
    origin.pages.set('/a', {
      body: rss(
        'Paper A',
        [
          item('Freighter strikes Northport breakwater', 'a', 6, {
            description: wire,
            xml: image + full,
            category: 'Ports',
          }),
          ...old(60, 166).reverse(),
          ...old(1, 1),
        ],
        'https://a.example/',
      ),
    });
    await made.run(at(9));
    await made.run(at(10));
    return made;
  }

  const WHOLE = { what: 'all formats', more: [] };
  const KINDS = [
    WHOLE,
    { what: 'JSON alone', more: ['publish: { formats: [json] }'] },
    { what: 'JSON and RSS', more: ['publish: { formats: [json, rss] }'] },
    { what: 'links to our own pages', more: ['publish: { link: section }'] },
    { what: 'small heads', more: ['publish: { items: 20 }'] },
    { what: 'copies kept', more: ['duplicates: keep'] },
  ];
  it.each(isThorough ? KINDS : [WHOLE])(
    'from $what leaves nothing to write and nothing to announce',
    async ({ more }) => {
      const made = await past(more);
      const before = made.files();
      await lose(made);
      const report = await restored(made);
      expect(report.problems).toEqual([]);
      expect(made.files()).toEqual(before);
      const offline = await made.run(at(11), { offline: true });
      expect(changes(before, made.files())).toEqual([]);
      expect(offline.report.files).toMatchObject({ written: 0, removed: 0 });
      const { report: next } = await made.run(at(12));
      expect(changes(before, made.files())).toEqual([]);
      expect(next).toMatchObject({ changed: false, articles: { added: 0 }, files: { written: 0, removed: 0 } });
    },
  );

  it('reports missing and damaged files, and restores the rest', async () => {
    const made = await past(['publish: { items: 20 }']);
    const before = made.files();
    for (const format of ['json', 'rss', 'atom']) unlinkSync(join(made.feeds, 'archive', 'all', `1.${format}`));
    writeFileSync(join(made.feeds, 'sources', 'c.json'), '{"items": [');
    await lose(made);
    const { problems, articles } = await restored(made);
    expect(problems).toHaveLength(2);
    expect(problems).toContain('archive/all/1.json is missing');
    expect(problems.find((problem) => problem.startsWith('sources/c.json cannot be read'))).toBeDefined();
    expect(articles).toBeGreaterThan(170);
    const { report } = await made.run(at(12));
    expect(report.articles.added).toBe(0);
    expect(made.read('sources/c.json')).toBe(before.get('sources/c.json'));
    expect(made.read('archive/sources/a/1.json')).toBe(before.get('archive/sources/a/1.json'));
    // What the lost document contained and a topic still shows is in a later document.
    const standing = [...made.files()]
      .filter(([path]) => /^(archive.)?all\b.*json$/.test(path))
      .map(([, text]) => text);
    expect(standing.join('').match(/"id":"https:..a.example.minutes.\d+"/g)?.length).toBeGreaterThan(160);
  });

  it('covers archives, stories, copies and withdrawals', async () => {
    const made = await past();
    const ids = (path: string) => made.json(path).items.map(({ id }) => id);
    expect(made.json('stories.json').items).toHaveLength(2);
    expect([...made.files().keys()]).toEqual(
      expect.arrayContaining(['archive/all/1.json', 'archive/sources/a/2.json']),
    );
    const folded = String(ids('sources/a.json')[0]);
    expect(folded).toContain('freighter');
    for (const [path, text] of made.files())
      if (/^(all|archive.all)/.test(path)) expect(text).not.toContain(`"${folded}"`);
    expect(made.read('all.atom')).toContain('<at:deleted-entry');
    expect(made.read('sources/c.rss')).toContain('<title>Withdrawn: Choir sings</title>');
    expect(made.json('sources/b.json').items.some(({ date_modified }) => date_modified !== undefined)).toBe(true);
  });

  thorough('restores a copy that is not published as a copy', async () => {
    const made = await past(['publish: { perSource: false }']);
    const before = made.files();
    await lose(made);
    await restored(made);
    const { report } = await made.run(at(12));
    expect(changes(before, made.files())).toEqual([]);
    expect(report).toMatchObject({ changed: false, files: { written: 0 } });
  });
});

function changes(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    if (before.get(path) === after.get(path)) return [];
    const had = new Set((before.get(path) ?? '').split('\n'));
    const news = (after.get(path) ?? '').split('\n').filter((line) => !had.has(line));
    return [path, ...news.slice(0, 3)];
  });
}

describe('a build with an empty store', () => {
  const setUp = async () => {
    const origin = await server({ '/a': rss('Paper A', [{ title: 'Ferry sails', date: '2026-11-24T08:00:00Z' }]) });
    const made = site({ sources: [source('a', `${origin.url}/a`)] });
    await made.run(at(9));
    await lose(made);
    return made;
  };
  const told: RestoreReport[] = [];
  const observer = {
    start: () => {},
    done: () => {},
    published: () => {},
    restored: (one: RestoreReport) => told.push(one),
  };

  it('first restores the store, with a message', async () => {
    const made = await setUp();
    const { report } = await made.run(at(10), { observer });
    expect(told.splice(0)).toMatchObject([{ articles: 1 }]);
    expect(report).toMatchObject({ articles: { added: 0, total: 1 }, files: { written: 0 } });
  });

  it('does so in a dry run too, and leaves the store empty', async () => {
    const made = await setUp();
    const { report } = await made.run(at(10), { observer, dryRun: true });
    expect(told.splice(0)).toHaveLength(1);
    expect(report).toMatchObject({ articles: { added: 0 }, files: { written: 0 } });
    expect(existsSync(join(made.root, '.newsloom', 'newsloom.db'))).toBe(false);
  });

  it('does not restore the edition of another site', async () => {
    const made = await setUp();
    writeFileSync(
      join(made.feeds, 'manifest.json'),
      made.read('manifest.json').replace('news.example.org', 'other.example'),
    );
    const { report } = await made.run(at(10), { observer });
    expect(told).toEqual([]);
    expect(report.articles.added).toBe(1);
    await expect(restored(made)).rejects.toMatchObject({ code: 'STORE_RESTORE' });
  });

  it('fails if the edition has no JSON Feed', async () => {
    const origin = await server({ '/a': rss('Paper A', [{ title: 'Ferry sails', date: at(8) }]) });
    const made = site({ sources: [source('a', `${origin.url}/a`)], more: ['publish: { formats: [rss, atom] }'] });
    await made.run(at(9));
    const before = made.files();
    await lose(made);
    await expect(made.run(at(10), { observer })).rejects.toMatchObject({
      code: 'STORE_RESTORE',
      message: expect.stringContaining('published without JSON Feed'),
    });
    expect(made.files()).toEqual(before);
  });
});

describe('a build with a store that does not match the folder', () => {
  const news = [1, 2, 3].map((n) => ({ title: `Ferry ${n} sails`, date: at(n), link: `https://a.example/${n}` }));
  const observed = () => {
    const told: RestoreCause[] = [];
    const restored = (_: RestoreReport, cause: RestoreCause) => told.push(cause);
    return { told, observer: { start: () => {}, done: () => {}, published: () => {}, restored } };
  };
  const setUp = async () => {
    const origin = await server({ '/a': rss('Paper A', news.slice(0, 1)) });
    const made = site({ sources: [source('a', `${origin.url}/a`)] });
    await made.run(at(9));
    const store = join(made.root, '.newsloom', 'newsloom.db');
    const older = { store: readFileSync(store), folder: made.files() };
    origin.pages.set('/a', { body: rss('Paper A', news.slice(1)) });
    await made.run(at(10));
    return { made, store, older };
  };

  it('replaces an older store with a message, keeps a copy, and removes nothing', async () => {
    const { made, store, older } = await setUp();
    const before = made.files();
    writeFileSync(store, older.store);
    const { told, observer } = observed();
    const { report } = await made.run(at(11), { observer, offline: true });
    expect(told).toEqual([{ reason: 'older', aside: `${store}.older-1` }]);
    expect(existsSync(`${store}.older-1`)).toBe(true);
    expect(report.articles.total).toBe(3);
    expect(made.files()).toEqual(before);
  });

  it('publishes from a newer store', async () => {
    const { made, older } = await setUp();
    const before = made.files();
    for (const path of before.keys()) rmSync(join(made.feeds, path));
    for (const [path, text] of older.folder) {
      mkdirSync(dirname(join(made.feeds, path)), { recursive: true });
      writeFileSync(join(made.feeds, path), text);
    }
    const { told, observer } = observed();
    await made.run(at(11), { observer, offline: true });
    expect(told).toEqual([]);
    expect(made.files()).toEqual(before);
  });
});
