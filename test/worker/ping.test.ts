import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aSite } from '../support/a-site.js';
import { aWorker } from '../support/a-worker.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

/** A monitor on loopback. `status`: its answer; null: it never answers. */
async function aMonitor({ status = 200 }: { readonly status?: number | null } = {}) {
  const reports: { readonly method: string | undefined; readonly path: string; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    reports.push({ method: request.method, path: request.url ?? '', body });
    if (status !== null) response.writeHead(status).end('OK');
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/5f3e`, reports };
}

async function aPingingWorker(ping: string) {
  const origin = await serveFeeds({ '/a': rss('A', [{ title: 'One' }]) });
  onTestFinished(() => origin.close());
  const site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`], more: [`worker: { ping: "${ping}" }`] });
  onTestFinished(() => site.remove());
  let runs = 0;
  const now = () => new Date(Date.parse('2026-11-24T09:00:00Z') + runs++ * 43_200_000);
  return { origin, worker: await aWorker(site, { now }) };
}

describe('worker.ping', () => {
  it('reports the start and the success of each run, with the first lines of its report', async () => {
    const monitor = await aMonitor();
    await aPingingWorker(`${monitor.url}?create=1`);
    expect(monitor.reports.map(({ method, path }) => [method, path])).toEqual([
      ['POST', '/5f3e/start?create=1'],
      ['POST', '/5f3e?create=1'],
    ]);
    expect(monitor.reports[1]?.body).toMatch(/^published\narticles\s+1 new/);
  });

  it('reports a run that read no source as a failure, with the reason', async () => {
    const monitor = await aMonitor();
    const { origin, worker } = await aPingingWorker(monitor.url);
    origin.pages.set('/a', { body: '', status: 500 });
    await worker.tick();
    expect(monitor.reports.slice(2).map(({ path }) => path)).toEqual(['/5f3e/start', '/5f3e/fail']);
    expect(monitor.reports.at(-1)?.body).toMatch(/^no_source\n[\s\S]*failed\s+a: .*FETCH_STATUS/);
  });

  it('keeps running if the monitor refuses, and warns without its address', async () => {
    const monitor = await aMonitor({ status: 404 });
    const { worker } = await aPingingWorker(monitor.url);
    expect((await worker.get('/all.rss')).body).toContain('One');
    const warnings = worker.log.filter(({ level }) => level === 'warn');
    expect(warnings).toMatchObject([
      { event: 'start', status: 404 },
      { event: 'success', status: 404 },
    ]);
    expect(JSON.stringify(worker.log)).not.toContain('5f3e');
  });

  it('delays neither publishing nor the end of the worker if the monitor does not respond', async () => {
    const monitor = await aMonitor({ status: null });
    const origin = await serveFeeds({ '/a': rss('A', [{ title: 'One' }]) });
    onTestFinished(() => origin.close());
    const site = aSite({
      sources: [`{ id: a, url: "${origin.url}/a" }`],
      more: [`worker: { ping: "${monitor.url}" }`],
    });
    onTestFinished(() => site.remove());
    const worker = await aWorker(site, { ready: 'port' });
    await worker.said('published');
    const began = performance.now();
    expect(await worker.stop()).toBe('clean');
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(monitor.reports.map(({ path }) => path)).toEqual(['/5f3e/start']);
  });
});
