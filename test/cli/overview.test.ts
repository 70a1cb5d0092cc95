/** `newsloom` alone, `newsloom overview`, and errors on a terminal. */
import { EventEmitter } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { openStore } from '../../src/app/open-store.js';
import { chooseNextStep } from '../../src/app/status/overview.js';
import { noteUnpublished } from '../../src/app/status/unpublished.js';
import { type ProcessIO, runCommandLine } from '../../src/cli/cli.js';
import { describeError } from '../../src/cli/exit.js';
import { ConfigError, ERROR_CODES, StoreError } from '../../src/model/errors.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const NOW = '2026-11-24T09:07:00Z';
beforeAll(async () => {
  origin = await serveFeeds();
});
afterAll(() => origin.close());
beforeEach(() => {
  const ferry = { title: 'Ferry sinks', link: 'https://paper.example/1', date: '2026-11-24T08:37:00Z' };
  origin.pages.set('/feed', { body: rss('Paper', [ferry]) });
  site = aSite({ sources: [`{ id: paper, url: "${origin.url}/feed" }`], more: ['images: { icons: false }'] });
});
afterEach(() => site.remove());

/** A process on a terminal of this size, in this folder. */
function onTerminal(folder: string, size = { columns: 70, rows: 12 }) {
  const stream = () => {
    const written: string[] = [];
    return Object.assign(new EventEmitter(), {
      ...size,
      written,
      isTTY: true,
      write: (text: string) => written.push(text) > 0,
    });
  };
  const io = Object.assign(new EventEmitter(), {
    env: { NO_COLOR: '1' },
    cwd: () => folder,
    stdin: stream(),
    stdout: stream(),
    stderr: stream(),
    exit: () => undefined,
  });
  const run = (...argv: string[]) => runCommandLine(argv, io as unknown as ProcessIO);
  return { io, run, out: () => io.stdout.written.join(''), err: () => io.stderr.written.join('') };
}

describe('newsloom overview', () => {
  const overview = (...more: string[]) =>
    newsloom('overview', '--config', join(site.root, 'config/newsloom.yaml'), '--now', NOW, ...more);

  it('reports a failed publication until one succeeds, as status and explain do', async () => {
    const at = ['--config', join(site.root, 'config/newsloom.yaml')];
    const told = async () => {
      const status = await newsloom('status', ...at, '--now', NOW);
      return [(await overview()).out, status.out, (await newsloom('explain', 'ferry sinks', ...at)).out];
    };
    writeFileSync(site.feeds, 'no folder');
    for (const now of ['2026-11-24T08:57:00Z', '2026-11-24T08:59:00Z'])
      await expect(site.run(now)).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
    const failed = expect.stringMatching(/nothing published since 2026-11-24 08:57 UTC: .+ \(PUBLISH_FAILED\)\n/);
    expect(await told()).toEqual([failed, failed, failed]);
    expect((await overview()).out).toMatch(/\nnext {6}newsloom build {2}\(run it when the cause is fixed/);
    const unpublished = { code: 'PUBLISH_FAILED', since: '2026-11-24T08:57:00.000Z' };
    for (const command of ['overview', 'status'])
      expect(JSON.parse((await newsloom(command, ...at, '--json')).out)).toMatchObject({ unpublished });
    rmSync(site.feeds);
    await site.run('2026-11-24T09:01:00Z');
    for (const out of await told()) expect(out).not.toContain('nothing could be published');
  });

  it('reports a full store as well', async () => {
    await site.run('2026-11-24T08:57:00Z');
    const at = ['--config', join(site.root, 'config/newsloom.yaml')];
    const { store: place } = await loadSite(join(site.root, 'config/newsloom.yaml'), {});
    const store = await openStore(place, 'write');
    await noteUnpublished(store, new Date(NOW), new StoreError('STORE_FULL', 'no room'));
    await store.close();
    const outs = [(await overview()).out, (await newsloom('status', ...at, '--now', NOW)).out, (await newsloom('explain', 'ferry sinks', ...at)).out]; // biome-ignore format: a row
    for (const out of outs) expect(out).toMatch(/nothing published since .* UTC: no room \(STORE_FULL\)/);
  });

  it('reports a failed publication even if no note could be stored', async () => {
    const at = ['--config', join(site.root, 'config/newsloom.yaml')];
    await site.run('2026-11-24T08:57:00Z');
    const told = async () => [(await overview()).out, (await newsloom('status', ...at, '--now', NOW)).out];
    for (const out of await told()) expect(out).not.toContain('not everything is published');
    const { store: place } = await loadSite(join(site.root, 'config/newsloom.yaml'), {});
    const store = await openStore(place, 'write');
    await store.setHidden([1], { by: 'desk' }, new Date(NOW));
    await store.close();
    for (const out of await told()) expect(out).toContain('not everything is published: a run is in progress, or');
    expect((await overview()).out).toMatch(/\nnext {6}newsloom build {2}\(publishes the rest; a worker/);
    await site.run('2026-11-24T09:01:00Z');
    for (const out of await told()) expect(out).not.toContain('not everything is published');
  });

  it('shows a section in five lines before and after its first run', async () => {
    const { out } = await overview();
    expect(out).toMatch(
      /\nsources {3}1: 1 new; 0 topics\narticles {2}0\npublished nothing yet; never fetched\nnext .*\n$/,
    );
    await site.run('2026-11-24T08:57:00Z');
    const lines = (await overview()).out.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.slice(1, 4)).toEqual([
      'sources   1: 1 ok; 0 topics',
      'articles  1, the newest 30 min ago',
      expect.stringMatching(/^published \d\d+ files; last fetched 10 min ago$/),
    ]);
    expect(JSON.parse((await overview('--json')).out)).toMatchObject({
      sources: 1,
      states: { ok: 1 },
      articles: 1,
      files: site.files().size,
      waiting: 0,
      lastReadAt: '2026-11-24T08:57:00.000Z',
    });
  });

  it('counts the stories with several publications', async () => {
    const told = { title: 'Ferry sinks off the northern quay', link: 'https://other.example/1', date: '2026-11-24T08:40:00Z' }; // biome-ignore format: a row
    origin.pages.set('/feed', { body: rss('Paper', [{ ...told, link: 'https://paper.example/1' }]) });
    origin.pages.set('/other', { body: rss('Other', [told]) });
    site.configure({
      sources: [`{ id: paper, url: "${origin.url}/feed" }`, `{ id: other, url: "${origin.url}/other" }`],
      more: ['duplicates: keep', 'rules: [{ drop: { title: [horoscope] } }]'],
    });
    await site.run('2026-11-24T08:57:00Z');
    expect((await overview()).out).toMatch(/\narticles {2}2, the newest .* ago; 1 story with several publications\n/);
    const items = [{ ...told, link: 'https://paper.example/1' }, { title: 'Your horoscope', link: 'https://paper.example/2' }]; // biome-ignore format: a row
    origin.pages.set('/feed', { body: rss('Paper', items) });
    await site.run('2026-11-24T09:57:00Z');
    expect((await overview()).out).toContain('\narticles  3, 1 of them dropped by rules, the newest ');
  });

  it('runs without arguments in the folder of a section; elsewhere newsloom prints help', async () => {
    const inside = onTerminal(site.root);
    expect(await inside.run()).toBe(0);
    expect(inside.out()).toContain('\nnext ');
    const outside = onTerminal(join(site.root, 'config'));
    expect(await outside.run()).toBe(2);
    expect(outside.err()).toContain('Usage: newsloom');
  });
});

describe('the suggested next step', () => {
  const now = new Date(NOW);
  const well = {
    lost: false,
    unpublished: null,
    url: 'https://news.test/',
    sources: 3,
    states: { ok: 3 },
    waiting: 0,
    lastReadAt: now,
    failingTargets: [],
  };
  const row = (state: 'ok' | 'gone' | 'failing', movedTo: string | null = null) => ({
    id: `one-${state}`,
    state,
    movedTo,
  });

  it.each([
    [
      'what waits, also at an example address',
      { ...well, url: 'https://news.example.org/', waiting: 2 },
      [],
      'newsloom desk queue',
      'articles waiting for review: 2',
    ],
    [
      'an example address',
      { ...well, url: 'https://news.example.org/', sources: 0 },
      [],
      'edit config/newsloom.yaml',
      'ids',
    ],
    ['a loss', { ...well, lost: true, waiting: 2 }, [], 'newsloom build', 'the store was lost'],
    ['no source', { ...well, sources: 0 }, [], 'newsloom sources add <address>', 'no sources are configured'],
    ['no run', { ...well, lastReadAt: null }, [], 'newsloom build', 'no source has been read'],
    [
      'a first run in which all failed',
      { ...well, lastReadAt: null, states: { failing: 3 } },
      [row('failing')],
      'newsloom status',
      'one-failing and 2 more: failing',
    ],
    [
      'a first run in which not all were asked',
      { ...well, lastReadAt: null, states: { failing: 1, new: 2 } },
      [row('failing')],
      'newsloom build',
      'no source has been read',
    ],
    ['no run for long', { ...well, lastReadAt: new Date('2026-11-22T09:07:00Z') }, [], 'newsloom build', '48 hours'],
    [
      'a queue',
      { ...well, waiting: 2, states: { failing: 1 } },
      [row('failing')],
      'newsloom desk queue',
      'articles waiting for review: 2',
    ],
    [
      'failures',
      { ...well, states: { failing: 2, gone: 1 } },
      [row('failing'), row('gone')],
      'newsloom status',
      'one-gone: gone',
    ],
    [
      'targets that take nothing',
      { ...well, failingTargets: ['chat', 'hook'] },
      [row('ok', 'https://new.test/')],
      'newsloom status',
      'announcements fail: chat and 1 more',
    ],
    [
      'a gone feed that its site names',
      { ...well, states: { failing: 1 } },
      [row('failing', 'https://new.test/')],
      'newsloom sources move one-failing',
      'failing; its feed is at https://new.test/',
    ],
    ['a move', well, [row('ok', 'https://new.test/')], 'newsloom sources move one-ok', 'it has moved'],
    ['silence', { ...well, states: { ok: 2, quiet: 1 } }, [], 'newsloom status', 'inactive sources: 1'],
    ['nothing', well, [row('ok')], 'newsloom preview', 'no problems found'],
  ])('after %s', (_, facts, rows, what, why) => {
    expect(chooseNextStep(facts, rows, now)).toEqual({ what, why: expect.stringContaining(why) });
  });
});

describe('errors', () => {
  it('name their code and the document that explains it, on terminals', async () => {
    const broken = onTerminal(site.root);
    expect(await broken.run('status', '--config', join(site.root, 'nothing.yaml'))).toBe(78);
    expect(broken.err()).toMatch(
      /nothing\.yaml: .* \(CONFIG_MISSING\)\n {2}docs\/troubleshooting\.md#config_missing\n$/s,
    );
    const invalid = join(site.root, 'invalid.yaml');
    writeFileSync(invalid, 'sources: []\n');
    expect(await broken.run('status', '--config', invalid)).toBe(78);
    expect(broken.err()).toMatch(
      /invalid\.yaml:1:1 site: .*\n {2}CONFIG_INVALID: docs\/troubleshooting\.md#config_invalid\n$/s,
    );
    const locked = new StoreError('STORE_LOCKED', 'process 7 has it');
    expect(describeError(locked, 'for people')).toBe(
      `${describeError(locked)}\n  docs/troubleshooting.md#store_locked`,
    );
    expect(describeError(new ConfigError('CONFIG_INVALID', []))).not.toContain('docs/');
  });

  it('have a heading of their own in the documents', () => {
    const anchors = Object.keys(ERROR_CODES).map((code) => code.toLowerCase());
    expect(new Set(anchors).size).toBe(anchors.length);
  });
});
