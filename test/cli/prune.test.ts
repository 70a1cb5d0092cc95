import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  const items = ['One', 'Two', 'Three'].map((title, i) => ({ title, date: `2026-11-24T0${i}:00:00Z` }));
  origin = await serveFeeds({ '/a': rss('Paper A', items) });
  site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`], more: ['publish: { items: 1 }', 'retention: 30d'] });
  await site.run('2026-11-24T09:07:00Z');
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const prune = (...more: string[]) => newsloom('prune', '--config', join(site.root, 'config', 'newsloom.yaml'), ...more);

describe('newsloom prune', () => {
  it('prunes articles past the retention, except those in current feeds, and publishes the same files', async () => {
    const before = site.files();
    const late = ['--now', '2027-01-24T09:07:00Z'];
    expect((await prune('--now', '2026-12-20T00:00:00Z')).out).toContain(
      '0 articles first seen before 2026-11-20 pruned; 3 left',
    );
    expect((await prune(...late, '--dry-run')).out).toContain(
      '2 articles first seen before 2026-12-25 would be pruned; 1 would be left',
    );
    expect(JSON.parse((await prune(...late, '--json')).out)).toMatchObject({ pruned: 2, left: 1 });
    expect((await prune(...late)).out).toContain('0 articles');
    await site.run('2027-01-24T10:07:00Z', { offline: true });
    expect(site.files()).toEqual(before);
  });

  it('uses the time of the last run if the clock of the machine is years ahead', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2029-11-24T09:07:00Z') });
    const { out } = await prune().finally(() => vi.useRealTimers());
    expect(out).toContain('0 articles first seen before 2026-10-25 pruned; 3 left');
  });

  it('announces no article again afterwards', async () => {
    await prune('--now', '2027-01-24T09:07:00Z');
    origin.pages.set('/a', { body: `${origin.pages.get('/a')?.body}<!-- again -->` });
    const { report } = await site.run('2027-01-24T10:07:00Z');
    expect(report).toMatchObject({ sources: { fetched: 1 }, articles: { added: 0 } });
  });
});
