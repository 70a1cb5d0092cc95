/** Dates of articles while the clock of the machine is behind. */
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
  return site;
}

it('never dates an article after the time of the run', async () => {
  const site = await setUp();
  await site.run('2026-11-24T09:07:00Z');
  for (const { date_published } of site.json('all.json').items)
    expect(Date.parse(String(date_published))).toBeLessThanOrEqual(Date.parse('2026-11-24T09:07:00Z'));
});
