import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Review } from '../../src/app/review/review.js';
import { newsloom, runNewsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { siteFolder } from '../support/site-folder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The first run loads all of the program. */
const SLOW = 300_000;
const NOW = '2026-11-24T12:00:00Z';
const ferry = (n: number) => ({ title: `The ferry sails again, part ${n}`, date: `2026-11-23T0${n}:00:00Z` });
const COURIER = rss('The Courier', [
  { title: 'Storm closes the harbour' },
  { title: 'Your horoscope for Tuesday' },
  { title: 'Council votes on the tram line' },
  ...[1, 2, 3, 4, 5, 6].map(ferry),
]);
const LEDGER = rss(
  'The Ledger',
  [
    { title: 'Harbour dues rise', link: 'https://ledger.example/dues' },
    { title: 'A tram for the west', link: 'https://ledger.example/tram' },
  ],
  'https://ledger.example/',
);

let origin: FeedServer;
beforeAll(async () => {
  origin = await serveFeeds({
    '/courier': COURIER,
    '/ledger': { body: LEDGER, headers: { 'TDM-Reservation': '1', 'TDM-Policy': 'https://ledger.example/terms' } },
  });
});
afterAll(() => origin.close());

interface Parts {
  readonly sources?: readonly string[];
  readonly topics?: readonly string[];
  readonly more?: string;
}

/** The change concerns one part; the rest stays. */
function config({ sources = [courier()], topics = TOPICS, more = '' }: Parts): string {
  return [
    'site: { title: The Section, url: "https://news.example.org/" }',
    'sources:',
    ...sources.map((line) => `  - ${line}`),
    'topics:',
    ...topics.map((line) => `  - ${line}`),
    'fetch: { allowPrivateAddresses: true, spacing: 0s, timeout: 60s }',
    more,
  ].join('\n');
}

const TOPICS = ['{ id: harbour, any: [harbour] }', '{ id: ferries, label: Ferries, any: [ferry] }'];
const courier = () => `{ id: courier, url: "${origin.url}/courier" }`;
const ledger = () => `{ id: ledger, url: "${origin.url}/ledger", content: full }`;

/** A section that was built once, and a copy with the change. */
async function twoSections(change: Parts, before: Parts = {}): Promise<{ base: string; head: string; at: string }> {
  const base = siteFolder({ 'config/newsloom.yaml': config(before) });
  const built = await newsloom('build', '--config', join(base, 'config/newsloom.yaml'), '--now', NOW, '--quiet');
  expect(built.status, built.err).toBe(0);
  const head = siteFolder({ 'config/newsloom.yaml': config(change) });
  return { base, head, at: join(head, 'config/newsloom.yaml') };
}

const given = (base: string, at: string) =>
  ['review', '--config', at, '--base', base, '--now', NOW, '--quiet'] as const;

async function review(base: string, at: string, ...more: readonly string[]): Promise<Review> {
  const { out, err } = await newsloom(...given(base, at), '--allow-private-addresses', '--json', ...more);
  expect(err).toBe('');
  return JSON.parse(out);
}

/** The settings that a change of one key of a source alters. */
async function twoSettings(key: string): Promise<Review['settings']> {
  const { base, at } = await twoSections({ sources: [`{ id: courier, url: "${origin.url}/courier", ${key} }`] });
  return (await review(base, at)).settings;
}

function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${readFileSync(path, 'base64')}`)
    .sort();
}

describe('newsloom review', { timeout: SLOW }, () => {
  it('reports that a change has no effect', async () => {
    const { base, at } = await twoSections({});
    const found = await review(base, at);
    expect(found).toMatchObject({ ok: true, articles: { from: 'store', before: 9, after: 9 }, channels: [] });
    expect(found.sources).toEqual({ added: [], gone: [], changed: [] });
    expect(found.edition).toEqual({ feedsGone: [], feedsUrl: null, files: { written: 0, removed: 0 }, unseen: [] });
    const { out } = await newsloom(...given(base, at));
    expect(out).toContain('no visible change (compared with');
  });

  it.each([
    [
      'formats',
      { more: 'publish: { formats: [rss], items: 3 }' },
      [/^\d+ removed feeds/, /removed feeds +\d+: all\.atom, all\.json,/],
    ],
    [
      'the address',
      { site: 'url: "https://other.example.org/"' },
      [/changed addresses of all/, /https:\/\/news.* → https:\/\/other/],
    ],
    [
      'the title',
      { site: 'title: "Other"' },
      [/^\d+ files written, 2 other changed settings \(/, /files +\d+ written, 0 removed/],
    ],
    [
      'rights and names',
      { source: 'content: none, title: "A | B"' },
      [/1 source with changed permissions/, /content of courier +summary → none\n/, /title of courier +.* → A \| B\n/],
    ],
    [
      'more rights',
      { source: 'content: full' },
      [/1 source with changed permissions/, /content of courier +summary → full\n/],
    ],
  ])('reports the effects of a change of %s', async (_, change, said) => {
    const { more, site, source }: { more?: string; site?: string; source?: string } = change;
    const { base, head, at } = await twoSections({ ...(more && { more }) });
    const text = readFileSync(at, 'utf8');
    const key = site?.split(':')[0];
    const about =
      key === undefined ? text : text.replace(key === 'url' ? /url: "https:\/\/news[^"]*"/ : /title: [^,]*/, site!);
    writeFileSync(at, source === undefined ? about : about.replace('{ id: courier,', `{ id: courier, ${source},`));
    const found = await review(base, at);
    const markdown = join(head, 'review.md');
    const { out } = await newsloom(...given(base, at), '--markdown', markdown);
    expect(out).not.toContain('no visible change');
    for (const words of said) expect(out).toMatch(words);
    const counts = readFileSync(markdown, 'utf8')
      .match(/\| files \| (\d+) written, (\d+) removed/)!
      .slice(1);
    expect(counts.map(Number)).toEqual([found.edition?.files?.written, found.edition?.files?.removed]);
    expect(readFileSync(markdown, 'utf8')).not.toContain('A | B');
  });

  it('names settings without an effect on the articles at hand', async () => {
    const words = { more: 'publish: { formats: [rss, json, html], words: { leaveComment: Win coins } }' };
    const { base, at } = await twoSections(words);
    const { out } = await newsloom(...given(base, at));
    expect(out).toMatch(/Other changed settings[\s\S]*publish\.words\.leaveComment +not set +Win coins/);
  });

  it('counts the files as a dry run does, and names what it did not compare', async () => {
    const { base, at } = await twoSections({ more: 'publish: { formats: [rss, json] }' });
    const { edition } = await review(base, at);
    const config = join(base, 'config/newsloom.yaml');
    writeFileSync(config, readFileSync(at));
    const dry = await newsloom('build', '--config', config, '--dry-run', '--offline', '--now', NOW, '--json');
    const { files } = JSON.parse(dry.out);
    expect(edition?.files?.removed).toBe(files.removed);
    writeFileSync(
      at,
      readFileSync(at, 'utf8').replace('formats: [rss, json]', 'formats: [rss, json], hub: "https://hub.example/"'),
    );
    const { out } = await newsloom(...given(base, at));
    expect(out).toMatch(/^1 change not compared \(compared with/);
    expect(out).toContain('not compared (if you trust the change, use "build --dry-run"): publish.hub\n');
  });

  it('fetches a new source, and reports its articles, permissions and topics', async () => {
    const { base, at } = await twoSections({ sources: [courier(), ledger()] });
    const { sources, channels, edition } = await review(base, at);
    expect(edition).toMatchObject({ feedsGone: [], feedsUrl: null, unseen: [] });
    expect(sources.added).toMatchObject([
      {
        id: 'ledger',
        state: 'new',
        title: 'The Ledger',
        answer: 'read',
        articles: 2,
        rights: { content: 'full', reserved: true, policy: 'https://ledger.example/terms' },
      },
    ]);
    expect(channels.map(({ channel, before, after, joins }) => [channel, before, after, joins.ofNewSources])).toEqual([
      ['all', 9, 11, 2],
      ['topics/harbour', 1, 2, 1],
    ]);
    expect(channels[1]?.joins.examples).toMatchObject([{ title: 'Harbour dues rise', publication: 'The Ledger' }]);
  });

  it('names an unreadable new source, with a remedy', async () => {
    const { base, at } = await twoSections({ sources: [courier(), `{ id: lost, url: "${origin.url}/lost" }`] });
    const { sources, channels } = await review(base, at);
    expect(sources.added).toMatchObject([{ id: 'lost', answer: 'failed', code: 'FETCH_STATUS', articles: 0 }]);
    expect(sources.added[0]?.fix).toContain('the feed is not there any more');
    expect(channels).toEqual([]);
  });

  it('counts articles that join and leave topics with changed phrases, with five headlines each', async () => {
    const { base, at } = await twoSections({
      topics: ['{ id: harbour, any: [harbour, ferry] }', '{ id: trams, any: [tram] }'],
    });
    const { channels } = await review(base, at);
    const told = channels.map((one) => [one.channel, one.state, one.joins.articles, one.leaves.articles]);
    expect(told).toEqual([
      ['topics/harbour', 'changed', 6, 0],
      ['topics/trams', 'new', 1, 0],
      ['topics/ferries', 'gone', 0, 6],
    ]);
    expect(channels[0]?.joins.examples.map(({ title }) => title)).toEqual(
      [6, 5, 4, 3, 2].map((n) => `The ferry sails again, part ${n}`),
    );
    expect(channels[2]?.leaves.examples).toHaveLength(5);
  });

  it('keeps the articles of a renamed topic', async () => {
    const { base, at } = await twoSections({
      topics: ['{ id: harbour, any: [harbour] }', '{ id: ships, formerly: [ferries], any: [ferry] }'],
    });
    expect((await review(base, at)).channels).toEqual([]);
  });

  it('suggests "formerly" for a removed topic with the same articles as a new one', async () => {
    const renamed = (...topics: string[]) => twoSections({ topics: [TOPICS[0]!, ...topics] });
    const note =
      'topics/ferries was removed and topics/ships is new with the same articles; to keep its feeds, write "formerly: [ferries]"';
    const [one, other] = [
      await renamed('{ id: ships, any: [ferry] }'),
      await renamed('{ id: ships, any: [ferry, council] }'),
    ];
    expect((await newsloom(...given(one.base, one.at))).out).toContain(note);
    expect((await newsloom(...given(other.base, other.at))).out).not.toContain('formerly');
  });

  it('keeps them if the change has been built already', async () => {
    const asked = (id: string, more: string) =>
      `channels: [{ id: ${id}, title: The boats, ${more}where: { text: { any: [ferry] } } }]`;
    const { base, at } = await twoSections(
      {
        topics: ['{ id: harbour, any: [harbour] }', '{ id: ships, formerly: [ferries], any: [ferry] }'],
        more: asked('fleet', 'formerly: [boats], '),
      },
      { more: asked('boats', '') },
    );
    const here = join(base, 'config/newsloom.yaml');
    const was = readFileSync(here);
    cpSync(at, here);
    const built = await newsloom('build', '--config', here, '--now', NOW, '--quiet');
    expect(built.status, built.err).toBe(0);
    writeFileSync(here, was);
    expect((await review(base, at)).channels).toEqual([]);
  });

  it('names the headlines that a rule drops, with the rule and its line', async () => {
    const { base, at } = await twoSections({ more: 'rules:\n  - drop: { title: [horoscope] }' });
    const { rules, channels } = await review(base, at);
    expect(rules.drops).toMatchObject([
      {
        rule: 'drop title: horoscope',
        at: { file: 'config/newsloom.yaml', line: 9 },
        articles: 1,
        examples: [{ title: 'Your horoscope for Tuesday' }],
      },
    ]);
    expect(channels).toMatchObject([{ channel: 'all', leaves: { articles: 1 } }]);
    const back = await twoSections({}, { more: 'rules:\n  - drop: { title: [horoscope] }' });
    expect((await review(back.base, back.at)).rules).toEqual({ drops: [], shownAgain: 1 });
  });

  it('lists removed sources with the articles that stay', async () => {
    const { base, at } = await twoSections({ sources: [ledger()] });
    const { sources } = await review(base, at);
    expect(sources.gone).toEqual([{ id: 'courier', title: 'The Courier', articles: 9 }]);
  });

  it('fetches a source with a changed address and a list, but not the sources of the list', async () => {
    const opml = `<opml version="2.0"><body><outline text="L" xmlUrl="${origin.url}/ledger"/></body></opml>`;
    origin.pages.set('/list', { body: opml, type: 'text/x-opml' });
    origin.pages.set('/courier-2', { body: COURIER });
    const { base, at } = await twoSections({
      sources: [
        `{ id: courier, url: "${origin.url}/courier-2" }`,
        `{ id: list, kind: opml, url: "${origin.url}/list" }`,
      ],
    });
    const asked = origin.requests.length;
    const { sources } = await review(base, at);
    expect(sources.added.map(({ id, state, answer, names }) => [id, state, answer, names])).toEqual([
      ['courier', 'moved', 'read', null],
      ['list', 'new', 'read', 1],
    ]);
    const paths = origin.requests.slice(asked).map(({ path }) => path);
    expect(paths.filter((path) => !path.includes('robots')).sort()).toEqual(['/courier-2', '/list']);
  });

  it('lists every changed setting, those that decide about trust first', async () => {
    const { base, at } = await twoSections({
      sources: [
        `{ id: courier, url: "${origin.url}/courier", proxy: "http://ann:hunter2@proxy.example:3128", perDay: 100000, headers: { X-Key: hunter2 } }`,
      ],
      more: 'worker: { publicUrl: "https://evil.example/" }\nannounce: [{ to: webhook, url: "https://evil.example/in?key=hunter2", of: [all] }]',
    });
    const { settings } = await review(base, at);
    expect(settings.map(({ path, before, after, trust }) => [path, before, after, trust])).toEqual([
      ['announce[webhook].allowPrivateAddresses', null, 'true', true],
      ['announce[webhook].atMost', null, '5', true],
      ['announce[webhook].id', null, 'webhook', true],
      ['announce[webhook].of', null, 'all', true],
      ['announce[webhook].text', null, expect.any(String), true],
      ['announce[webhook].to', null, 'webhook', true],
      ['announce[webhook].url', null, 'https://evil.example/in?key=***', true],
      ['sources[courier].headers.X-Key', null, '***', true],
      ['sources[courier].proxy', null, 'http://***@proxy.example:3128/', true],
      ['worker.publicUrl', null, 'https://evil.example/', true],
      ['sources[courier].perDay', '300', '100000', false],
    ]);
    const { out } = await newsloom(...given(base, at));
    expect(out).toMatch(/^10 changes of whom the section trusts/);
    expect(out).toMatch(/Changed, effect not compared\n.*\nsources\[courier\]\.perDay +300 +100000/);
    expect(out).not.toContain('hunter2');
  });

  it('lists every place of a new variable under trust, also in a text and in a new source', async () => {
    const { base, at } = await twoSections({
      sources: [courier(), `{ id: a, url: "${origin.url}/a?k=\${TOKEN}", icon: "\${TOKEN}" }`],
      topics: ['{ id: harbour, any: [harbour], label: "Harbour ${TOKEN}" }', TOPICS[1]!],
    });
    writeFileSync(at, readFileSync(at, 'utf8').replace('site: {', 'site: { comments: "${TOKEN}",'));
    const { settings } = await review(base, at);
    const trusted = settings.filter(({ trust }) => trust).map(({ path, after }) => [path, after]);
    expect(trusted).toEqual(
      expect.arrayContaining([
        ['site.comments', '${TOKEN}'],
        ['sources[a].url', expect.stringContaining('/a?k=')],
        ['topics[harbour].label', 'Harbour ${TOKEN}'],
      ]),
    );
    expect(trusted.map(([path]) => path)).toContainEqual(expect.stringContaining('sources[a].icon'));
  });

  it('names a changed script of a command under trust', async () => {
    const more = 'enrich: [{ as: summary, run: [node, scripts/tags.mjs] }]';
    const { base, head, at } = await twoSections({ more }, { more });
    for (const folder of [base, head]) {
      mkdirSync(join(folder, 'scripts'));
      writeFileSync(join(folder, 'scripts/tags.mjs'), 'harmless');
    }
    expect((await review(base, at)).settings).toEqual([]);
    writeFileSync(join(head, 'scripts/tags.mjs'), 'evil');
    expect((await review(base, at)).settings).toMatchObject([{ path: 'enrich[0].run scripts/tags.mjs', trust: true }]);
    const { out } = await newsloom(...given(base, at));
    expect(out).toMatch(/^1 change of whom the section trusts/);
  });

  it('shows the end of a long value, and templates under trust', async () => {
    const hosts = Array.from({ length: 15 }, (_, i) => `local${i}.paper.example`);
    const [setting] = await twoSettings(`sites: [${[...hosts, 'victim.example'].join(', ')}]`);
    expect(setting).toMatchObject({ trust: true, after: expect.stringMatching(/, victim\.example$/) });
    const { base, head, at } = await twoSections({ more: 'publish: { formats: [json, html], templates: theme }' }, { more: 'publish: { formats: [json, html] }' }); // biome-ignore format: one call
    mkdirSync(join(head, 'theme'));
    const { settings } = await review(base, at);
    expect(settings.filter(({ trust }) => trust)).toMatchObject([{ path: 'publish.templates', before: null }]);
  });

  it('lists settings that no other part of the review shows', async () => {
    const [setting] = (await twoSettings('proxy: "http://proxy.example/"')).filter(({ trust }) => trust);
    expect(setting).toMatchObject({ path: 'sources[courier].proxy' });
    for (const key of [
      'every: 1d',
      'maxAge: 3d',
      'withdrawn: keep',
      'review: hold',
      'topics: [harbour]',
      'content: full, fetch: article',
    ])
      expect(await twoSettings(key), key).not.toEqual([]);
  });

  it('reads a file of the section whose bytes changed, and names the entries of a list', async () => {
    const sources = [
      '{ id: wire, url: "file:wire.xml" }',
      '{ id: ring, kind: opml, url: "file:ring.opml" }',
      courier(),
    ];
    const { base, head, at } = await twoSections({ sources }, { sources });
    const outline = (name: string) => `<outline text="${name}" xmlUrl="https://${name}.example/feed?key=hunter2"/>`;
    for (const [folder, title, names] of [
      [base, 'An old wire report', ['a', 'b']],
      [head, 'A new wire report', ['b', 'c']],
    ] as const) {
      writeFileSync(join(folder, 'wire.xml'), rss('The Wire', [{ title }]));
      writeFileSync(join(folder, 'ring.opml'), `<opml><body>${names.map(outline).join('')}</body></opml>`);
    }
    const { sources: reviewed } = await review(base, at);
    expect(reviewed.added.map(({ id, state, entries }) => [id, state, entries])).toEqual([
      ['wire', 'changed', null],
      ['ring', 'changed', { added: ['https://c.example/feed?key=***'], removed: ['https://a.example/feed?key=***'] }],
    ]);
    const { out } = await newsloom(...given(base, at));
    expect(out).toContain('2 sources with a changed file');
    expect(out).toContain('new in the list: https://c.example/feed?key=***. no longer in the list: https://a.example/');
  });

  it('shows changed texts of the desk', async () => {
    const { base, head, at } = await twoSections({});
    const entry = (title: string) => `- { article: "https://paper.example/1", title: "${title}" }\n`;
    writeFileSync(join(base, 'config/desk.yaml'), entry('Storm'));
    writeFileSync(join(head, 'config/desk.yaml'), entry('Hurricane'));
    const { out } = await newsloom(...given(base, at));
    expect(out).toMatch(/Texts of the desk\n.*\ndesk\.entries\[https:\/\/paper\.example\/1\]\.title +Storm +Hurricane/);
  });

  it('reads the posts that the change brings', async () => {
    const posts = ['{ id: posts, kind: posts, path: posts }', courier()];
    const { base, head, at } = await twoSections({ sources: posts }, { sources: posts.slice(1) });
    mkdirSync(join(head, 'posts'));
    writeFileSync(join(head, 'posts/tram.md'), '---\ntitle: Our tram\n---\nIt runs.\n');
    expect((await review(base, at)).sources.added).toMatchObject([
      { id: 'posts', articles: 1, newestAt: expect.any(String) },
    ]);
  });

  it('lists all problems with their lines if the config is invalid', async () => {
    const { base, at, head } = await twoSections({ sources: ['{ id: Bad Id, url: nowhere }'], topics: ['{ any: 7 }'] });
    const markdown = join(head, 'review.md');
    const { status, out } = await newsloom(...given(base, at), '--json', '--markdown', markdown);
    expect(status).toBe(78);
    const { ok, problems } = JSON.parse(out) as Review;
    expect(ok).toBe(false);
    expect(problems.map(({ line }) => line)).toEqual([3, 3, 5, 5]);
    expect(readFileSync(markdown, 'utf8')).toMatch(/newsloom\.yaml&#58;&#8203;3 \|/);
  });

  it('treats an unreadable base as missing', async () => {
    const { base, at } = await twoSections({});
    writeFileSync(join(base, 'config/newsloom.yaml'), 'site: [');
    const found = await review(base, at);
    expect(found).toMatchObject({ ok: true, articles: { from: 'none', before: 0, after: 9 } });
    expect(found.baseProblem).not.toBeNull();
    expect(found.sources.added).toMatchObject([{ id: 'courier', answer: 'read' }]);
  });

  it('tests the change with the published edition if there is no store', async () => {
    const { base, head, at } = await twoSections({ topics: [TOPICS[0]!, '{ id: trams, any: [tram] }'] });
    const other = temporaryFolder();
    cpSync(join(base, 'config'), join(other, 'config'), { recursive: true });
    cpSync(join(base, 'feeds'), join(other, 'feeds'), { recursive: true });
    const { articles, channels } = await review(other, at);
    expect(articles).toEqual({ from: 'edition', before: 9, after: 9 });
    expect(channels.map(({ channel }) => channel)).toEqual(['topics/trams', 'topics/ferries']);
    expect(existsSync(join(head, '.newsloom'))).toBe(false);
  });

  it('names what it could not test if the base has neither a store nor an edition', async () => {
    const { base, head, at } = await twoSections({ sources: [ledger()], topics: TOPICS.slice(1) });
    for (const name of ['.newsloom', 'feeds']) rmSync(join(base, name), { recursive: true });
    const markdown = join(head, 'review.md');
    const { out } = await newsloom(...given(base, at), '--markdown', markdown);
    for (const said of [out, readFileSync(markdown, 'utf8')]) {
      expect(said).toMatch(
        /topics and rules were not tested(:|&#58;) the base has neither a store nor a published edition/,
      );
      expect(said).toContain('articles unknown');
      expect(said).not.toContain('no articles\n');
    }
    cpSync(join(base, 'config'), join(head, 'config'), { recursive: true });
    expect((await newsloom(...given(base, at))).out).toMatch(/^effect for readers unknown \(compared with /);
  });

  it('writes neither to the store nor to the edition, of the base or of the change', async () => {
    const { base, head, at } = await twoSections({ sources: [courier(), ledger()], topics: [] });
    const before = [everyFile(base), everyFile(head)];
    await review(base, at);
    expect([everyFile(base), everyFile(head)]).toEqual(before);
  });

  it('writes the changed pages into a separate folder', async () => {
    const { base, head, at } = await twoSections({ sources: [courier(), ledger()] });
    const pages = join(head, 'pages');
    expect((await review(base, at, '--pages', pages)).pages).toBe(pages);
    expect(readFileSync(join(pages, 'index.html'), 'utf8')).toContain('Harbour dues rise');
    const again = await newsloom(...given(base, at), '--pages', pages);
    expect(again).toMatchObject({ status: 2, err: expect.stringContaining('is not empty') });
  });

  it('compares with a commit of the git repository, using the store next to it', async () => {
    const { base } = await twoSections({});
    const git = (...args: string[]) => {
      const { status, stderr } = spawnSync('git', ['-c', 'user.name=e', '-c', 'user.email=e@n.example', ...args], {
        cwd: base,
        encoding: 'utf8',
      });
      expect(status, stderr).toBe(0);
    };
    git('init', '--quiet');
    git('add', 'config');
    git('commit', '--quiet', '-m', 'Begin');
    const at = join(base, 'config/newsloom.yaml');
    writeFileSync(at, config({ topics: [TOPICS[0]!] }));
    expect(await review('HEAD', at)).toMatchObject({
      articles: { from: 'store', before: 9 },
      channels: [{ channel: 'topics/ferries', state: 'gone' }],
    });
    git('add', '--force', '.newsloom');
    git('commit', '--quiet', '-m', 'A store that the change brings');
    expect((await review('HEAD~1', at)).articles.from).toBe('edition');
    git('add', '--force', 'feeds');
    git('commit', '--quiet', '-m', 'An edition that the change brings');
    expect((await review('HEAD~2', at)).articles.from).toBe('none');
    const wrong = await newsloom(...given('--upload-pack=x', at));
    expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining('neither a folder nor a commit') });
  });
});

describe('newsloom review of an untrusted change', { timeout: SLOW }, () => {
  it('runs no command', async () => {
    const { base, head, at } = await twoSections({
      sources: [courier(), ledger()],
      more: `enrich:\n  - { name: evil, as: summary, run: [touch, "ran"] }`,
    });
    expect(await review(base, at, '--pages', join(head, 'pages'))).toMatchObject({
      ok: true,
      sources: { added: [{ id: 'ledger', articles: 2 }] },
    });
    expect(existsSync(join(head, 'ran'))).toBe(false);
  });

  it('runs no template', async () => {
    const { base, head, at } = await twoSections({ more: 'publish: { templates: theme }' });
    mkdirSync(join(head, 'theme'));
    writeFileSync(join(head, 'theme/index.eta'), '<% process.exit(9) %>Foreign');
    const { pages } = await review(base, at, '--pages', join(head, 'pages'));
    expect(readFileSync(join(pages!, 'index.html'), 'utf8')).not.toContain('Foreign');
  });

  it('reveals no environment variable in an address, a header or a message', async () => {
    const env = { API_KEY: 'hunter2-secret', SITE: 'https://news.example.org/' };
    const { base, at } = await twoSections({
      sources: [
        courier(),
        `{ id: a, url: "${origin.url}/a?k=\${API_KEY}" }`,
        `{ id: b, url: "${origin.url}/b", headers: { X-Key: "\${API_KEY}" } }`,
      ],
      more: [
        `store: { kind: postgres, url: "\${DATABASE}" }`,
        'announce:',
        `  - { to: slack, url: "\${SLACK}", of: [stories] }`,
        `  - { to: mastodon, url: https://m.example/, token: "\${MASTODON}", of: [stories] }`,
        `enrich: [{ as: summary, run: [cat], env: { KEY: "\${API_KEY}" } }]`,
      ].join('\n'),
    });
    const asked = origin.requests.length;
    const { status, out, err } = await runNewsloom(
      env,
      ...given(base, at),
      '--json',
      '--allow-private-addresses',
      '--env',
      'SITE',
    );
    expect([status, err]).toEqual([0, '']);
    expect(out).not.toContain('hunter2');
    const { unread, sources } = JSON.parse(out) as Review;
    expect(unread).toEqual(['API_KEY', 'DATABASE', 'MASTODON', 'SLACK']);
    expect(sources.added.map(({ answer }) => answer)).toEqual(['not-asked', 'not-asked']);
    expect(origin.requests.slice(asked)).toEqual([]);
  });

  it('reads only the variables in --env', async () => {
    const { base, at } = await twoSections({});
    for (const folder of [base, join(at, '../..')]) {
      const file = join(folder, 'config/newsloom.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"https://news.example.org/"', `"\${SITE}"`));
    }
    rmSync(join(base, '.newsloom'), { recursive: true });
    const env = { SITE: 'https://news.example.org/' };
    const { out } = await runNewsloom(env, ...given(base, at), '--json', '--env', 'SITE');
    expect(JSON.parse(out)).toMatchObject({ ok: true, unread: [], articles: { from: 'edition', before: 9 } });
  });

  it('requests no private address, whatever the config allows', async () => {
    const { base, at } = await twoSections({
      sources: [courier(), `{ id: ledger, url: "${origin.url}/ledger", allowPrivateAddresses: true }`],
    });
    const asked = origin.requests.length;
    const { out } = await newsloom(...given(base, at), '--json');
    const [ledger] = (JSON.parse(out) as Review).sources.added;
    expect(ledger).toMatchObject({
      answer: 'failed',
      code: 'FETCH_FORBIDDEN',
      problem: expect.stringContaining('private network'),
      fix: expect.stringMatching(/--allow-private-addresses$/),
    });
    expect(origin.requests.slice(asked)).toEqual([]);
  });

  it('uses no proxy of the change', async () => {
    const { base, at } = await twoSections({
      sources: [courier(), `{ id: p, url: "https://p.example/", proxy: "${origin.url}" }`],
    });
    const asked = origin.requests.length;
    expect((await review(base, at)).sources.added).toMatchObject([{ answer: 'not-asked' }]);
    expect(origin.requests.slice(asked)).toEqual([]);
  });

  it('requests at most 50 addresses', async () => {
    const feeds = (name: string, n: number) =>
      `{ id: ${name}, feeds: [${Array.from({ length: n }, (_, i) => `"${origin.url}/${name}-${i}"`)}] }`;
    const { base, at } = await twoSections({
      sources: [courier(), feeds('flood', 60), feeds('many', 30), feeds('more', 21), ledger()],
    });
    const asked = origin.requests.length;
    const { sources } = await review(base, at);
    expect(sources.added.map(({ id, answer }) => [id, answer])).toEqual([
      ['flood', 'not-asked'],
      ['many', 'failed'],
      ['more', 'not-asked'],
      ['ledger', 'read'],
    ]);
    expect(origin.requests.length - asked).toBeLessThan(50);
  });

  const SECRET = '- { id: secret-of-the-machine, any: [x], key-of-the-machine: 1 }\n';
  it.each([
    ['an included file', 'topics: ../../PLACE/secret.yaml', 'secret.yaml'],
    ['an included file behind a link', 'topics: linked.yaml', 'secret.yaml'],
    ['a pack', 'extends: ../../PLACE', 'topics.yaml'],
  ])('reads no file outside its folder: %s', async (_, line, name) => {
    const outside = siteFolder({ [name]: SECRET });
    const { base, head, at } = await twoSections({});
    const text = readFileSync(at, 'utf8').replace(/^topics:\n( {2}.*\n)*/m, '');
    writeFileSync(at, `${text}\n${line.replace('PLACE', outside.split('/').at(-1)!)}\n`);
    symlinkSync(join(outside, name), join(head, 'config/linked.yaml'));
    const { status, out } = await newsloom(...given(base, at), '--json');
    expect(status).toBe(78);
    expect(out).toContain('is outside the folder of the section');
    expect(out).not.toContain('of-the-machine');
  });

  it('does not follow a link as a picture of a post', async () => {
    const outside = siteFolder({ 'secret.png': 'of-the-machine' });
    const posts = { sources: [courier(), '{ id: posts, kind: posts, path: posts }'] };
    const base = siteFolder({
      'config/newsloom.yaml': config(posts),
      'posts/a.md': '---\ntitle: Ours\n---\n![map](map.png)\n',
      'posts/map.png': 'a picture',
    });
    await newsloom('build', '--config', join(base, 'config/newsloom.yaml'), '--now', NOW, '--quiet');
    const head = temporaryFolder();
    for (const path of [`posts`, `../${outside.split('/').at(-1)}`]) {
      cpSync(join(base, 'posts'), join(head, 'posts'), { recursive: true });
      rmSync(join(head, 'posts/map.png'));
      symlinkSync(join(outside, 'secret.png'), join(head, 'posts/map.png'));
      const at = join(siteFolder({}), 'config/newsloom.yaml');
      cpSync(head, join(at, '../..'), { recursive: true, verbatimSymlinks: true });
      mkdirSync(join(at, '..'));
      writeFileSync(at, config(posts).replace('path: posts', `path: ${path}`));
      const pages = join(at, '../../pages');
      expect((await review(base, at, '--pages', pages)).ok).toBe(true);
      expect(everyFile(pages).join('\n')).not.toContain(Buffer.from('of-the-machine').toString('base64').slice(0, 16));
      expect(existsSync(join(pages, 'index.html'))).toBe(true);
    }
  });

  it('reads no feed outside its folder', async () => {
    const outside = siteFolder({ 'feed.xml': LEDGER });
    const { base, head, at } = await twoSections({
      sources: [
        courier(),
        `{ id: far, url: "file://${join(outside, 'feed.xml')}" }`,
        '{ id: near, url: "file:linked.xml" }',
      ],
    });
    symlinkSync(join(outside, 'feed.xml'), join(head, 'linked.xml'));
    const { sources } = await review(base, at);
    expect(sources.added.map(({ answer, articles }) => [answer, articles])).toEqual([
      ['not-asked', 0],
      ['not-asked', 0],
    ]);
  });
});
