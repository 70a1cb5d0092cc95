import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const first = { title: 'Opinion | The quay must go', link: 'https://a.example/1', date: '2026-11-24T08:00:00Z' };
const second = { title: 'Your horoscope', link: 'https://a.example/2', date: '2026-11-24T07:00:00Z' };
const third = { title: 'Ferry sails again', link: 'https://a.example/deals/3', date: '2026-11-25T07:00:00Z' };
beforeEach(async () => {
  origin = await serveFeeds({ '/a': rss('Paper A', [first, second]), '/b': rss('Paper B', [third]) });
  site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
  await site.run('2026-11-24T09:07:00Z');
  origin.pages.set('/a', { body: rss('Paper A', [third, first, second]) });
  site.configure({
    sources: [`{ id: a, url: "${origin.url}/a", rules: [{ drop: { url: ["/deals/"] } }] }`],
    more: ['rules:', '  - drop: { title: [horoscope] }', '  - retitle: { cut: ["Opinion | "] }'],
  });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const test = (...args: string[]) =>
  newsloom('rules', 'test', ...args, '--config', join(site.root, 'config', 'newsloom.yaml'));

describe('newsloom rules test', () => {
  it('shows the effects on stored articles of a source and on its feed, and stores nothing', async () => {
    const before = site.files();
    expect((await test('a')).out).toBe(`stored: 2 articles, 1 dropped, 1 with a changed headline
  drop title: horoscope (config/newsloom.yaml:9): 1
    Your horoscope <https://a.example/2>
  headline (config/newsloom.yaml:10): Opinion | The quay must go
    -> The quay must go
live: 3 articles, 2 dropped, 1 with a changed headline
  drop url: /deals/ (config/newsloom.yaml:6): 1
    Ferry sails again <https://a.example/deals/3>
  drop title: horoscope (config/newsloom.yaml:9): 1
    Your horoscope <https://a.example/2>
  headline (config/newsloom.yaml:10): Opinion | The quay must go
    -> The quay must go
`);
    expect(site.files()).toEqual(before);
  });

  it('tests the stored articles of all sources without any request', async () => {
    const asked = origin.requests.length;
    const { out } = await test();
    expect(out).toMatch(/^stored: 2 articles, 1 dropped, 1 with a changed headline\n/);
    expect(out).not.toContain('live');
    expect(JSON.parse((await test('--json')).out)).toMatchObject({ sourceId: null, live: null });
    expect(origin.requests.length).toBe(asked);
  });

  it('prints at most --limit examples, and all counts as JSON', async () => {
    const { out } = await test('a', '--limit', '0', '--json');
    expect(JSON.parse(out)).toEqual({
      sourceId: 'a',
      stored: {
        articles: 2,
        dropped: 1,
        held: 0,
        rules: [
          { rule: 'drop title: horoscope', at: { file: 'config/newsloom.yaml', line: 9 }, articles: 1, examples: [] },
        ],
        retitled: 1,
        headlines: [],
      },
      live: expect.objectContaining({ articles: 3, dropped: 2 }),
    });
  });

  it('counts what each rule holds, tags and limits', async () => {
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`],
      topics: ['{ id: picks }'],
      more: ['rules:', '  - hold: { title: [ferry] }', '  - topics: { set: [+picks] }', '  - newest: 1'],
    });
    const { out } = await test('a', '--limit', '0');
    expect(out).toMatch(/^stored: 2 articles, 1 dropped, 0 .*\nlive: 3 articles, 1 dropped, 1 held, 0 with/s);
    expect(out.split('live')[1]?.split('\n  ').slice(1)).toEqual([
      'topics +picks (config/newsloom.yaml:12): 3',
      'hold title: ferry (config/newsloom.yaml:11): 1',
      'newest 1 of a day (config/newsloom.yaml:13): 1\n',
    ]);
  });

  it('accepts the address of a stored article', async () => {
    expect((await test('http://a.example/2')).out).toBe(
      'Your horoscope <https://a.example/2>\n  dropped by drop title: horoscope (config/newsloom.yaml:9)\n',
    );
    expect((await test('https://a.example/1')).out).toBe(
      'Opinion | The quay must go <https://a.example/1>\n  shown as "The quay must go" (config/newsloom.yaml:10)\n',
    );
  });

  it('tests a feed that is not a source with the common rules', async () => {
    expect((await test(`${origin.url}/b`)).out).toBe('live: 1 article, 0 dropped, 0 with a changed headline\n');
  });

  it('reports an unreadable feed, and shows the stored articles', async () => {
    origin.pages.set('/a', { body: 'gone', status: 404 });
    expect((await test('a')).out).toMatch(/^stored: 2 articles.*\nlive: not readable: .*404/s);
    expect((await test(`${origin.url}/none`)).status).toBe(4);
  });

  it('rejects an argument that is neither a source nor an address, and invalid rules', async () => {
    expect(await test('paper')).toMatchObject({
      status: 2,
      err: expect.stringContaining('"paper" is neither a source id'),
    });
    expect((await test('a', '--limit', 'few')).status).toBe(2);
    const broken =
      'site: { title: T, url: "https://n.example/" }\nsources: []\nrules: [{ drop: { title: ["/(/"] } }]\n';
    writeFileSync(join(site.root, 'config', 'newsloom.yaml'), broken);
    expect(await test('a')).toMatchObject({
      status: 78,
      err: expect.stringContaining('newsloom.yaml:3:27 rules[0].drop.title[0]: not a valid RE2 expression'),
    });
  });
});

describe('newsloom explain', () => {
  const explain = (url: string) =>
    newsloom('explain', url, '--config', join(site.root, 'config', 'newsloom.yaml')).then(({ out }) => out);

  it('names the rule and its line, before and after a run applies it', async () => {
    expect(await explain('https://a.example/2')).toContain(
      ' next build: dropped by drop title: horoscope (config/newsloom.yaml:9)\n',
    );
    expect(await explain('https://a.example/1')).toContain(
      ' next build: shown as "The quay must go" (config/newsloom.yaml:10)\n',
    );
    await site.run('2026-11-25T09:07:00Z');
    const dropped = await explain('https://a.example/2');
    expect(dropped).toContain('\n  rules       dropped by drop title: horoscope (config/newsloom.yaml:9)\n');
    expect(dropped).toContain(' all: nothing, hidden\n');
    expect(dropped).not.toContain('next build');
    expect(await explain('https://a.example/1')).toContain(' headline: The quay must go (config/newsloom.yaml:10)\n');
    expect(await explain('https://a.example/deals/3')).toContain(
      'dropped by drop url: /deals/ (config/newsloom.yaml:6)',
    );
  });

  it('lists no feed for an article that was dropped before publication', async () => {
    origin.pages.set('/a', { body: rss('A', [{ title: 'Horoscope of the week', link: 'https://a.example/9' }]) });
    await site.run('2026-11-25T09:07:00Z');
    const never = await explain('https://a.example/9');
    expect(never).toContain('\n  published   no\n');
    site.configure({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
    expect(await explain('https://a.example/9')).toMatch(/ next build: shown\n/);
  });

  it('reports a removed rule until the next run', async () => {
    await site.run('2026-11-25T09:07:00Z');
    site.configure({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
    expect(await explain('https://a.example/2')).toContain('horoscope (no longer in the config)');
    expect(await explain('https://a.example/2')).toContain(' next build: shown\n');
  });
});

describe('newsloom status', () => {
  const status = (...more: string[]) =>
    newsloom(
      'status',
      '--now',
      '2026-11-25T10:00:00Z',
      ...more,
      '--config',
      join(site.root, 'config', 'newsloom.yaml'),
    );

  it('counts what each rule drops', async () => {
    await site.run('2026-11-25T09:07:00Z');
    const { out } = await status();
    expect(out.slice(out.indexOf('\n\nrule '))).toBe(`

rule                    of         drops
config/newsloom.yaml:6  a    drop  1      drop url: /deals/ (1)
config/newsloom.yaml:9  all  drop  1      drop title: horoscope (1)
`);
    const at = { file: 'config/newsloom.yaml', line: 6 };
    expect(JSON.parse((await status('--json')).out).rules[0]).toEqual({
      at,
      action: 'drop',
      sourceId: 'a',
      dropped: 1,
      conditions: [{ rule: 'drop url: /deals/', articles: 1 }],
    });
  });

  it('marks removed rules, and prints nothing without rules', async () => {
    await site.run('2026-11-25T09:07:00Z');
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`],
      more: ['rules: [{ keep: { title: [ferry] } }]'],
    });
    const { out } = await status();
    expect(out).toContain('config/newsloom.yaml:8   all  keep  0\n');
    expect(out).toContain('no longer in the config  all  drop  1      drop title: horoscope (1)\n');
    site.configure({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
    await site.run('2026-11-25T09:08:00Z');
    expect((await status()).out).not.toContain('rule');
  });
});
