/** Detects that the clock went back since the last run. */
import { afterEach, expect, it } from 'vitest';
import { aSite } from '../support/a-site.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function setUp() {
  const items = [
    { title: 'Ferry sails', link: 'https://a.example/1', date: '2027-11-24T08:00:00Z' },
    { title: 'Tram stops', link: 'https://a.example/2', date: null },
  ];
  const origin = await serveFeeds({ '/a': rss('Paper A', items) });
  const site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`], more: ['publish: { formats: [json] }'] });
  open.push(site.remove, () => origin.close());
  const run = async (now: string) => {
    const warnings: string[] = [];
    const clockJumped = (message: string) => warnings.push(message);
    await site.run(now, { observer: { start: () => {}, done: () => {}, published: () => {}, clockJumped } });
    return warnings;
  };
  return { run, site };
}

it('warns once if the clock went back by more than an hour since the last run', async () => {
  const { run } = await setUp();
  expect(await run('2026-11-24T09:07:00Z')).toEqual([]);
  expect(await run('2026-11-24T08:37:00Z')).toEqual([]);
  expect(await run('2025-11-24T09:07:00Z')).toEqual([
    'the system time is 2025-11-24T09:07:00.000Z, but the last run was at 2026-11-24T08:37:00.000Z: check the clock of this machine',
  ]);
  expect(await run('2025-11-24T10:07:00Z')).toEqual([]);
  expect(await run('2026-11-24T10:07:00Z')).toEqual([]);
});

it('never dates an article after the time of the run', async () => {
  const { run, site } = await setUp();
  await run('2026-11-24T09:07:00Z');
  for (const { date_published } of site.json('all.json').items)
    expect(Date.parse(String(date_published))).toBeLessThanOrEqual(Date.parse('2026-11-24T09:07:00Z'));
});
