/** How much memory a whole run takes, in a process of its own, where many documents are as large as they may be. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aSite } from '../support/a-site.js';
import { compiled } from '../support/compiled.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

const PEAK = `data:text/javascript,import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS));`;

describe('newsloom build', () => {
  const module = compiled();

  it('stays below 400 MB with forty documents of 10 MB at once', { timeout: 120_000 }, async () => {
    const origin = await serveFeeds();
    onTestFinished(() => origin.close());
    const description = 'word '.repeat(1_990_000);
    const paths = Array.from({ length: 40 }, (_, n) => `/paper-${n}`);
    const body = Buffer.from(rss('Paper', [{ title: 'Ferry sails', description }]));
    for (const path of paths) origin.pages.set(path, { body });
    const site = aSite({
      sources: paths.map((path) => `url: "${origin.url}${path}"`),
      more: ['publish: { formats: [rss] }'],
    });
    onTestFinished(() => site.remove());
    const argv = ['--import', PEAK, fileURLToPath(module('main')), 'build', '--json'];
    const child = spawn(process.execPath, argv, { cwd: site.root, env: { PATH: process.env.PATH } });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect(JSON.parse(stdout)).toMatchObject({ sources: { fetched: 40, failed: 0 } });
    expect(Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024).toBeLessThan(400);
  });
});
