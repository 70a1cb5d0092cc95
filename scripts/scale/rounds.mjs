/** Rows 2 to 5, 8, 12 and 14: one publisher and several fetch workers. Each resolves with its figures and rejects on failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { addresses, BEGIN, startOrigin } from './origin.mjs';
import {
  build,
  differences,
  expectThat,
  prepare,
  roundEnded,
  setTime,
  soon,
  start,
  until,
  writeSite,
} from './world.mjs';

let schemas = 0;

/** Starts an origin and two sites. The next round of P runs at `time`. */
export async function aPair(world, { feeds, hosts = feeds, origin: about = {}, lease = '15s', fetch = {}, more = [] }) {
  const origin = await startOrigin(about);
  world.onClose(origin.close);
  const urls = addresses(origin.port, feeds, hosts);
  const name = `site_${++schemas}`;
  const S = writeSite(world, `${name}_s`, { urls, fetch: { ...fetch, spacing: '0s' }, more });
  const P = writeSite(world, `${name}_p`, { urls, fetch, lease, postgres: name, more });
  const time = soon();
  await prepare(world, [S, P], BEGIN);
  await setTime(world, P, time);
  return { origin, S, P, time, urls };
}

export function startWork(world, site, role, env) {
  return start(world, site, ['work', '--role', role], env);
}

const end = (...processes) => Promise.all(processes.map((one) => one.kill('SIGTERM')));

/** Publishes S at that time and clears its request log. Resolves with the duration in seconds. */
export async function buildSame(world, { origin, S, time }) {
  const { length } = origin.log;
  const delay = origin.delayMs;
  origin.delayMs = 0;
  const began = performance.now();
  await build(world, S, '--now', new Date(time).toISOString());
  origin.delayMs = delay;
  origin.log.length = length;
  return (performance.now() - began) / 1000;
}

export async function expectSame({ S, P }) {
  const differ = await differences(S.feeds, P.feeds);
  expectThat(differ.length === 0, `${differ.length} files differ: ${differ.slice(0, 5).join('; ')}`);
}

function twice(log) {
  const counts = new Map();
  for (const { feed } of log) counts.set(feed, (counts.get(feed) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1).length;
}

export async function row2(world, { feeds = 500, items = 10, counts = [1, 2, 3] } = {}) {
  const figures = [];
  for (const workers of counts) {
    const pair = await aPair(world, { feeds, origin: { items } });
    await buildSame(world, pair);
    const began = performance.now();
    const publisher = startWork(world, pair.P, 'publish');
    const all = Array.from({ length: workers }, () => startWork(world, pair.P, 'fetch'));
    await roundEnded(world, pair.P, pair.time);
    figures.push(`${workers}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    expectThat(new Set(pair.origin.log.map(({ feed }) => feed)).size === feeds, 'not all were asked');
    expectThat(twice(pair.origin.log) === 0, 'some were asked twice');
    await expectSame(pair);
    await end(publisher, ...all);
  }
  return `${feeds} feeds, workers: ${figures.join(', ')}; 0 files differ`;
}

/** Processes log when they send a request, because a busy machine may deliver it late. Uses the machine's clock. */
const TELLS_SENT = `data:text/javascript,${encodeURIComponent(`
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
subscribe('http.client.request.start', ({ request }) => writeSync(2, 'sent to ' + request.getHeader('host') + ' at ' + Number(process.hrtime.bigint()) / 1e6 + '\\n'));
`)}`;

/** Milliseconds between requests to one host by any process. */
function gapsBetween(processes, port) {
  const byHost = new Map();
  for (const line of processes.flatMap(({ lines }) => lines)) {
    const [, host = '', at] = /^sent to (\S+) at (\S+)$/.exec(line) ?? [];
    if (host.endsWith(`:${port}`)) byHost.set(host, [...(byHost.get(host) ?? []), Number(at)]);
  }
  return [...byHost.values()].flatMap((times) => {
    const inOrder = times.sort((a, b) => a - b);
    return inOrder.slice(1).map((at, i) => at - inOrder[i]);
  });
}

export async function row3(world, { feeds = 300, hosts = 20, workers = 3 } = {}) {
  const { origin, P, time } = await aPair(world, { feeds, hosts, fetch: { spacing: '2s' }, origin: { delayMs: 100 } });
  const roles = ['publish', ...Array.from({ length: workers }, () => 'fetch')];
  const all = roles.map((role) => startWork(world, P, role, { NODE_OPTIONS: `--import=${TELLS_SENT}` }));
  await roundEnded(world, P, time);
  await end(...all);
  const gaps = gapsBetween(all, origin.port);
  const smallest = Math.min(...gaps);
  expectThat(origin.log.length === feeds, `${origin.log.length} requests for ${feeds} feeds`);
  expectThat(gaps.length === feeds - hosts, `${gaps.length} gaps between ${feeds} requests to ${hosts} hosts`);
  // A process may be delayed by a tenth of the pause before it sends, which shortens the next gap.
  expectThat(smallest >= 1_800, `a gap of ${Math.round(smallest)} ms`);
  expectThat(Math.max(...origin.most.values()) <= 2, 'more than two at once');
  return `${feeds} feeds on ${hosts} hosts, ${workers} workers: smallest gap ${Math.round(smallest)} ms, 0 asked twice`;
}

export async function row4(world, { feeds = 60, hosts = 6, seconds = 60 } = {}) {
  const limited = (feed) => (feed % hosts === 0 ? { status: 429, headers: { 'retry-after': String(seconds) } } : null);
  const { origin, P, time } = await aPair(world, {
    feeds,
    hosts,
    fetch: { spacing: '200ms' },
    origin: { status: limited },
  });
  const all = ['publish', 'fetch', 'fetch', 'fetch'].map((role) => startWork(world, P, role));
  await roundEnded(world, P, time);
  const began = origin.log.find(({ feed }) => feed % hosts === 0).at;
  // The next round starts before the Retry-After period ends.
  await setTime(world, P, time + 1_000);
  all[0].kill('SIGHUP');
  await sleep(Math.max(0, began + seconds * 1000 - performance.now()));
  await end(...all);
  const asked = origin.log.filter(({ feed, at }) => feed % hosts === 0 && at < began + seconds * 1000);
  // With two connections per host, a second request may be sent before the first response.
  expectThat(asked.length <= 2, `${asked.length} requests to the host`);
  expectThat(new Set(origin.log.map(({ feed }) => feed)).size >= feeds - feeds / hosts, 'others were not asked');
  return `429 with Retry-After ${seconds}: ${asked.length - 1} more requests to its host within it, from 3 workers`;
}

/** Concurrency grows with the number of feeds, so that the duration stays the same. */
const concurrencyLimit = (feeds) => Math.max(8, Math.ceil(feeds * (8 / 300)));

export async function row5(world, { feeds = 300, lease = 15, concurrency = concurrencyLimit(feeds) } = {}) {
  const pair = await aPair(world, { feeds, lease: `${lease}s`, origin: { delayMs: 300 }, fetch: { concurrency } });
  const { origin, P, time } = pair;
  const alone = await buildSame(world, pair);
  const publisher = startWork(world, P, 'publish');
  const [one, other] = [startWork(world, P, 'fetch'), startWork(world, P, 'fetch')];
  await until(() => origin.log.length > feeds / 4, 180, 'a quarter of the feeds');
  await one.kill();
  const killed = performance.now();
  await roundEnded(world, P, time);
  const seconds = (performance.now() - killed) / 1000;
  await end(publisher, other);
  const more = origin.log.length - feeds;
  expectThat(more <= concurrency, `${more} asked twice`);
  // The rest of reading and publishing depends on the machine.
  expectThat(seconds <= lease + 15 + 2 * alone, `done after ${seconds} s, ${alone} s by one process`);
  await expectSame(pair);
  return `one of two workers killed, lease ${lease} s: done after ${seconds.toFixed(1)} s, ${more} asked twice, 0 files differ`;
}

export async function row8(world, { feeds = 60, lease = 6 } = {}) {
  const pair = await aPair(world, { feeds, lease: `${lease}s`, origin: { delayMs: 300 }, fetch: { concurrency: 4 } });
  const { origin, P, time } = pair;
  const publisher = startWork(world, P, 'publish');
  const paused = startWork(world, P, 'fetch');
  await until(() => origin.log.length >= 8, 180, 'some requests');
  paused.kill('SIGSTOP');
  const other = startWork(world, P, 'fetch');
  await sleep((lease + 6) * 1000);
  await roundEnded(world, P, time);
  const { length } = origin.log;
  paused.kill('SIGCONT');
  await sleep(3_000);
  expectThat(origin.log.length === length, `${origin.log.length - length} requests after SIGCONT`);
  await end(publisher, paused, other);
  return `a worker paused for ${lease + 6} s, lease ${lease} s: 0 requests after SIGCONT`;
}

/** Marks every source as read and gives it a title, like the first one. */
async function knowAll(world, { config, schema }, urls) {
  await build(world, { config }, '--only', 's0', '--now', new Date(BEGIN + 3_600_000).toISOString());
  const [{ state }] = await world.sql(`SELECT state FROM ${schema}.source WHERE id = 's0'`);
  const states = urls.map((url, i) => {
    const { profile, ...known } = JSON.parse(state.replaceAll(urls[0], url));
    return JSON.stringify({ ...known, profile: { ...profile, title: `Paper ${i}` }, sourceId: `s${i}`, lastRead: [] });
  });
  await world.sql(
    `INSERT INTO ${schema}.source SELECT 's' || (n - 1), state FROM unnest($1::text[]) WITH ORDINALITY AS given (state, n) WHERE n > 1`,
    [states],
  );
}

/** All sources answer 304 after `delayMs`. */
export async function row12(
  world,
  { feeds = 50_000, workers = 2, delayMs = 0, concurrency = null, seconds: most = 900 } = {},
) {
  const fetch = concurrency === null ? {} : { concurrency };
  const { origin, P, time, urls } = await aPair(world, { feeds, lease: '90s', fetch, origin: { items: 1 } });
  await knowAll(world, P, urls);
  Object.assign(origin, { unchanged: true, delayMs });
  origin.log.length = 0;
  const began = performance.now();
  const all = Array.from({ length: workers }, () => startWork(world, P, 'fetch'));
  const publisher = startWork(world, P, 'publish');
  await roundEnded(world, P, time, 900);
  const seconds = (performance.now() - began) / 1000;
  const { cpu, mb } = publisher.usage();
  const workerCpu = all.map((one) => one.usage().cpu.toFixed(1)).join(' + ');
  await end(publisher, ...all);
  const [{ jobs }] = await world.sql(
    `SELECT (SELECT count(*) FROM ${P.schema}_jobs.job) + (SELECT count(*) FROM ${P.schema}_jobs.archive) AS jobs`,
  );
  const text = `${feeds} feeds, ${delayMs} ms, ${workers} workers: ${seconds.toFixed(1)} s, publisher ${cpu.toFixed(1)} CPU s, ${Math.round(mb)} MB, workers ${workerCpu} CPU s, ${jobs} jobs`;
  expectThat(origin.log.length === feeds, `${origin.log.length} requests; ${text}`);
  expectThat(Number(jobs) <= 1000 && mb <= 900 && cpu <= 15 && seconds <= most, text);
  return text;
}

/** Runs workers of the previous and the next release with a publisher of this one. Each job goes to a worker that can read it. */
export async function row14(world, { feeds = 100 } = {}) {
  const pair = await aPair(world, { feeds, origin: { delayMs: 50 } });
  const { origin, P, time } = pair;
  await buildSame(world, pair);
  const publisher = startWork(world, P, 'publish');
  await until(async () => (await listJobs(world, P)) > 0, 180, 'bundles');
  // Jobs of the next release, which workers of this one must leave.
  await world.sql(`UPDATE ${P.schema}_jobs.job SET data = jsonb_set(data, '{v}', '2')`);
  const old = startWork(world, P, 'fetch');
  await sleep(5_000);
  expectThat(origin.log.length === 0, `${origin.log.length} requests for bundles of another version`);
  expectThat(await uncounted(world, P), 'what it left was counted as a failure');
  await world.sql(`UPDATE ${P.schema}_jobs.job SET data = jsonb_set(data, '{v}', '0') WHERE state < 'active'`);
  await roundEnded(world, P, time);
  await expectSame(pair);
  await end(publisher, old);
  return 'bundles of a later release are left, uncounted; those of the release before are asked; round complete, 0 files differ';
}

async function listJobs(world, { schema }) {
  const [{ jobs }] = await world.sql(`SELECT count(*)::int AS jobs FROM ${schema}_jobs.job`).catch(() => [{ jobs: 0 }]);
  return jobs;
}

async function uncounted(world, { schema }) {
  const [{ failed }] = await world.sql(
    `SELECT count(*)::int AS failed FROM ${schema}_jobs.job WHERE retry_count > 0 OR state = 'failed'`,
  );
  return failed === 0;
}
