/** Polling as an editor sees it: a corrected setting has effect at once, and a run without requests explains why. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatSummary } from '../../src/cli/summary.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const ITEMS = Array.from({ length: 6 }, (_, i) => ({ title: `Report ${i}`, date: `2026-11-24T0${i}:00:00Z` }));

let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds({ '/a': rss('Paper A', ITEMS) });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

/** A run of due sources, at this number of minutes past nine. */
const run = async (minutes: number) => {
  const { report } = await site.run(new Date(Date.UTC(2026, 10, 24, 9, minutes)).toISOString(), { force: false });
  return report;
};
const source = (more = '') => `{ id: a, url: "${origin.url}/a"${more} }`;

describe('a source that failed', () => {
  it.each([
    ['FETCH_FORBIDDEN', ', allowPrivateAddresses: false', ', allowPrivateAddresses: true'],
    ['FETCH_STATUS', ', headers: { X-Key: old }', ', headers: { X-Key: new }'],
  ])('is polled in the next run after the setting at fault is changed: %s', async (code, was, is) => {
    const document = origin.pages.get('/a')!;
    if (code === 'FETCH_STATUS') origin.pages.set('/a', { body: '', status: 401 });
    site = aSite({ sources: [source(was)] });
    expect((await run(0)).failures).toMatchObject([{ sourceId: 'a', code }]);
    expect((await run(5)).sources).toMatchObject({ notDue: 1 });
    origin.pages.set('/a', document);
    site.configure({ sources: [source(`${was}, perDay: 200`)] });
    expect((await run(10)).sources).toMatchObject({ notDue: 1 });
    site.configure({ sources: [source(is)] });
    expect((await run(15)).sources).toMatchObject({ fetched: 1 });
  });

  it('is polled again after a changed limit of all requests', async () => {
    const limit = (maxBytes: string) => {
      site.configure({ sources: [source()] });
      const config = join(site.root, 'config', 'newsloom.yaml');
      writeFileSync(config, readFileSync(config, 'utf8').replace('fetch: {', `fetch: { maxBytes: ${maxBytes},`));
    };
    site = aSite({ sources: [source()] });
    limit('500');
    expect((await run(0)).failures).toMatchObject([{ code: 'FETCH_TOO_LARGE' }]);
    expect((await run(5)).sources).toMatchObject({ notDue: 1 });
    limit('1MB');
    expect((await run(10)).sources).toMatchObject({ fetched: 1 });
  });
});

describe('news that waits', () => {
  it('is added in the next run after the limit is raised', async () => {
    site = aSite({ sources: [source(', perDay: 2')] });
    expect((await run(0)).articles).toMatchObject({ added: 2 });
    expect((await run(5)).sources).toMatchObject({ notDue: 1 });
    site.configure({ sources: [source(', perDay: 5')] });
    expect((await run(10)).articles).toMatchObject({ added: 3 });
    site.configure({ sources: [source(', perDay: 4')] });
    expect((await run(15)).sources).toMatchObject({ notDue: 1 });
  });
});

describe('a run without requests', () => {
  it('reports how many sources wait, until when, and why', async () => {
    origin.pages.set('/c', { body: '', status: 500 });
    const c = `{ id: c, url: "${origin.url}/c" }`;
    site = aSite({ sources: [source(), c] });
    expect(await run(0)).not.toHaveProperty('allWait');
    const waiting = await run(5);
    expect(waiting.allWait).toMatchObject({ notDue: 1, failed: 1, skipped: 0, host: 0 });
    expect(formatSummary(waiting)).toMatch(
      /nothing due before 2026-11-24T1[01]:\d\d:\d\dZ: 1 fetched recently, 1 backing off after a failure; use --force to fetch now/,
    );
    const config = join(site.root, 'config', 'newsloom.yaml');
    const { out } = await newsloom('build', '--config', config, '--now', '2026-11-24T09:06:00Z');
    expect(out).toContain('nothing due before ');
  });
});

describe('every', () => {
  it('is the default interval of all sources', async () => {
    site = aSite({ sources: [source()], more: ['every: 20m'] });
    await run(0);
    expect((await run(15)).sources).toMatchObject({ notDue: 1 });
    expect((await run(21)).sources).toMatchObject({ notModified: 1 });
    site.configure({ sources: [source(', every: 40m')], more: ['every: 20m'] });
    expect((await run(45)).sources).toMatchObject({ notDue: 1 });
  });
});
