/** A feed whose publisher moved it without a redirect: newsloom proposes the new address, and a command applies it. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const ferry = { title: 'Ferry sails', link: 'https://paper.example/ferry', date: '2026-11-24T06:00:00Z' };
const storm = { title: 'Storm at sea', link: 'https://paper.example/storm', date: '2026-11-25T06:00:00Z' };
beforeEach(async () => {
  origin = await serveFeeds({ '/fine': rss('The Harbour', [], 'https://harbour.example/') });
  site = aSite({
    sources: [`{ id: wire, url: "${origin.url}/old" } # the wire`, `{ id: fine, url: "${origin.url}/fine" }`],
    more: ['publish: { failures: true }'],
  });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const command = (...words: string[]) => newsloom(...words, '--config', join(site.root, 'config', 'newsloom.yaml'));
const ids = () => site.json('all.json').items.map(({ id }) => id);

it('is found on the home page, proposed and moved, with the ids of its articles', async () => {
  const home = `${origin.url}/`;
  origin.pages.set('/old', { body: rss('The Wire', [ferry], home) });
  await site.run('2026-11-24T09:00:00Z');
  const before = ids();

  origin.pages.set('/old', { body: 'gone', status: 404 });
  origin.pages.set('/', {
    body: '<!doctype html><title>The Wire</title><link rel="alternate" type="application/rss+xml" href="/new">',
    type: 'text/html',
  });
  origin.pages.set('/new', { body: rss('The Wire', [storm, ferry], home) });
  for (let day = 25; day < 30; day++) await site.run(`2026-11-${day}T09:00:00Z`);
  const visits = () => origin.requests.filter(({ path }) => path === '/new').length;
  expect(visits()).toBe(1);
  await site.run('2026-11-30T09:00:00Z');
  expect(visits()).toBe(1);

  const proposal = `${origin.url}/new`;
  expect(site.read('failures.atom')).toContain(`Its site has the feed ${proposal}: run newsloom sources move wire`);
  expect((await command('status')).out).toContain(`moved to ${proposal}: run newsloom sources move wire`);
  expect(ids()).toEqual(before);

  const moved = await command('sources', 'move', 'wire');
  expect(moved).toMatchObject({ status: 0, out: expect.stringContaining(`moved wire to ${proposal}`) });
  await site.run('2026-12-01T09:00:00Z');
  expect(ids()).toEqual([expect.stringContaining('storm'), ...before]);
  expect(site.read('failures.atom')).not.toContain('<entry>');
  expect((await command('sources', 'move', 'wire')).err).toContain('no new address of "wire" is known');
});
