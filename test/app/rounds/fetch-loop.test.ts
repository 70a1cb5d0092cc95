/** Publisher and fetch workers with a real database, queue and HTTP on many loopback hosts. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startOrigin } from '../../../scripts/scale/origin.mjs';
import { machineClock } from '../../../src/app/machine-clock.js';
import { runFetchLoop } from '../../../src/app/rounds/fetch-loop.js';
import { createHttpFetcher } from '../../../src/fetch/http.js';
import type { RemoteAnswer } from '../../../src/model/round.js';
import type { Source } from '../../../src/model/source.js';
import { toFeedKey } from '../../../src/model/source-feeds.js';
import { HostPacing } from '../../../src/pipeline/read/host-pacing.js';
import type { DueSource } from '../../../src/pipeline/read/host-queue.js';
import { scheduleRemotely } from '../../../src/pipeline/read/remote-scheduler.js';
import { createAsk } from '../../../src/politeness/bundle-asks.js';
import { createRequest } from '../../../src/politeness/decide-request.js';
import type { RemoteRound } from '../../../src/ports/rounds.js';
import { hasPostgres, usePostgres } from '../../support/postgres.js';
import { aSharedSite, type SharedSite } from '../../support/rounds.js';
import { startSilentProxy } from '../../support/silent-proxy.js';
import { isThorough, thorough } from '../../support/thorough.js';

const due = (source: Source): DueSource => ({
  source,
  request: createRequest(source.url, null, source),
  failures: 0,
  bodyHash: null,
});

async function anOrigin(about: Parameters<typeof startOrigin>[0] = {}) {
  const origin = await startOrigin(about);
  onTestFinished(origin.close);
  const at = (n: number, host = n) => `{ id: s${n}, url: "http://127.0.9.${host + 1}:${origin.port}/feed/${n}" }`;
  return { origin, at };
}

/** A round of the publisher; resolves with the answers by feed. */
async function round(
  { settings, inbox, take }: SharedSite,
  parts: { deadlineMs?: number; leaseMs?: number; pacing?: HostPacing } = {},
) {
  const opened = await inbox.openRound();
  const answers = new Map<string, RemoteAnswer>();
  const fetcher = createHttpFetcher({ ...settings.fetch, userAgent: 'test' });
  const remote: RemoteRound = {
    inbox,
    round: opened,
    feeds: await inbox.feeds(opened),
    leaseMs: parts.leaseMs ?? 9000,
    until: machineClock.elapsed() + (parts.deadlineMs ?? 30_000),
    onPoll: () => {},
  };
  const { signal } = new AbortController();
  const pacing = parts.pacing ?? new HostPacing();
  await scheduleRemotely(
    settings.sources.map(due),
    { fetcher, limits: settings.fetch, now: opened.now, clock: machineClock, pacing, signal, remote },
    async ({ source }, answer) => {
      answers.set(toFeedKey(source), answer);
      if (answer.kind !== 'unanswered') await take(toFeedKey(source));
    },
  );
  await fetcher.close();
  return { opened, answers };
}

/** Sending times of requests to a port, which may differ from arrival times; grows until the end of the test. */
function requestsTo(port: number): readonly number[] {
  const sent: number[] = [];
  const note = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (String(request.getHeader('host')).endsWith(`:${port}`)) sent.push(performance.now());
  };
  subscribe('http.client.request.start', note);
  onTestFinished(() => void unsubscribe('http.client.request.start', note));
  return sent;
}

const kinds = (answers: ReadonlyMap<string, RemoteAnswer>) =>
  Object.fromEntries([...answers].sort().map(([feed, { kind }]) => [feed, kind]));

describe.skipIf(!hasPostgres)('rounds that fetch workers answer', () => {
  const server = usePostgres();

  it('ends if a later release migrated the tables, and says so', async () => {
    const { db, settings } = await aSharedSite(server, { sources: ['{ id: a, url: "http://127.0.9.1:9/" }'] });
    await db.exec("UPDATE meta SET value = '999' WHERE key = 'store.schema'");
    const worker = { name: 'old', role: 'fetch', version: '1' };
    const observer = { polled: () => {}, bundle: () => {}, trouble: () => {} };
    const { signal } = new AbortController();
    await expect(runFetchLoop({ settings: () => settings, worker, signal, observer })).rejects.toMatchObject({
      code: 'STORE_VERSION',
      message: expect.stringContaining('written by a newer newsloom (schema 999): update newsloom'),
    });
  });

  it('send every request once, with any number of workers', { timeout: 300_000 }, async () => {
    const { origin, at } = await anOrigin({ delayMs: 20 });
    const feeds = Array.from({ length: 150 }, (_, n) => at(n, n % 100));
    // Long enough for a busy machine.
    const site = await aSharedSite(server, { sources: feeds, fetch: 'spacing: 0s, timeout: 90s' });
    const workers = [site.work(), site.work(), site.work()];
    const { answers } = await round(site, { deadlineMs: 100_000, leaseMs: 100_000 });
    expect([...answers.values()].filter(({ kind }) => kind !== 'fresh')).toEqual([]);
    expect(answers.size).toBe(150);
    expect(origin.log).toHaveLength(150);
    expect(workers.flatMap(({ bundles }) => bundles).every((outcome) => outcome === 'asked')).toBe(true);
  });

  thorough('send the next bundle of a host with a pause after the last answer, on any worker', async () => {
    const { origin, at } = await anOrigin();
    const feeds = Array.from({ length: 9 }, (_, n) => at(n, 0));
    const sent = requestsTo(origin.port);
    /** Milliseconds; below the pause, even if the machine stalls before a request. */
    const shortestGap = async () => {
      const site = await aSharedSite(server, { sources: feeds, fetch: 'spacing: 1s', leaseMs: 9000 });
      const workers = [site.work(), site.work()];
      const before = sent.length;
      await round(site);
      for (const { stop } of workers) await stop();
      const times = sent.slice(before);
      expect([times.length, origin.log.length]).toEqual([9, before + 9]); // bundles of four
      return Math.min(...times.slice(1).map((time, i) => time - times[i]!));
    };
    let gap = await shortestGap();
    for (let n = 0; n < 2 && gap <= 950; n++) gap = await shortestGap();
    expect(gap).toBeGreaterThan(950);
  });

  it('obey a Retry-After in the same bundle, in later bundles, and in requests of this process', async () => {
    const status = (feed: number) => (feed % 2 === 0 ? { status: 429, headers: { 'retry-after': '60' } } : null);
    const { origin, at } = await anOrigin({ status });
    const feeds = [...Array.from({ length: 20 }, (_, n) => at(2 * n, 0)), at(1, 1)];
    const site = await aSharedSite(server, { sources: feeds, fetch: 'spacing: 500ms, perHost: 1' });
    site.work();
    const pacing = new HostPacing();
    const { answers } = await round(site, { pacing });
    expect(origin.log.filter(({ feed }) => feed % 2 === 0)).toHaveLength(1);
    const { s0, s1, ...held } = kinds(answers);
    expect([s0, s1, ...new Set(Object.values(held))]).toEqual(['failed', 'fresh', 'rate-limited']);
    expect([...pacing.coolDowns.keys()]).toEqual(['127.0.9.1']);
    expect([...pacing.openAt.keys()].sort()).toEqual(['127.0.9.1', '127.0.9.2']);
  });

  it('pass requests of a worker without a network to another one', async () => {
    const { origin } = await anOrigin();
    const feeds = [0, 1, 2].map((n) => `{ id: s${n}, url: "http://far${n}.example:${origin.port}/feed/${n}" }`);
    const site = await aSharedSite(server, { sources: feeds });
    const answered = round(site);
    const cutOff = site.work(undefined, () => ({ address: '127.0.0.1', port: 1 }));
    await expect.poll(() => cutOff.bundles).toEqual(['unreached']);
    await cutOff.stop();
    site.work(undefined, (host) => ({ address: `127.0.9.${host.charCodeAt(3)}`, port: origin.port }));
    expect(kinds((await answered).answers)).toEqual({ s0: 'fresh', s1: 'fresh', s2: 'fresh' });
  });

  it('recover when the database connections of a worker hang', {
    timeout: 300_000,
  }, async () => {
    const { at } = await anOrigin();
    const site = await aSharedSite(server, { sources: [at(0)], leaseMs: 2000 });
    const proxy = await startSilentProxy(server.url());
    // The timeout of a worker is half a minute, so that this runs only in CI.
    const url = isThorough ? proxy.url : `${proxy.url}?query_timeout=500`;
    site.work(() => ({ ...site.settings, store: { ...site.settings.store, url } }));
    const first = await round(site);
    await site.inbox.closeRound(first.opened);
    proxy.silence();
    const second = await round(site, { leaseMs: 2000, deadlineMs: 200_000 });
    expect([first, second].map(({ answers }) => kinds(answers))).toEqual([{ s0: 'fresh' }, { s0: 'fresh' }]);
  });

  it('end at their deadline; later answers count in the next round without another request', async () => {
    const { origin, at } = await anOrigin();
    const site = await aSharedSite(server, { sources: [at(0), at(1)] });
    const first = await round(site, { deadlineMs: 300 });
    expect(kinds(first.answers)).toEqual({ s0: 'unanswered', s1: 'unanswered' });
    await site.inbox.closeRound(first.opened);
    const late = site.work();
    await expect.poll(() => late.bundles).toEqual(['old']);
    expect(origin.log).toEqual([]); // their round has ended
    const second = await round(site);
    expect(kinds(second.answers)).toEqual({ s0: 'fresh', s1: 'fresh' });
    expect(origin.log).toHaveLength(2);
  });

  thorough('pass on requests without time in the lease, and repeat none', async () => {
    const { origin, at } = await anOrigin({ delayMs: 160 });
    const feeds = Array.from({ length: 64 }, (_, n) => at(n, n));
    const site = await aSharedSite(server, { sources: feeds, fetch: 'spacing: 0s, concurrency: 1' });
    const opened = await site.inbox.openRound();
    const asks = site.settings.sources.map((source) => createAsk(due(source).request, [source.id], [due(source)]));
    await site.inbox.send([{ v: 1, round: opened.n, now: 0, asks }], 6000);
    const worker = site.work();
    await expect.poll(() => worker.bundles).toContain('asked');
    expect(worker.bundles).toContain('partly');
    expect(worker.bundles).not.toContain('ended');
    expect(origin.log).toHaveLength(64);
  });

  thorough('apply a Retry-After late in a lease to the remaining requests of the host', async () => {
    const tried = async () => {
      const { origin, at } = await anOrigin({
        delayMs: 6_500,
        status: () => ({ status: 429, headers: { 'retry-after': '60' } }),
      });
      const site = await aSharedSite(server, { sources: [at(0, 0), at(1, 0)], fetch: 'spacing: 6s' });
      const opened = await site.inbox.openRound();
      const asks = site.settings.sources.map((source) => createAsk(due(source).request, [source.id], [due(source)]));
      await site.inbox.send([{ v: 1, round: opened.n, now: 0, asks }], 8000);
      const { bundles } = site.work();
      await expect.poll(() => bundles).not.toEqual([]);
      const answers = (await site.inbox.answers(opened)).map(({ feed, answer }) => [feed, answer.kind]);
      return { bundles: [...bundles], answers: answers.sort(), requests: origin.log.length };
    };
    // The lease has expired if the machine stalled.
    let last = await tried();
    for (let n = 0; n < 4 && last.bundles.includes('ended'); n++) last = await tried();
    expect(last).toEqual({
      bundles: ['asked'],
      answers: [
        ['s0', 'failed'],
        ['s1', 'rate-limited'],
      ],
      requests: 1,
    });
  });

  it('send headers that only the config of the worker contains', async () => {
    const { origin, at } = await anOrigin();
    const key = 'a-key-of-ours';
    const site = await aSharedSite(server, { sources: [at(0).replace(' }', `, headers: { X-Key: ${key} } }`)] });
    expect(site.settings.sources[0]!.headers).toEqual({ 'X-Key': key });
    const opened = await site.inbox.openRound();
    const [source] = site.settings.sources;
    const asks = [createAsk(due(source!).request, ['s0'], [due(source!)])];
    await site.inbox.send([{ v: 1, round: opened.n, now: 0, asks }], 9000);
    const [{ jobs }] = (await site.db.all<{ jobs: string }>(
      `SELECT json_agg(job)::text AS jobs FROM ${await jobsOf(site)} job`,
    )) as [{ jobs: string }];
    expect(jobs).toContain('"s0"');
    expect(jobs).not.toContain(key);
    expect(jobs).not.toContain(source!.url);
    site.work();
    await expect.poll(() => origin.log).toHaveLength(1);
  });

  it('pass on a bundle if the worker lacks its source or is too old', async () => {
    const { origin, at } = await anOrigin();
    const site = await aSharedSite(server, { sources: [at(0), at(1)] });
    const behind = { ...site.settings, sources: site.settings.sources.slice(0, 1) };
    const unknowing = site.work(() => behind);
    const working = round(site);
    await expect.poll(() => unknowing.bundles).toContain('unknown');
    const [{ tries }] = (await site.db.all<{ tries: string }>(
      `SELECT max(retry_count)::text AS tries FROM ${await jobsOf(site)}`,
    )) as [{ tries: string }];
    expect(tries).toBe('0'); // a worker that knows the source may come at any time in the round
    const knowing = site.work();
    expect(kinds((await working).answers)).toEqual({ s0: 'fresh', s1: 'fresh' });
    expect(origin.log).toHaveLength(2);

    const opened = await site.inbox.openRound();
    await site.inbox.send([{ v: 2, round: opened.n, now: 0, asks: [] }], 9000);
    await expect.poll(() => [...unknowing.bundles, ...knowing.bundles]).toContain('newer');
  });

  thorough('continue when the database is available again', { timeout: 300_000 }, async () => {
    const { origin, at } = await anOrigin({ delayMs: 300 });
    const feeds = Array.from({ length: 80 }, (_, n) => at(n, n));
    const site = await aSharedSite(server, { sources: feeds, fetch: 'spacing: 0s, concurrency: 4' });
    site.work();
    const first = round(site);
    first.catch(() => {});
    await expect.poll(() => origin.log.length).toBeGreaterThan(10);
    await server.restart();
    await expect(first).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await expect.poll(() => origin.log.length).toBe(80);
    const next = await aNextPublisher(site);
    const { opened, answers } = await round(next);
    const { length: taken } = (await next.inbox.feeds(opened)).filter(
      ({ part, feed }) => part === 'taken' && !answers.has(feed),
    );
    expect(answers.size + taken).toBe(80);
    expect(new Set(origin.log.map(({ feed }) => feed)).size).toBe(80);
    expect(origin.log.length).toBeLessThanOrEqual(80 + 8);
  });

  async function jobsOf({ db }: SharedSite): Promise<string> {
    const [{ schema }] = (await db.all<{ schema: string }>('SELECT current_schema() AS schema')) as [
      { schema: string },
    ];
    return `${schema}_jobs.job`;
  }

  async function aNextPublisher(site: SharedSite): Promise<SharedSite> {
    const { PostgresConnection } = await import('../../../src/store/postgres/connection.js');
    const { parsePostgresPlace } = await import('../../../src/store/postgres/place.js');
    const { createInbox, takeAnswers } = await import('../../../src/store/postgres/rounds/inbox.js');
    const { openSender } = await import('../../../src/app/rounds/open-rounds.js');
    const db = await PostgresConnection.open(parsePostgresPlace(site.settings.store), 'write');
    const sender = await openSender(site.settings.store, 9000, () => {});
    onTestFinished(async () => void (await Promise.all([db.close(), sender.close()])));
    const opened = { n: null };
    return {
      ...site,
      db,
      inbox: createInbox(db, opened, sender),
      take: (feed) => db.write(async () => takeAnswers(db, opened, [feed])),
    };
  }
});
