// Soak test: virtual hours of the worker in a few minutes. One in so many feeds (--failing) fails, in turn.
// npm run soak -- [--hours 24] [--sources 40] [--failing 2] [--tick 5] [--log FILE]; --tick: minutes between runs.
// A month in about half an hour: --hours 720 --failing 8 --tick 15. Also: node --expose-gc scripts/soak.mjs [dist].
// Checks that no run is missed or fails, that each source is requested exactly when due, that memory and open files stay constant, that
// the log stays below 5 MB a month, that each item is stored and published once, and what `status` and `explain` report.
import { execFile, fork } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { findLostItems } from './soak/lost-items.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hours: { type: 'string', default: '24' },
    sources: { type: 'string', default: '40' },
    failing: { type: 'string', default: '2' },
    tick: { type: 'string', default: '5' },
    log: { type: 'string', default: '/dev/null' },
  },
});
const dist = resolve(positionals[0] ?? 'dist');
const count = Number(values.sources);
const TICK = Number(values.tick);
const ticks = (Number(values.hours) * 60) / TICK;
const EVERY = 30;
const MINUTE = 60_000;
const START = Date.parse('2026-11-24T00:00:00Z');
const MOST_GROWTH = 1.1;
/** Of the log, a virtual day. */
const MOST_LOGGED = 5_000_000 / 30;
const STATUS_EVERY = 36 * Math.ceil(ticks / 1000);

const load = (path) => import(new URL(`file://${dist}/${path}`).href);
const { work } = await load('worker/worker.js');
const { loadSite } = await load('app/load-site.js');
const { createLogger } = await load('observe/logger.js');
const { formatSummary, reportRun } = await load('cli/summary.js');

const root = mkdtempSync(join(tmpdir(), 'newsloom-soak-'));
const origin = fork(fileURLToPath(new URL('./soak/origin.mjs', import.meta.url)), [values.failing]);
process.on('exit', () => origin.kill());
const port = await new Promise((done) => origin.once('message', done));
const config = join(root, 'config', 'newsloom.yaml');
writeSite();

const problems = [];
const known = new Map(); // by source: its last response, and when it may and must be requested again
const outcomes = {};
const measured = [];
let now = START;
let asked = new Set();
let failures = 0;
let uncounted = 0;
let logged = 0;

const logger = createLogger({
  to: { write: listen },
  shown: (text) => text,
  style: 'json',
  colors: false,
  level: 'info',
});
const logs = reportRun({ logger, progress: { start() {}, step() {}, phase() {}, end() {} } });
const stop = new AbortController();
let onTick;
const ended = work({
  load: (reading) => loadSite(config, {}, reading),
  configPath: config,
  host: '127.0.0.1',
  port: 0,
  deadlineMs: 10 * MINUTE,
  signal: stop.signal,
  onHangup: () => {},
  logger,
  observer: {
    ...logs,
    done: (id, result) => {
      logs.done(id, result);
      note(id, result);
    },
  },
  summarize: formatSummary,
  now: () => new Date(now),
  startTicks: (_, tick) => {
    onTick = tick;
    return { span: () => 3 * TICK * MINUTE, stop: () => {} };
  },
  resolve: (host) => (host.endsWith('.example') ? { address: '127.0.0.1', port } : null),
});
const began = performance.now();
for (let tick = 0; tick <= ticks; tick++) {
  now = START + tick * TICK * MINUTE;
  await tell(now);
  asked = new Set();
  if (onTick === undefined) await until(() => onTick !== undefined);
  await onTick(); // the first tick joins the run at the start
  for (const [id, { dueBy }] of known) {
    if (dueBy <= now && !asked.has(id)) say(`${clock()} ${id} was due by ${clock(dueBy)} and was not asked`);
  }
  global.gc?.();
  const { heapUsed: heap, rss } = process.memoryUsage();
  measured.push({ heap, rss, files: readdirSync('/proc/self/fd').length });
  if (tick % STATUS_EVERY === 0 || tick === ticks) await checkStatus();
  if ((tick * TICK) % 1440 === 0) showProgress(tick);
}
stop.abort();
const end = await ended;
if (end !== 'clean') say(`the worker ended ${end}`);
const items = await findLostItems({ dist, config, now: new Date(now), first: START, sources: count, say });
rmSync(root, { recursive: true, force: true });

const runs = Object.values(outcomes).reduce((sum, one) => sum + one, 0);
if (runs !== ticks + 1) say(`${runs} of ${ticks + 1} runs ended`);
for (const outcome of Object.keys(outcomes)) if (!/^(published|nothing new)$/.test(outcome)) say(`runs: ${outcome}`);
const growth = { heap: ratio('heap'), rss: ratio('rss'), files: ratio('files') };
for (const [what, by] of Object.entries(growth)) if (!(by <= MOST_GROWTH)) say(`${what} grew ${by.toFixed(2)}×`);
if (logged > (MOST_LOGGED * Math.max(ticks * TICK, 1440)) / 1440) say(`the log has ${logged} bytes`);
for (const problem of problems.slice(0, 20)) console.log(`PROBLEM ${problem}`);
console.log(
  `soak: ${runs}/${ticks + 1} runs in ${((performance.now() - began) / 1000).toFixed(0)} s, ${failures} failures of ${count} sources, ${uncounted} in outages, ` +
    `last quarter against second: heap ${growth.heap.toFixed(2)}× (${mb('heap')} MB), rss ${growth.rss.toFixed(2)}× (${mb('rss')} MB), ` +
    `open files ${growth.files.toFixed(2)}× (${measured.at(-1).files}); log ${(logged / 1e6).toFixed(2)} MB; ${items}; ${problems.length} problems`,
);
process.exit(problems.length === 0 ? 0 : 1);

function note(id, result) {
  asked.add(id);
  const before = known.get(id);
  if (before !== undefined && now < before.notBefore)
    say(`${clock()} ${id} was asked before ${clock(before.notBefore)}`);
  if (result === 'rate-limited') return;
  const { kind, state, inOutage } = result;
  if (inOutage) {
    // A busy machine may be late for most sources at once. Then nothing counts, and all are due again.
    uncounted++;
    known.clear();
    return;
  }
  const next = state.nextAttemptAt?.getTime() ?? 0;
  if (kind === 'failed') {
    failures++;
    if (next <= now) say(`${clock()} ${id} failed, and its next attempt is not later`);
    known.set(id, { failed: state, notBefore: next, dueBy: next });
  } else {
    known.set(id, { failed: null, notBefore: now + (EVERY - 1) * MINUTE, dueBy: now + EVERY * 1.1 * MINUTE });
  }
}

function listen(lines) {
  logged += Buffer.byteLength(lines);
  appendFileSync(values.log, lines);
  const { msg, level, startedAt, ms } = JSON.parse(lines);
  if (startedAt !== undefined || ms !== undefined) outcomes[msg] = (outcomes[msg] ?? 0) + 1;
  else if (level === 'error' || level === 'fatal') say(`${clock()} ${lines.trim()}`);
}

/** Runs `newsloom status` while the worker is running. */
async function checkStatus() {
  const args = [join(dist, 'main.js'), 'status', '--json', '--config', config, '--now', new Date(now).toISOString()];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64e6 }).catch((error) => error);
  let told;
  try {
    told = new Map(JSON.parse(stdout).sources.map((one) => [one.id, one]));
  } catch {
    return say(`${clock()} status: ${String(stdout).slice(0, 200)}`);
  }
  for (const [id, { failed }] of known) {
    const source = told.get(id);
    const said = [source?.error?.code ?? null, source?.nextAttemptAt ? Date.parse(source.nextAttemptAt) : null];
    if (failed === null) {
      if (said[0] !== null) say(`${clock()} status: ${id} is well, and status says ${said[0]}`);
    } else if (said[0] !== failed.error.code || said[1] !== failed.nextAttemptAt.getTime()) {
      say(
        `${clock()} status: ${id} failed with ${failed.error.code} until ${failed.nextAttemptAt.toISOString()}: ${said}`,
      );
    }
  }
}

function showProgress(tick) {
  const { heap, rss, files } = measured.at(-1);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.error(
    `day ${(tick * TICK) / 1440}: ${seconds} s, heap ${Math.round(heap / 1e6)} MB, rss ${Math.round(rss / 1e6)} MB, ${files} files, log ${(logged / 1e6).toFixed(2)} MB`,
  );
}

function writeSite() {
  mkdirSync(join(root, 'config'));
  const sources = Array.from(
    { length: count },
    (_, i) => `  - { id: s${i}, url: "http://s${i}.example/feed", every: ${EVERY}m }`,
  );
  const lines = [
    'site: { title: Soak, url: "https://news.example.org/" }',
    'sources:',
    ...sources,
    'fetch: { allowPrivateAddresses: true, spacing: 0s, timeout: 500ms, maxBytes: 300kB }',
    'topics:',
    '  - { id: sea, label: Sea, any: [harbour, ship, tide] }',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
}

function tell(time) {
  const heard = new Promise((done) => origin.once('message', done));
  origin.send(time);
  return heard;
}

async function until(isSo) {
  while (!isSo()) await new Promise((again) => setTimeout(again, 5));
}

function ratio(what) {
  const quarter = Math.floor(measured.length / 4);
  const mean = (part) => part.reduce((sum, one) => sum + one[what], 0) / part.length;
  return mean(measured.slice(-quarter)) / mean(measured.slice(quarter, 2 * quarter));
}

function mb(what) {
  return Math.round(measured.at(-1)[what] / 1e6);
}

function clock(time = now) {
  return new Date(time).toISOString().slice(0, 19);
}

function say(problem) {
  problems.push(problem);
}
