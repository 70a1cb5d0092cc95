import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMetrics } from '../../src/observe/metrics.js';
import { openPort } from '../../src/worker/port.js';
import { Readiness } from '../../src/worker/readiness.js';
import { siteFolder } from '../support/site-folder.js';

const hubs = { hubs: () => null, now: () => new Date(), maxBytes: 1000, onPush: () => {} };

async function aPort(
  dir = siteFolder({ 'all.rss': '<rss/>', 'manifest.json': '{"files":[{"path":"all.rss"}]}' }),
  metrics = createMetrics(),
) {
  const readiness = new Readiness();
  const port = await openPort({
    host: '127.0.0.1',
    port: 0,
    folder: () => ({ dir, announced: null, base: '/' }),
    readiness,
    metrics,
    hubs,
  });
  onTestFinished(() => port.close());
  const get = async (path: string, method = 'GET') => {
    const answer = await fetch(new URL(path, port.url), { method });
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
  };
  return { port, readiness, metrics, get };
}

describe('the port', () => {
  it('answers the liveness probe', async () => {
    const { get } = await aPort();
    expect(await get('/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
    expect(await get('/healthz?from=probe', 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it('answers the readiness probe, with the reason', async () => {
    const { get, readiness } = await aPort();
    expect(await get('/readyz')).toMatchObject({ status: 503, body: 'no successful run yet\n' });
    readiness.recordSuccess(60_000);
    expect(await get('/readyz')).toMatchObject({ status: 200, body: 'ready\n' });
  });

  it('shows metrics in the format of Prometheus', async () => {
    const { get, metrics } = await aPort();
    metrics.runEnded('published', 1500);
    metrics.fetched(20, 4096);
    const { status, type, body } = await get('/metrics');
    expect([status, type]).toEqual([200, expect.stringMatching(/^text\/plain; version=0\.0\.4/)]);
    expect(body).toContain('newsloom_runs_total{outcome="published"} 1\n');
    expect(body).toContain('newsloom_run_duration_seconds_sum{outcome="published"} 1.5\n');
    expect(body).toContain('newsloom_fetch_bytes_total 4096\n');
    expect(body).toContain('newsloom_sources{state="failing"} 0\n');
  });

  it('names the command that installs what metrics need', async () => {
    const metrics = createMetrics(null);
    metrics.runEnded('published', 1500);
    const { get } = await aPort(undefined, metrics);
    expect(await get('/metrics')).toMatchObject({
      status: 501,
      body: '/metrics needs the package prom-client: run `npm install prom-client@15`\n',
    });
    expect(await get('/healthz')).toMatchObject({ status: 200 });
  });

  it.each(['/healthz', '/readyz', '/metrics', '/all.rss', '/'])('answers only GET and HEAD for %s', async (path) => {
    const { port } = await aPort();
    for (const method of ['POST', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const answer = await fetch(new URL(path, port.url), { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  it.each([
    ['/%zz', 400],
    ['/%', 400],
    ['/websub/%E0%A4%A', 400],
    ['constructor:', 400],
    ['//[/websub/aaaaaaaaaaaaaaaaaaaaaaaa', 503],
    ['//[', 404],
    ['/__proto__', 404],
  ])('answers the target %s with %i', async (target, status) => {
    const { port } = await aPort();
    const { hostname, port: number } = new URL(port.url);
    const socket = connect(Number(number), hostname);
    socket.write(`GET ${target} HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n`);
    const [head] = (await text(socket)).split('\r\n', 1);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('serves the published folder', async () => {
    const { get } = await aPort();
    expect(await get('/all.rss')).toEqual({ status: 200, type: 'application/rss+xml; charset=utf-8', body: '<rss/>' });
    expect(await get('/none.rss')).toMatchObject({ status: 404 });
  });

  it('is rejected if another process uses it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((up) => other.once('listening', up));
    const { port } = other.address() as AddressInfo;
    const { readiness, metrics } = await aPort();
    const taken = openPort({
      host: '127.0.0.1',
      port,
      folder: () => ({ dir: '/', announced: null, base: '/' }),
      readiness,
      metrics,
      hubs,
    });
    await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
  });
});
