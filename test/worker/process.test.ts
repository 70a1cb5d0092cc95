/** The worker in its own process: signals, kills and pauses. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { until } from '../support/a-worker.js';
import { compiled } from '../support/compiled.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough, thorough } from '../support/thorough.js';

interface Ended {
  readonly status: number | null;
  readonly ms: number;
}

describe('newsloom work', () => {
  const module = compiled();

  function newsloom(site: TestSite, ...argv: string[]) {
    const main = fileURLToPath(module('main'));
    const child = spawn(process.execPath, [main, ...argv], { cwd: site.root, env: { PATH: process.env.PATH } });
    onTestFinished(() => void child.kill('SIGKILL'));
    const written = { out: '', err: '' };
    child.stdout.on('data', (text) => {
      written.out += text;
    });
    child.stderr.on('data', (text) => {
      written.err += text;
    });
    const ended = new Promise<Ended['status']>((end) => child.once('close', (status) => end(status)));
    return { child, written, ended };
  }

  /** Resolves after its first run. */
  async function atWork(site: TestSite) {
    const process = newsloom(site, 'work', '--port', '0');
    await until(() => (/"msg":"(published|nothing new)"/.test(process.written.err) ? true : undefined));
    return process;
  }

  /** From its log. */
  function urlOf({ written }: ReturnType<typeof newsloom>): string {
    return /"url":"([^"]+)"/.exec(written.err)![1]!;
  }

  async function stopped(
    { child, ended }: { child: ChildProcess; ended: Promise<number | null> },
    name: 'SIGTERM' | 'SIGINT',
  ) {
    const asked = performance.now();
    child.kill(name);
    return { status: await ended, ms: performance.now() - asked };
  }

  async function aNewsroom() {
    const origin = await serveFeeds({ '/a': rss('A', [{ title: 'One' }]) });
    onTestFinished(() => origin.close());
    const site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
    onTestFinished(() => site.remove());
    return { origin, site };
  }

  it('serves the files at their published path and at the root', async () => {
    const { site } = await aNewsroom();
    const worker = await atWork(site);
    const named = [
      ...[...site.read('feeds.opml').matchAll(/xmlUrl="([^"]+)"/g)].map(([, url = '']) => url),
      String(site.json('all.json').feed_url),
      /<atom:link rel="self"[^>]* href="([^"]+)"/.exec(site.read('all.rss'))![1]!,
      /<link rel="canonical" href="([^"]+)"/.exec(site.read('index.html'))![1]!,
    ];
    expect(new Set(named).size).toBeGreaterThan(2);
    const paths = [...named.map((url) => new URL(url).pathname), '/all.rss', '/', '/feeds'];
    for (const path of paths) expect([path, (await fetch(new URL(path, urlOf(worker)))).status]).toEqual([path, 200]);
    expect(named.every((url) => new URL(url).pathname.startsWith('/feeds/'))).toBe(true);
    await stopped(worker, 'SIGTERM');
  });

  const SIGNALS: readonly ('SIGTERM' | 'SIGINT')[] = isThorough ? ['SIGTERM', 'SIGINT'] : ['SIGTERM'];
  it.each(SIGNALS)('shuts down in order on %s', async (name) => {
    const { site } = await aNewsroom();
    const worker = await atWork(site);
    const { status, ms } = await stopped(worker, name);
    expect(status).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(
      worker.written.err
        .trim()
        .split('\n')
        .slice(-2)
        .map((line) => JSON.parse(line).msg),
    ).toEqual(['stopping', 'stopped']);
    expect(worker.written.out).toBe('');
    expect(urlOf(worker)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    for (const line of worker.written.err.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
  });

  it('aborts pending requests within ten seconds, and keeps everything that was read', async () => {
    const { origin, site } = await aNewsroom();
    const silent = createServer(() => {});
    await new Promise<void>((up) => silent.listen(0, '127.0.0.1', up));
    onTestFinished(() => silent.closeAllConnections());
    const { port } = silent.address() as AddressInfo;
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: silent, url: "http://127.0.0.1:${port}/" }`],
    });
    const worker = newsloom(site, 'work', '--port', '0');
    await until(() => (worker.written.err.includes('"msg":"news"') ? true : undefined));
    const { status, ms } = await stopped(worker, 'SIGTERM');
    expect([status, worker.written.err]).toEqual([0, expect.stringContaining('the run was stopped')]);
    expect(ms).toBeLessThan(10_000);
    const build = newsloom(site, 'build', '--json', '--offline');
    expect(await build.ended).toBe(0);
    expect(JSON.parse(build.written.out)).toMatchObject({ changed: true, articles: { total: 1 } });
    expect(origin.requests).toHaveLength(1);
  });

  thorough('ends at once on a second signal', async () => {
    const { site } = await aNewsroom();
    const worker = await atWork(site);
    // An endless request delays the orderly shutdown.
    const { hostname, port } = new URL(urlOf(worker));
    const slow = connect(Number(port), hostname);
    onTestFinished(() => void slow.destroy());
    slow.on('error', () => {});
    slow.write('GET /all.rss HTTP/1.1\r\nHost: ');
    await until(() => fetch(urlOf(worker)).then(({ status }) => (status === 200 ? true : undefined)));
    // The second signal arrives during that delay. The system may merge equal signals, so another one is used.
    worker.child.kill('SIGTERM');
    worker.child.kill('SIGINT');
    expect(await worker.ended).toBe(130);
    expect(worker.written.err).not.toContain('"msg":"stopped"');
  });

  thorough('keeps its store locked, even while suspended, and unlocks it when killed', async () => {
    const { site } = await aNewsroom();
    const worker = await atWork(site);
    const second = async () => newsloom(site, 'work', '--port', '0').ended;
    expect(await second()).toBe(6);
    worker.child.kill('SIGSTOP');
    expect(await second()).toBe(6);
    expect(await newsloom(site, 'build').ended).toBe(6);
    worker.child.kill('SIGCONT');
    worker.child.kill('SIGKILL');
    await worker.ended;
    const next = await atWork(site);
    expect((await stopped(next, 'SIGTERM')).status).toBe(0);
  });

  it('reloads its config on SIGHUP', async () => {
    const { site } = await aNewsroom();
    const worker = await atWork(site);
    worker.child.kill('SIGHUP');
    await until(() => (worker.written.err.includes('"why":"SIGHUP"') ? true : undefined));
    expect((await stopped(worker, 'SIGTERM')).status).toBe(0);
  });

  it('does not start with an invalid config, nor on a port in use', async () => {
    const { site } = await aNewsroom();
    const taken = createServer();
    await new Promise<void>((up) => taken.listen(0, '127.0.0.1', up));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const refused = newsloom(site, 'work', '--port', `${port}`);
    expect([await refused.ended, refused.written.err]).toEqual([
      2,
      expect.stringContaining('the port is already in use'),
    ]);
    writeFileSync(join(site.root, 'config', 'newsloom.yaml'), 'sources: []\nscedule: 1\n');
    const wrong = newsloom(site, 'work');
    expect(await wrong.ended).toBe(78);
    // One line of the log.
    const line = JSON.parse(wrong.written.err);
    expect(line).toMatchObject({ level: 'error', code: 'CONFIG_INVALID' });
    expect(line.problems).toContainEqual(expect.objectContaining({ line: 2, path: 'scedule' }));
    expect(line.msg).toContain('newsloom.yaml:2:1 scedule: ');
  });
});
