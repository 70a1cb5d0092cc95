/** Measures one process with defaults and slow servers: duration and cost of a run without news. */
import { fork, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
const NOW = '2026-11-27T12:00:00Z';
const DAY = 86_400_000;
/** Reports CPU time and memory when a process exits. */
const MEASURE = `data:text/javascript,${encodeURIComponent(`process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('usage '+JSON.stringify({cpu:(u.userCPUTime+u.systemCPUTime)/1e6,mb:u.maxRSS/1024})+'\\n')})`)}`;

/** Each source has its own host: a server that listens on all addresses receives requests to all of 127.0.0.0/8. */
function feedAddress(i, port) {
  return `http://127.${1 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}:${port}/feed`;
}

/** Runs in its own process, so that its CPU time is not counted. */
async function serveUnchanged(delayMs) {
  const log = { requests: 0, open: 0, most: 0 };
  const server = createServer((_, response) => {
    log.requests++;
    log.most = Math.max(log.most, ++log.open);
    setTimeout(() => {
      log.open--;
      response.writeHead(304, { etag: '"1"' }).end();
    }, delayMs);
  });
  process.on('message', () => process.send(log));
  await new Promise((listening) => server.listen(0, '0.0.0.0', 4096, listening));
  process.send(server.address().port);
}

if (process.argv[1] === SELF) await serveUnchanged(Number(process.argv[2]));

/** A site that read all its sources a day ago. */
async function writeSite(world, port, sources, fetch) {
  const root = join(world.folder, 'one-machine');
  mkdirSync(join(root, 'config'), { recursive: true });
  const config = {
    site: { title: 'Scale', url: 'https://news.example.org/' },
    publish: { formats: ['rss', 'atom', 'json', 'opml'] },
    fetch: { allowPrivateAddresses: true, ...fetch },
    sources: Array.from({ length: sources }, (_, i) => ({ id: `s${i}`, url: feedAddress(i, port) })),
  };
  const file = join(root, 'config', 'newsloom.yaml');
  writeFileSync(file, JSON.stringify(config));
  const ours = (path) => import(pathToFileURL(join(dirname(world.main), path)).href);
  const { loadSite } = await ours('app/load-site.js');
  const { openStore } = await ours('app/open-store.js');
  const { currentState } = await ours('politeness/decide-request.js');
  const settings = await loadSite(file, {});
  const store = await openStore(settings.store, 'write');
  const before = new Date(Date.parse(NOW) - DAY);
  const read = {
    lastAttemptAt: before,
    lastSuccessAt: before,
    health: 'ok',
    healthSince: before,
    readAs: 'summary',
    bodyHash: '0'.repeat(64),
  };
  const states = settings.sources.map((source) => ({
    ...currentState(null, source),
    ...read,
    validators: { url: source.url, etag: '"1"', lastModified: null },
  }));
  for (let i = 0; i < states.length; i += 5000) await store.saveFetches(states.slice(i, i + 5000));
  await store.close();
  return file;
}

/** `sources` answer 304 after `delayMs`, for at most `minutes` of elapsed time. `fetch`: overrides defaults. */
export async function oneMachine(world, { sources = 50_000, delayMs = 300, minutes = 6, fetch = {} } = {}) {
  const origin = fork(SELF, [String(delayMs)]);
  world.onClose(() => origin.kill());
  const said = () => new Promise((told) => origin.once('message', told));
  const config = await writeSite(world, await said(), sources, fetch);
  const began = performance.now();
  const args = [world.main, 'build', '--json', '--quiet', '--now', NOW, '--config', config];
  const env = { ...process.env, NODE_OPTIONS: `--import=${MEASURE}` };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  world.onClose(() => child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  const code = await new Promise((end) => child.once('close', end));
  const wall = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`build exited with ${code}: ${out.slice(-1000)} ${err.slice(-500)}`);
  const log = said();
  origin.send('log');
  const { requests, most } = await log;
  const { notModified } = JSON.parse(out).sources;
  const { cpu, mb } = JSON.parse(/usage (.*)/.exec(err)[1]);
  if (requests !== sources || notModified !== sources)
    throw new Error(`${requests} requests and ${notModified} not modified, of ${sources}`);
  if (wall > minutes * 60)
    throw new Error(
      `${wall.toFixed(0)} s (${cpu.toFixed(1)} CPU s, ${most} at once at most): more than ${minutes} minutes`,
    );
  return `${sources} sources, 304 after ${delayMs} ms: ${wall.toFixed(1)} s, ${cpu.toFixed(1)} CPU s, ${mb.toFixed(0)} MB, ${most} at once at most`;
}
