import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createHub, type HubOptions } from '../../src/fetch/websub-hub.js';
import { notifyHub } from '../../src/pipeline/announce/hub.js';
import { type Loopback, serveHttp } from '../support/loopback.js';

const FEED = 'https://news.example.org/feeds/all.rss?a=1&b=ü';
const never = new AbortController().signal;
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Heard {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly form: Record<string, string>;
}

/** Starts a hub that answers with `status` and records requests. */
async function aHub(status: number | null = 204): Promise<Loopback & { heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = await serveHttp((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push({
        method: request.method,
        headers: request.headers,
        form: Object.fromEntries(new URLSearchParams(body)),
      });
      if (status !== null) response.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  open.push(server.close);
  return { ...server, heard };
}

function ours(options: Partial<HubOptions> = {}) {
  const hub = createHub({ timeoutMs: 2_000, allowPrivateAddresses: true, userAgent: 'newsloom/test', ...options });
  open.push(hub.close);
  return hub;
}

describe('createHub', () => {
  it('posts a form that names the feed', async () => {
    const { url, heard } = await aHub();
    await ours().publish(url, FEED, never);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'newsloom/test' },
      form: { 'hub.mode': 'publish', 'hub.url': FEED },
    });
  });

  it.each([
    [400, 'FETCH_STATUS'],
    [302, 'FETCH_STATUS'],
    [503, 'FETCH_RATE_LIMITED'],
  ])('%i is a failure of code %s, and no redirect is followed', async (status, code) => {
    const { url, heard } = await aHub(status);
    await expect(ours().publish(url, FEED, never)).rejects.toMatchObject({ code });
    expect(heard).toHaveLength(1);
  });

  it('refuses a private address without permission', async () => {
    const { url, heard } = await aHub();
    const guarded = ours({ allowPrivateAddresses: false });
    await expect(guarded.publish(url, FEED, never)).rejects.toMatchObject({ code: 'FETCH_FORBIDDEN' });
    await expect(guarded.publish('file:///etc/passwd', FEED, never)).rejects.toMatchObject({ code: 'FETCH_FORBIDDEN' });
    expect(heard).toEqual([]);
  });

  it('times out', async () => {
    const { url } = await aHub(null);
    await expect(ours({ timeoutMs: 50 }).publish(url, FEED, never)).rejects.toMatchObject({ code: 'FETCH_TIMEOUT' });
  });

  it('rejects with the reason of an aborted run', async () => {
    const { url } = await aHub(null);
    const run = new AbortController();
    const told = ours().publish(url, FEED, run.signal);
    run.abort(new Error('the run ends'));
    await expect(told).rejects.toThrow('the run ends');
  });
});

describe('ping', () => {
  const feeds = Array.from({ length: 9 }, (_, n) => `https://news.example.org/feeds/${n}.rss`);

  it('notifies once per feed', async () => {
    const { url, heard } = await aHub();
    expect(await notifyHub(ours(), url, feeds, never)).toEqual([]);
    expect(heard.map(({ form }) => form['hub.url']).sort()).toEqual(feeds);
  });

  it('warns once, whatever the number of failures', async () => {
    const { url } = await aHub(500);
    const warnings = await notifyHub(ours(), url, feeds, never);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('9 of 9 feeds');
    expect(warnings[0]).toContain('answered 500');
  });

  it('sends nothing if no feed changed', async () => {
    const { url, heard } = await aHub();
    expect(await notifyHub(ours(), url, [], never)).toEqual([]);
    expect(heard).toEqual([]);
  });
});
