import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite | null = null;
beforeEach(async () => {
  origin = await serveFeeds({
    '/fine': rss('Paper A', [{ title: 'Ferry sails' }]),
    '/moved': { body: '', status: 301, headers: { Location: '/fine' } },
    '/page': {
      body: '<!doctype html><head><link rel="alternate" type="application/rss+xml" href="/fine"></head>',
      type: 'text/html',
    },
    '/bare': { body: '<!doctype html><title>Hello</title>', type: 'text/html' },
    '/gone': { body: 'no', status: 410 },
    '/slow-down': { body: 'no', status: 429, headers: { 'Retry-After': '3600' } },
  });
});
afterEach(async () => {
  await origin.close();
  site?.remove();
});
const live = (ids: readonly string[], ...more: string[]) => {
  site = aSite({ sources: ids.map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`) });
  return newsloom('check', '--live', '--config', join(site.root, 'config', 'newsloom.yaml'), ...more);
};

describe('newsloom check --live', () => {
  it('requests each source once and suggests changes', async () => {
    const { status, out } = await live(['fine', 'moved', 'page', 'bare', 'gone', 'missing']);
    expect(status).toBe(3);
    expect(out).toContain('ok     fine: rss, 1 item');
    expect(out).toContain(`ok     moved: rss, 1 item\n       moved permanently: change its url to ${origin.url}/fine`);
    expect(out).toContain('failed page: PARSE_UNRECOGNIZED 200 an HTML page, not a feed');
    expect(out).toContain(`the page links to a feed: change the url to ${origin.url}/fine`);
    expect(out).toContain('the page links to no feed');
    expect(out).toContain('remove the source');
    expect(out).toContain('newsloom sources add');
    expect(out).toContain('6 sources: 2 ok, 4 failed');
    expect(origin.requests.filter(({ path }) => path === '/page')).toHaveLength(1);
    expect(readdirSync(site!.root)).toEqual(['config']);
  });

  it('prints one JSON document, and exits 4 if every source fails', async () => {
    const { status, out } = await live(['gone', 'bare'], '--json');
    expect(status).toBe(4);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      sources: 2,
      live: [
        { id: 'gone', kind: 'failed', code: 'FETCH_STATUS', status: 410 },
        { id: 'bare', kind: 'failed', code: 'PARSE_UNRECOGNIZED', status: 200 },
      ],
    });
  });

  it('sends no request to a host in a Retry-After period', async () => {
    await live(['slow-down', 'fine']);
    const made = site!;
    await made.run(new Date().toISOString());
    const asked = origin.requests.length;
    const { status, out } = await newsloom('check', '--live', '--config', join(made.root, 'config', 'newsloom.yaml'));
    expect(status).toBe(0);
    expect(out).toContain('2 sources: 0 ok, 0 failed, 2 not fetched');
    expect(out).toContain('held   slow-down: the host asked us to wait until');
    expect(origin.requests).toHaveLength(asked);
  });
});
