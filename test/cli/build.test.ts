import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqlite } from '../../src/store/sqlite/sqlite.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { siteFolder } from '../support/site-folder.js';

let origin: FeedServer;
let site: TestSite;
const NOW = ['--now', '2026-11-24T09:07:00Z'];
const LATER = ['--now', '2026-11-24T11:07:00Z', '--force'];
const build = (...more: string[]) => newsloom('build', '--config', join(site.root, 'config', 'newsloom.yaml'), ...more);

beforeEach(async () => {
  origin = await serveFeeds({
    '/a': rss('Paper A', [{ title: 'Ferry sails' }]),
    '/b': rss('Paper B', [{ title: 'Tram stops' }]),
  });
  site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

describe('newsloom build', () => {
  it('prints a summary on stdout, as text or as one JSON document', async () => {
    const first = await build(...NOW);
    expect(first.status).toBe(0);
    expect(first.out).toContain('articles  2 new, 2 in total');
    const { status, out } = await build(...LATER, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      startedAt: '2026-11-24T11:07:00.000Z',
      changed: false,
      sources: { notModified: 2 },
      failures: [],
    });
  });

  it('names topics without an article until they have one', async () => {
    const sources = [`{ id: a, url: "${origin.url}/a" }`];
    const ids = ['sea', 'chess', 'go', 'bridge', 'darts', 'bowls', 'curling'];
    site.configure({ sources, topics: ids.map((id) => `{ id: ${id}, any: [${id === 'sea' ? 'ferry' : id}] }`) });
    const { out } = await build(...NOW);
    expect(out).toContain('\ntopics    no articles and no files yet: chess, go, bridge, darts, bowls and 1 more\n');
    expect(existsSync(join(site.feeds, 'topics/chess.json'))).toBe(false);
    site.configure({ sources, topics: ['{ id: sea, any: [ferry] }', '{ id: chess, any: [chess] }'] });
    expect(JSON.parse((await build(...LATER, '--json')).out)).toMatchObject({ emptyTopics: ['chess'] });
    origin.pages.set('/a', { body: rss('Paper A', [{ title: 'A game of chess' }]) });
    expect(JSON.parse((await build(...LATER, '--json')).out)).not.toHaveProperty('emptyTopics');
    expect(existsSync(join(site.feeds, 'topics/chess.json'))).toBe(true);
  });

  it('suggests what to do about a page, a config without sources, and a new target', async () => {
    origin.pages.set('/b', { body: '<!doctype html><title>b</title>', type: 'text/html' });
    const sources = [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`];
    site.configure({
      sources,
      more: ['announce: [{ to: webhook, id: hook, url: "https://hook.example/", of: [all] }]'],
    });
    const { out } = await build(...NOW);
    expect(out).toMatch(/^failed {4}b: an HTML page.*; "newsloom sources add" finds its feed/m);
    expect(out).toContain(
      'announced hook: 0 sent (the first articles of a new target or source, and after a restore, are not announced)',
    );
    expect((await build(...LATER)).out).toMatch(/^announced hook: 0 sent$/m);
    const bare = siteFolder({ 'n.yaml': 'site: { title: T, url: "https://n.example/" }\nsources: []\n' });
    expect((await newsloom('build', '--config', join(bare, 'n.yaml'))).out).toContain(
      'sources   none (newsloom sources add <address>)\n',
    );
  });

  it('counts messages without a response, as the overview does', async () => {
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`],
      more: [
        `announce: [{ to: webhook, id: hook, url: "${origin.url}/hook", of: [all], allowPrivateAddresses: true }]`,
      ],
    });
    origin.pages.set('/hook', null);
    await build(...NOW);
    origin.pages.set('/a', { body: rss('Paper A', [{ title: 'Ferry sails' }, { title: 'Ferry returns' }]) });
    expect((await build(...LATER)).out).toMatch(/^announced hook: 0 sent, 1 without a response$/m);
    const config = join(site.root, 'config', 'newsloom.yaml');
    const { out } = await newsloom('overview', '--config', config, ...LATER.slice(0, 2), '--json');
    expect(JSON.parse(out)).toMatchObject({ failingTargets: ['hook'] });
  });

  it('reports articles that wait for review on stderr', async () => {
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`],
      more: ['desk: [{ article: "https://x.example/1", hide: true }]'],
    });
    expect((await build(...NOW)).err).toContain('https://x.example/1');
  });

  it('exits 3 with --strict if a source failed, and 0 without; publishes the rest', async () => {
    origin.pages.set('/b', { body: 'no', status: 500 });
    const strict = await build(...NOW, '--strict');
    expect(strict.status).toBe(3);
    expect(strict.out).toContain('failed    b: ');
    expect(strict.err).not.toContain('FETCH_STATUS'); // a failure is named once
    expect((await build('--now', '2026-11-24T10:07:00Z', '--force', '--json')).err).toContain('"code":"FETCH_STATUS"');
    expect((await build(...LATER)).status).toBe(0);
    expect(site.json('all.json').items).toHaveLength(1);
  });

  it('prints nothing with --quiet except what explains the exit status', async () => {
    expect(await build(...NOW, '--quiet')).toMatchObject({ status: 0, out: '', err: '' });
    origin.pages.set('/b', { body: 'no', status: 500 });
    expect(await build(...LATER, '--quiet')).toMatchObject({ status: 0, out: '', err: '' });
    const strict = await build('--now', '2026-11-24T13:07:00Z', '--force', '--quiet', '--strict');
    expect(strict).toMatchObject({ status: 3, out: '', err: expect.stringMatching(/^.*failed {4}b: .*FETCH_STATUS/m) });
    await origin.close();
    const none = await build('--now', '2026-11-24T15:07:00Z', '--force', '--quiet');
    expect([none.status, none.out, none.err.match(/failed {4}[ab]: /g)?.length]).toEqual([4, '', 2]);
  });

  it('exits 4 if every source fails, prints the report and changes no file', async () => {
    await build(...NOW);
    const before = site.files();
    await origin.close();
    const { status, out } = await build(...LATER, '--json');
    expect(status).toBe(4);
    expect(JSON.parse(out)).toMatchObject({ changed: false, sources: { failed: 2 } });
    expect(site.files()).toEqual(before);
  });

  it('exits 5 if it cannot publish, and still prints the report', async () => {
    writeFileSync(site.feeds, 'a file where the folder should be');
    const { status, out, err } = await build(...NOW, '--json');
    expect(status).toBe(5);
    expect(err).toContain('PUBLISH_FAILED');
    expect(JSON.parse(out)).toMatchObject({ changed: false, articles: { added: 2 }, files: { written: 0 } });
  });

  it('exits 6 while another process holds the store', async () => {
    const held = await sqlite.open(
      { kind: 'sqlite', path: join(site.root, '.newsloom', 'newsloom.db'), url: null },
      'write',
    );
    try {
      const { status, err } = await build(...NOW);
      expect(status).toBe(6);
      expect(err).toContain('STORE_LOCKED');
    } finally {
      await held.close();
    }
    expect((await build(...NOW)).status).toBe(0);
  });

  it('exits 78 with every problem on its own line, and changes no file', async () => {
    writeFileSync(
      join(site.root, 'config', 'newsloom.yaml'),
      'site:\n  titel: The Section\nsources:\n  - { id: a, url: paper.example/feed }\n',
    );
    const { status, out, err } = await build(...NOW);
    expect(status).toBe(78);
    expect(out).toBe('');
    expect(err).toMatch(/newsloom\.yaml:2:3 site\.titel: .*did you mean "title"/);
    expect(err).toMatch(/newsloom\.yaml:4:19 sources\[0\]\.url: /);
    expect(readdirSync(site.root)).toEqual(['config']);
  });

  it('exits 2 for an unknown source and for an invalid date', async () => {
    const { status, err } = await build('--only', 'c');
    expect(status).toBe(2);
    expect(err).toContain('unknown source "c"; known: a, b');
    expect((await build('--now', 'yesterday')).status).toBe(2);
  });

  it('requests only the sources of --only, and none with --offline', async () => {
    await build(...NOW, '--only', 'b');
    await build(...LATER, '--offline');
    expect(origin.requests.map(({ path }) => path)).toEqual(['/b']);
  });

  it('writes nothing in a dry run', async () => {
    const { status, out } = await build(...NOW, '--dry-run');
    expect(status).toBe(0);
    expect(out).toMatch(/files\s+\d+ would be written/);
    expect(existsSync(site.feeds)).toBe(false);
    expect(existsSync(join(site.root, '.newsloom'))).toBe(false);
  });

  it('caches the settings until a config file changes', async () => {
    await build(...NOW);
    const kept = join(site.root, '.newsloom', 'newsloom.yaml.json');
    const before = statSync(kept);
    expect((await build(...LATER)).status).toBe(0);
    expect(statSync(kept).ino).toBe(before.ino);
    appendFileSync(join(site.root, 'config', 'newsloom.yaml'), 'publisch: {}\n');
    const { status, err } = await build(...LATER);
    expect(status).toBe(78);
    expect(err).toContain('publisch: unknown key');
  });

  it('writes files for CI: a commit message, outputs and a summary', async () => {
    const told = join(site.root, 'told');
    const files = [
      ['--message', join(told, 'message')],
      ['--outputs', join(told, 'outputs')],
      ['--summary', join(told, 'summary')],
    ].flat();
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`],
      topics: ['{ id: sea, label: { de: Meer, en: The sea }, any: [ferry] }', '{ id: rail, any: [train] }'],
    });
    await build(...NOW, ...files);
    const read = (name: string) => readFileSync(join(told, name), 'utf8');
    expect(read('message')).toBe('2 new: The sea\n');
    expect(read('outputs')).toBe('changed=true\nadded=2\nfailures=0\n');
    expect(read('summary')).toContain('### 2 new: The sea\n');
    await build(...LATER, ...files);
    expect(read('message')).toBe('No news\n');
    expect(read('outputs')).toContain('failures=0\nchanged=false\n');
  });
});
