/** The port of a separate process under hundreds of hostile clients. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { until } from '../support/a-worker.js';
import { compiled } from '../support/compiled.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

const CLIENTS = 300;

describe('newsloom work', { timeout: 300_000 }, () => {
  const module = compiled();

  /** Starts the worker under `ulimit -n`. */
  async function atWork(site: TestSite, files: number) {
    const line = `ulimit -n ${files}; exec "$0" "$@"`;
    const argv = [process.execPath, fileURLToPath(module('main')), 'work', '--port', '0'];
    const child = spawn('bash', ['--norc', '-c', line, ...argv], { cwd: site.root, env: { PATH: process.env.PATH } });
    onTestFinished(() => void child.kill('SIGKILL'));
    let log = '';
    child.stderr.on('data', (said) => {
      log += said;
    });
    await until(() => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${log}`);
      return /"msg":"(published|nothing new)"/.test(log) ? true : undefined;
    });
    return { pid: child.pid!, url: new URL(/"url":"([^"]+)"/.exec(log)![1]!), log: () => log };
  }

  function crowd(url: URL, said: string): Socket[] {
    const sockets = Array.from({ length: CLIENTS }, () => {
      const socket = connect(Number(url.port), url.hostname);
      socket.on('error', () => undefined);
      socket.write(said);
      return socket.pause();
    });
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    return sockets;
  }

  async function aNewsroom() {
    const origin = await serveFeeds({ '/a': rss('A', [{ title: 'One' }]) });
    onTestFinished(() => origin.close());
    const site = aSite({
      sources: [`{ id: a, url: "${origin.url}/a", every: 1m }`],
      more: ['publish: { formats: [rss] }', 'schedule: { cron: "* * * * * *" }'],
    });
    onTestFinished(() => site.remove());
    return { origin, site };
  }

  thorough.each(['', 'Accept-Encoding: gzip\r\n'])(
    'needs little memory for %j readers that read nothing',
    async (accepts) => {
      const { site } = await aNewsroom();
      const { pid, url } = await atWork(site, 4096);
      mkdirSync(join(site.feeds, 'archive'), { recursive: true });
      writeFileSync(join(site.feeds, 'all.rss'), randomBytes(5_000_000).toString('latin1').slice(0, 5_000_000));
      const before = residentMegabytes(pid);
      crowd(url, `GET /all.rss HTTP/1.1\r\nHost: a\r\n${accepts}\r\n`);
      await sleep(3000);
      expect(residentMegabytes(pid) - before).toBeLessThan(200);
    },
  );

  thorough.each([1024])(
    'runs on, with %i files, while readers open connections and say half a request',
    async (files) => {
      const { origin, site } = await aNewsroom();
      const { url, log } = await atWork(site, files);
      crowd(url, 'GET /all.rss HTTP/1.1\r\nHost: ');
      await sleep(500);
      site.configure({
        sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`],
        more: ['publish: { formats: [rss] }', 'schedule: { cron: "* * * * * *" }'],
      });
      origin.pages.set('/b', { body: rss('B', [{ title: 'Two', link: 'https://b.example/two' }]) });
      const published = join(site.feeds, 'sources', 'b.rss');
      await until(() => (existsSync(published) && readFileSync(published, 'utf8').includes('Two')) || undefined);
      expect(log()).not.toMatch(/EMFILE|is wrong|a bug/);
      // Idle clients are disconnected.
      const health = () =>
        fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
      expect((await until(health)).status).toBe(200);
    },
  );
});

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
