import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { readSiteStatus } from '../../src/app/status/site-status.js';
import type { FetchState } from '../../src/model/source.js';
import { sqlite } from '../../src/store/sqlite/sqlite.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { processorMs } from '../support/processor-time.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { aSource, aState } from '../support/sources.js';

const NOW = new Date('2026-11-24T09:07:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const url = (id: string) => `https://${id}.example/feed`;

let site: TestSite;
beforeEach(() => {
  site = aSite({
    sources: ['fine', 'quiet', 'moved', 'broken', 'gone', 'fresh'].map((id) => `{ id: ${id}, url: "${url(id)}" }`),
  });
});
afterEach(() => site.remove());

async function remember(states: readonly FetchState[]): Promise<void> {
  const store = await sqlite.open(
    { kind: 'sqlite', path: join(site.root, '.newsloom', 'newsloom.db'), url: null },
    'write',
  );
  await store.saveFetches(states);
  await store.close();
}
const stateOf = (id: string, parts: Partial<FetchState> = {}) =>
  aState(
    {
      health: 'ok',
      healthSince: hoursAgo(500),
      lastAttemptAt: hoursAgo(0.5),
      lastSuccessAt: hoursAgo(0.5),
      nextAttemptAt: hoursAgo(-0.5),
      recentDates: [1, 2, 3, 4, 5, 6].map(hoursAgo),
      newestArticleAt: hoursAgo(1),
      ...parts,
    },
    aSource({ id, url: url(id) }),
  );
const STATES = [
  stateOf('fine'),
  stateOf('quiet', { recentDates: [100, 101, 102, 103, 104].map(hoursAgo), newestArticleAt: hoursAgo(100) }),
  stateOf('moved', { adoptedUrl: 'https://new.example/feed?key=secret' }),
  stateOf('broken', {
    health: 'failing',
    healthSince: hoursAgo(30),
    lastSuccessAt: hoursAgo(40),
    nextAttemptAt: hoursAgo(-4),
    failures: 7,
    error: { code: 'FETCH_STATUS', message: 'https://broken.example/feed?token=abc answered 500', status: 500 },
  }),
  stateOf('gone', {
    health: 'gone',
    failures: 2,
    error: { code: 'FETCH_STATUS', message: 'answered 410', status: 410 },
  }),
];
const run = (...more: string[]) =>
  newsloom('status', '--config', join(site.root, 'config', 'newsloom.yaml'), '--now', NOW.toISOString(), ...more);

describe('newsloom status', () => {
  it('lists sources with problems first, with their errors', async () => {
    await remember(STATES);
    const { status, out } = await run();
    expect(status).toBe(0);
    const lines = out.split('\n');
    expect(lines.slice(1, 7).map((line) => line.split(' ')[0])).toEqual([
      'gone',
      'broken',
      'quiet',
      'moved',
      'fresh',
      'fine',
    ]);
    expect(lines[2]).toContain('failing');
    expect(lines[2]).toContain('2026-11-24 13:07');
    expect(lines[2]).toContain('FETCH_STATUS 500 (7 times): https://broken.example/feed?token=*** answered 500');
    expect(lines[3]).toContain('no article for 4 days; usually one every 60 min');
    expect(lines[4]).toContain('moved to https://new.example/feed?key=***: run newsloom sources move moved');
    expect(lines[5]).toContain('next run');
    expect(out).toContain('6 sources: 1 gone, 1 failing, 1 quiet, 2 ok, 1 new.');
  });

  it('prints one JSON document', async () => {
    await remember(STATES);
    const { sources, counts } = JSON.parse((await run('--json')).out);
    expect(counts).toEqual({ gone: 1, failing: 1, quiet: 1, ok: 2, new: 1 });
    expect(sources[1]).toMatchObject({ id: 'broken', failures: 7, nextAttemptAt: '2026-11-24T13:07:00.000Z' });
    expect(sources[2]).toMatchObject({ id: 'quiet', quiet: { usualMinutes: 60 } });
  });

  it('works while another process holds the store, and without a store', async () => {
    expect((await run()).out).toContain('6 sources: 6 new.');
    const held = await sqlite.open(
      { kind: 'sqlite', path: join(site.root, '.newsloom', 'newsloom.db'), url: null },
      'write',
    );
    expect((await run()).status).toBe(0);
    await held.close();
  });

  it('lists a thousand sources quickly', async () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `source-${i}`);
    site.configure({ sources: ids.map((id) => `{ id: ${id}, url: "${url(id)}" }`) });
    const lastRead = Array.from({ length: 50 }, (_, i) => ({ ref: i + 1, publishedAt: NOW.getTime(), missing: 0 }));
    await remember(
      ids.map((id) => stateOf(id, { lastRead, recentDates: Array.from({ length: 30 }, (_, i) => hoursAgo(i)) })),
    );
    const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
    const ms = await processorMs(async () => expect(await readSiteStatus(settings, NOW)).toHaveLength(1000));
    expect(ms).toBeLessThan(2000);
  });
});

describe('a store that was lost', () => {
  it('is reported, unlike a new site, with a hint that the next build restores it', async () => {
    const origin = await serveFeeds({ '/a': rss('Paper A', [{ title: 'Ferry sails' }]) });
    try {
      site.configure({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
      const ask = (...argv: string[]) => newsloom(...argv, '--config', join(site.root, 'config', 'newsloom.yaml'));
      expect((await ask('status')).out).not.toContain('lost');
      await site.run('2026-11-24T09:00:00Z');
      expect((await ask('status')).out).not.toContain('lost');
      rmSync(join(site.root, '.newsloom'), { recursive: true });
      expect((await ask('status')).out).toContain('The store was lost');
      expect(JSON.parse((await ask('status', '--json')).out)).toMatchObject({ counts: { new: 1 }, lost: true });
      const { next } = JSON.parse((await ask('overview', '--json')).out);
      expect(next).toEqual({ what: 'newsloom build', why: expect.stringContaining('the store was lost') });
    } finally {
      await origin.close();
    }
  });
});
