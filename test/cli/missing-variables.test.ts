/**
 * An editor's shell lacks the keys of the service. Commands that only show data work without them, all others report
 * them.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { runSite } from '../../src/app/run-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom, runNewsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const ENV = { HOOK: 'https://hooks.example/T0/secret-word', WORD: 'a-long-secret', KEY: 'k3y-of-the-paper' };
let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds({
    '/paper': rss('Paper', [{ title: 'Ferry sails', link: 'https://paper.example/ferry' }]),
  });
  site = aSite({
    sources: [
      `{ id: paper, url: "${origin.url}/paper", headers: { X-Key: "\${KEY}" }, rules: [{ drop: { title: [boots] } }] }`,
    ],
    topics: ['{ id: sea, any: [ferry] }'],
    more: [
      'announce:',
      `  - { to: slack, url: "\${HOOK}", of: [all] }`,
      `  - { to: webhook, url: "https://hooks.example/x", secret: "\${WORD}", of: [all] }`,
      `enrich: [{ run: ["true"], as: summary, env: { WORD: "\${WORD}" } }]`,
      'digests: [{ id: weekly, of: all, every: "monday 06:00" }]',
    ],
  });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const config = () => ['--config', join(site.root, 'config', 'newsloom.yaml')];

describe('without the variables of announcements, programs and sources', () => {
  it.each([
    ['topics', 'test', 'A ferry'],
    ['topics', 'test', 'https://paper.example/ferry'],
    ['topics', 'report'],
    ['topics', 'suggest'],
    ['rules', 'test'],
    ['explain', 'https://paper.example/ferry'],
    ['desk', 'list'],
    ['desk', 'pin', 'https://paper.example/ferry'],
    ['digest', 'preview', 'weekly'],
    ['status'],
    ['overview'],
    ['prune'],
    ['sources', 'export'],
    ['store', 'copy', '--to-file', 'copy.db'],
  ])('newsloom %s %s %s works', async (...argv) => {
    const built = await runNewsloom(ENV, 'build', ...config());
    expect(built.status).toBe(0);
    const given = argv.flatMap((one) => (one === 'copy.db' ? join(site.root, one) : (one ?? [])));
    expect(await newsloom(...given, ...config())).toMatchObject({ status: 0, err: '' });
    // An empty variable counts as unset.
    if (argv[0] !== 'store')
      expect(await runNewsloom({ HOOK: '' }, ...given, ...config())).toMatchObject({ status: 0 });
  });

  it('sources export omits addresses with a missing variable', async () => {
    site.configure({ sources: [`{ id: paper, url: "\${KEY}" }`, '{ id: other, url: "https://other.example/feed" }'] });
    const { status, out } = await newsloom('sources', 'export', ...config());
    expect([status, out.includes('other.example/feed'), /KEY|invalid/.test(out)]).toEqual([0, true, false]);
  });

  it.each([['build', '--dry-run', '--force'], ['restore']])(
    'newsloom %s announces nothing, so it needs variables of sources only',
    async (...argv) => {
      expect((await runNewsloom(ENV, 'build', ...config())).status).toBe(0);
      const before = site.files();
      if (argv[0] === 'restore') rmSync(join(site.root, '.newsloom'), { recursive: true });
      const { err } = await newsloom(...argv, ...config());
      expect(err).toContain('sources[0].headers.X-Key: environment variable KEY is not set');
      expect(err).not.toMatch(/HOOK|WORD/);
      const { status, out } = await runNewsloom({ KEY: ENV.KEY }, ...argv, ...config());
      expect([status, out.includes('unread.invalid')]).toEqual([0, false]);
      expect(site.files()).toEqual(before);
      // Settings that it read are not cached for commands that announce.
      expect((await runNewsloom({ KEY: ENV.KEY }, 'build', ...config())).status).toBe(78);
    },
  );

  it('the overview names missing variables first', async () => {
    const file = config()[1]!;
    writeFileSync(file, readFileSync(file, 'utf8').replace('news.example.org', 'news.harbour.press'));
    expect((await newsloom('overview', ...config())).out).toMatch(
      /next +set KEY {2}\(newsloom build needs it: sources/,
    );
  });

  it.each([
    [['build'], 'announce[0].url: environment variable HOOK is not set'],
    [['announce', 'test', 'slack'], 'announce[1].secret: environment variable WORD is not set'],
    [['work'], 'sources[0].headers.X-Key: environment variable KEY is not set'],
    [['check'], 'enrich[0].env.WORD: environment variable WORD is not set'],
  ])('newsloom %s names the missing variables', async (argv, said) => {
    const { status, out, err } = await newsloom(...argv, ...config());
    expect(status).toBe(78);
    expect(out + err).toContain(said);
    expect(origin.requests).toEqual([]);
  });

  it('rules test does not fetch a source with a missing variable', async () => {
    const { out } = await newsloom('rules', 'test', 'paper', ...config());
    expect(out).toContain('live: not readable: environment variable KEY is not set');
    expect(origin.requests).toEqual([]);
  });

  it('check reports that everything else is valid, and marks each variable in JSON', async () => {
    expect((await newsloom('check', ...config())).out).toMatch(/\nEverything else is valid\. /);
    const { problems } = JSON.parse((await newsloom('check', '--json', ...config())).out);
    expect(problems.map(({ unset }: { unset: string }) => unset)).toEqual(['KEY', 'HOOK', 'WORD', 'WORD']);
    site.configure({ sources: [`{ url: "${origin.url}/paper", titel: x, headers: { X-Key: "\${KEY}" } }`] });
    expect((await newsloom('check', ...config())).out).not.toContain('all else is right');
  });

  it('no run uses cached settings of a command that only shows data', async () => {
    const settings = await loadSite(config()[1]!, {}, 'cached', 'sent');
    const options = { now: new Date(), force: false, only: null, offline: false, dryRun: false, forcePublish: false };
    const observer = { start: () => {}, done: () => {}, published: () => {} };
    const ran = runSite(settings, { ...options, signal: new AbortController().signal, observer });
    await expect(ran).rejects.toMatchObject({ code: 'CONFIG_INVALID', problems: settings.unset });
  });
});

describe('without a variable that is needed', () => {
  it('commands that open the store report it; topics test of a text does not need it', async () => {
    site.configure({
      sources: ['{ url: "https://paper.example/feed" }'],
      topics: ['{ id: sea, any: [ferry] }'],
      more: [`store: { kind: postgres, url: "\${DATABASE_URL}" }`],
    });
    const said = 'store.url: environment variable DATABASE_URL is not set';
    expect((await newsloom('topics', 'report', ...config())).err).toContain(said);
    expect((await newsloom('topics', 'test', 'https://paper.example/ferry', ...config())).err).toContain(said);
    expect(await newsloom('topics', 'test', 'A ferry', ...config())).toMatchObject({ status: 0 });
  });

  it('a variable that no address can replace is reported', async () => {
    site.configure({ sources: [`{ url: "feed:\${HOST}" }`], topics: ['{ id: sea, any: [ferry] }'] });
    const { status, err } = await newsloom('topics', 'test', 'A ferry', ...config());
    expect([status, err]).toEqual([
      78,
      expect.stringContaining('sources[0].url: environment variable HOST is not set\n'),
    ]);
  });

  it('a variable that another key needs is reported', async () => {
    site.configure({
      sources: [`{ url: "https://\${HOST}/feed" }`],
      topics: ['{ id: sea, any: [ferry] }'],
      site: [`description: of \${HOST}`],
    });
    const { status, err } = await newsloom('topics', 'test', 'A ferry', ...config());
    expect(status).toBe(78);
    expect(err).toContain('site.description: environment variable HOST is not set');
  });
});
