/** Notifications of a run: new feeds to the WebSub hub, failures to the editor. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aSite } from '../support/a-site.js';
import { until } from '../support/a-worker.js';
import { aMessenger } from '../support/messenger.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

/** `hangs`: it does not answer. */
async function aHub(status: number | 'hangs' = 204) {
  const told: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      told.push(new URLSearchParams(body).get('hub.url') ?? '');
      if (status !== 'hangs') response.writeHead(status).end();
    });
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, told };
}

async function siteWith(more: readonly string[]) {
  const origin = await serveFeeds({ '/a': rss('A', [{ title: 'One' }]) });
  onTestFinished(() => origin.close());
  const site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`], more });
  onTestFinished(() => site.remove());
  return { origin, site };
}

const FEEDS = 'https://news.example.org/feeds/';

describe('the hub', () => {
  it('is notified of changed heads once they are live', async () => {
    const hub = await aHub();
    const { origin, site } = await siteWith([`publish: { hub: "${hub.url}", formats: [rss, atom] }`]);
    await site.run('2026-11-24T09:00:00Z');
    expect(hub.told.sort()).toEqual(['all.atom', 'all.rss', 'sources/a.atom', 'sources/a.rss'].map((p) => FEEDS + p));
    hub.told.length = 0;
    await site.run('2026-11-24T10:00:00Z');
    expect(hub.told).toEqual([]);
    origin.pages.set('/a', { body: rss('A', [{ title: 'Two' }, { title: 'One' }]) });
    await site.run('2026-11-24T11:00:00Z', { dryRun: true });
    expect(hub.told).toEqual([]);
    await site.run('2026-11-24T12:00:00Z');
    expect(hub.told).toHaveLength(4);
  });

  it('only causes a warning if it fails', async () => {
    const hub = await aHub(500);
    const { site } = await siteWith([`publish: { hub: "${hub.url}", formats: [rss] }`]);
    const { kind, report } = await site.run('2026-11-24T09:00:00Z');
    expect(kind).toBe('published');
    expect(report.warnings).toEqual([
      { sourceId: 'publish.hub', message: expect.stringMatching(/hub was not notified/) },
    ]);
    expect(site.files().has('all.rss')).toBe(true);
  });

  thorough('does not delay announcements if it hangs, and is awaited once', async () => {
    const hub = await aHub('hangs');
    const messenger = await aMessenger();
    onTestFinished(() => messenger.close());
    const { origin, site } = await siteWith([
      `publish: { hub: "${hub.url}" }`,
      `announce: [{ to: webhook, url: "${messenger.origin}/hook", of: [all] }]`,
    ]);
    await site.run('2026-11-24T09:00:00Z');
    expect(hub.told).toHaveLength(4);
    origin.pages.set('/a', { body: rss('A', [{ title: 'Two' }, { title: 'One' }]) });
    const run = site.run('2026-11-24T09:05:00Z');
    let isOver = false;
    void run.then(() => {
      isOver = true;
    });
    await until(async () => (messenger.taken.length > 0 ? true : undefined));
    expect(isOver).toBe(false);
    expect((await run).report.announcements).toMatchObject([{ sent: 1 }]);
  });
});

describe('failures.atom', () => {
  it('lists failing sources, if configured', async () => {
    const { origin, site } = await siteWith(['publish: { failures: true, formats: [rss] }']);
    await site.run('2026-11-24T09:00:00Z');
    expect(site.read('failures.atom')).not.toContain('<entry>');
    origin.pages.set('/a', { body: '', status: 500 });
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`],
      more: ['publish: { failures: true, formats: [rss] }'],
    });
    origin.pages.set('/b', { body: rss('B', [{ title: 'Other' }]) });
    for (let hour = 10; hour < 16; hour++) {
      const { report } = await site.run(`2026-11-24T${hour}:00:00Z`);
      if (hour > 10) expect(report.changed).toBe(false);
    }
    const said = site.read('failures.atom');
    expect(said.match(/<entry>/g)).toHaveLength(1);
    expect(said).toMatch(/<title type="text">A fails repeatedly<\/title>[\s\S]*FETCH_STATUS/);
    site.configure({ sources: [`{ id: a, url: "${origin.url}/a" }`], more: ['publish: { formats: [rss] }'] });
    origin.pages.set('/a', { body: rss('A', [{ title: 'One' }]) });
    await site.run('2026-11-24T17:00:00Z');
    expect(site.files().has('failures.atom')).toBe(false);
  });
});
