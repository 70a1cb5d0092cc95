/** Measures the memory of a run in its own process, with many documents of the maximum size. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aSite } from '../support/a-site.js';
import { compiled } from '../support/compiled.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

/** Not `resourceUsage().maxRSS`, which starts with the memory of the parent process. */
const PEAK = `import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
const peak = () => /VmHWM:\\s*([0-9]+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
if (isMainThread) process.on('exit', () => console.error('peak ' + peak()));`;

/** Each is read in a thread with its own heap, so few documents show the same limit. */
const DOCUMENTS = isThorough ? 40 : 6;

describe.runIf(process.platform === 'linux')('newsloom build', () => {
  const module = compiled();

  it(`stays below 400 MB with ${DOCUMENTS} documents of 10 MB at once`, { timeout: 300_000 }, async () => {
    const origin = await serveFeeds();
    onTestFinished(() => origin.close());
    const description = 'word '.repeat(1_990_000);
    const paths = Array.from({ length: DOCUMENTS }, (_, n) => `/paper-${n}`);
    const body = Buffer.from(rss('Paper', [{ title: 'Ferry sails', description }]));
    for (const path of paths) origin.pages.set(path, { body });
    const site = aSite({
      sources: paths.map((path) => `url: "${origin.url}${path}"`),
      more: ['publish: { formats: [rss] }'],
    });
    onTestFinished(() => site.remove());
    const argv = [
      '--import',
      `data:text/javascript,${encodeURIComponent(PEAK)}`,
      fileURLToPath(module('main')),
      'build',
      '--json',
    ];
    const child = spawn(process.execPath, argv, { cwd: site.root, env: { PATH: process.env.PATH } });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect(JSON.parse(stdout)).toMatchObject({ sources: { fetched: DOCUMENTS, failed: 0 } });
    expect(Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024).toBeLessThan(400);
  });
});
