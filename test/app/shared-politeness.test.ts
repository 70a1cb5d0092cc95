/** Sites on one machine that share a file about hosts, as real processes. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFetcher } from '../../src/app/http-clients.js';
import { loadSite } from '../../src/app/load-site.js';
import { createPlainRequest } from '../../src/model/fetch.js';
import { compiled } from '../support/compiled.js';
import { rss } from '../support/serve-feeds.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SPACING = 500;
/** A busy machine may delay a request after its turn, which shortens the next gap. */
const LEAST = 350;

/** Logs when requests are sent, because a busy server may receive them late. */
const TELLS_SENT = `data:text/javascript,${encodeURIComponent(`
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
subscribe('http.client.request.start', () => appendFileSync(process.env.SENT, Number(process.hrtime.bigint()) / 1e6 + '\\n'));
`)}`;

describe('sites that share a file about hosts', () => {
  const moduleAt = compiled();
  const requests: string[] = [];
  const origin = createServer((request, response) => {
    requests.push(request.url!);
    if (request.url === '/robots.txt') response.end('User-agent: *\nCrawl-delay: 1\n');
    else if (request.url!.startsWith('/busy')) response.writeHead(429, { 'retry-after': '600' }).end();
    else
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss('Paper', [{ title: request.url! }]));
  });
  beforeAll(() => new Promise<void>((listening) => origin.listen(0, '0.0.0.0', listening)));
  afterAll(() => new Promise((closed) => origin.close(closed)));

  const address = (host: string, path: string) => `http://${host}:${(origin.address() as AddressInfo).port}${path}`;

  function aSection(folder: string, name: string, urls: readonly string[]): string {
    const config = join(folder, `${name}.yaml`);
    const yaml = {
      site: { title: name, url: 'https://news.example.org/' },
      store: { path: join(folder, `${name}.db`) },
      publish: { dir: join(folder, name), formats: ['rss'] },
      fetch: { allowPrivateAddresses: true, spacing: `${SPACING}ms`, timeout: '60s', shared: 'shared/hosts.db' },
      sources: urls.map((url, i) => ({ id: `s${i}`, url })),
    };
    writeFileSync(config, JSON.stringify(yaml));
    return config;
  }

  async function build(config: string, sent: string): Promise<string> {
    const env = { ...process.env, NODE_OPTIONS: `--import=${TELLS_SENT}`, SENT: sent };
    const args = [fileURLToPath(moduleAt('main')), 'build', '--json', '--config', config];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    await new Promise((end) => child.on('close', end));
    return out;
  }

  it('keep the pause between two requests to a host', async () => {
    const folder = temporaryFolder();
    const sent = join(folder, 'sent');
    const urls = (name: string) => Array.from({ length: 4 }, (_, i) => address('127.0.9.1', `/${name}${i}`));
    await Promise.all(['a', 'b'].map((name) => build(aSection(folder, name, urls(name)), sent)));
    const times = readFileSync(sent, 'utf8')
      .trim()
      .split('\n')
      .map(Number)
      .sort((x, y) => x - y);
    const gaps = times.slice(1).map((at, i) => at - times[i]!);
    expect(gaps).toHaveLength(7);
    expect(Math.min(...gaps)).toBeGreaterThan(LEAST);
  });

  it('wait after a Retry-After that one of them received', async () => {
    const folder = temporaryFolder();
    const before = requests.length;
    const reports = [];
    for (const name of ['a', 'b']) {
      const urls = [address('127.0.9.2', `/busy/${name}`), address('127.0.9.3', `/${name}`)];
      reports.push(JSON.parse(await build(aSection(folder, name, urls), join(folder, 'sent'))));
    }
    expect(requests.slice(before)).toEqual(
      ['/busy/a', '/a', '/b'].sort((x, y) => requests.indexOf(x) - requests.indexOf(y)),
    );
    expect(reports.map(({ failures, sources }) => [failures.length, sources.notDue])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('request a robots.txt once and keep its pause', async () => {
    const folder = temporaryFolder();
    const before = requests.length;
    const settings = await loadSite(aSection(folder, 'a', [address('127.0.9.4', '/a')]), {});
    const fetchers = [createFetcher(settings), createFetcher(settings)];
    onTestFinished(async () => void (await Promise.all(fetchers.map((one) => one.close()))));
    const { signal } = new AbortController();
    const request = (path: string) => createPlainRequest(address('127.0.9.4', path), { allowPrivateAddresses: true });
    for (const one of fetchers)
      expect(await one.fetch(request('/robots.txt'), signal)).toMatchObject({ kind: 'fresh', status: 200 });
    expect(requests.slice(before)).toEqual(['/robots.txt']);
    const began = performance.now();
    await fetchers[1]!.fetch(request('/a'), signal);
    await fetchers[0]!.fetch(request('/b'), signal);
    expect(performance.now() - began).toBeGreaterThan(1_000 - 50);
  });
});
