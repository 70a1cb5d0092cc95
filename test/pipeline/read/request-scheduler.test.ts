import { describe, expect, it } from 'vitest';
import type { FetchRequest, FetchResult } from '../../../src/model/fetch.js';
import type { DueSource } from '../../../src/pipeline/read/host-queue.js';
import {
  type RequestLimits,
  RequestPlaces,
  type ScheduledResponse,
  scheduleRequests,
} from '../../../src/pipeline/read/request-scheduler.js';
import type { RoomForLarge } from '../../../src/ports/fetcher.js';
import { FakeClock } from '../../support/fake-clock.js';
import { aFailure, aFresh, aSource } from '../../support/sources.js';

const limits: RequestLimits = { concurrency: 32, perHost: 2, spacingMs: 1000 };
const now = new Date('2026-11-25T10:00:00Z');

function anAsk(id: string, url: string, parts: { failures?: number; request?: Partial<FetchRequest> } = {}): DueSource {
  const source = aSource({ id, url });
  const request = { url, validators: null, headers: {}, proxy: null, allowPrivateAddresses: false, ...parts.request };
  return { source, request, failures: parts.failures ?? 0 };
}

interface Play {
  readonly limits?: Partial<RequestLimits>;
  /** Milliseconds after which no request starts. */
  readonly beginUntil?: number;
  /** Milliseconds per response. */
  readonly latency?: number;
  /** Bytes of each document. */
  readonly bytes?: (request: FetchRequest) => number;
  readonly answer?: (request: FetchRequest) => FetchResult;
  readonly take?: (ask: DueSource, answer: ScheduledResponse, clock: FakeClock) => Promise<void>;
}

/** Plays all requests on a fake clock. */
async function play(asks: readonly DueSource[], how: Play = {}) {
  const clock = new FakeClock();
  const starts: { url: string; host: string; at: number; request: FetchRequest }[] = [];
  const taken: { id: string; kind: string; at: number }[] = [];
  const open = { now: 0, most: 0, byHost: new Map<string, number>(), mostByHost: 0 };
  const fetcher = {
    async fetch(request: FetchRequest, _: AbortSignal, room: RoomForLarge): Promise<FetchResult> {
      const host = new URL(request.url).hostname;
      starts.push({ url: request.url, host, at: clock.elapsed(), request });
      open.most = Math.max(open.most, ++open.now);
      open.byHost.set(host, (open.byHost.get(host) ?? 0) + 1);
      open.mostByHost = Math.max(open.mostByHost, ...open.byHost.values());
      await clock.sleep(how.latency ?? 100);
      if (how.bytes !== undefined && how.bytes(request) > 256 * 1024) await room(how.bytes(request));
      open.now--;
      open.byHost.set(host, open.byHost.get(host)! - 1);
      return how.answer?.(request) ?? aFresh({ finalUrl: request.url });
    },
  };
  const take = async (ask: DueSource, answer: ScheduledResponse) => {
    await how.take?.(ask, answer, clock);
    taken.push({ id: ask.source.id, kind: answer.kind, at: clock.elapsed() });
  };
  const { signal } = new AbortController();
  const deps = { fetcher, limits: { ...limits, ...how.limits }, now, clock, signal };
  const until = how.beginUntil !== undefined && { beginUntil: how.beginUntil };
  await clock.until(scheduleRequests(asks, { ...deps, ...until }, take));
  return { starts, taken, open, elapsed: clock.elapsed() };
}

const many = (count: number, url: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => anAsk(`s${i}`, url(i)));

describe('scheduleRequests', () => {
  it('resolves at once without sources', async () => {
    expect((await play([])).elapsed).toBe(0);
  });

  it('requests at most 32 addresses of one site at once', async () => {
    const site = many(100, (i) => `https://blog-${i}.paper.org/feed`);
    const { open, taken } = await play(site, { limits: { concurrency: 64 } });
    expect([open.most, taken.length]).toEqual([32, 100]);
  });

  it('requests different hosts at once, up to the concurrency limit', async () => {
    const { open, taken, elapsed } = await play(many(100, (i) => `https://h${i}.example/`));
    expect(open.most).toBe(32);
    expect(taken).toHaveLength(100);
    expect(elapsed).toBe(400);
  });

  it('keeps the spacing between the requests to one host', async () => {
    const { starts } = await play(many(4, (i) => `https://one.example/${i}`));
    expect(starts.map((start) => start.at)).toEqual([0, 1000, 2000, 3000]);
  });

  it('never exceeds the limit per host, even if it is slow', async () => {
    const { open, starts } = await play(
      many(5, (i) => `https://one.example/${i}`),
      { latency: 5000 },
    );
    expect(open.mostByHost).toBe(2);
    expect(starts.map((start) => start.at)).toEqual([0, 1000, 5000, 6000, 10_000]);
  });

  it('alternates between hosts: a host with many sources does not delay others', async () => {
    const large = many(50, (i) => `https://large.example/${i}`);
    const small = many(50, (i) => `https://h${i}.example/`);
    const { starts } = await play([...large, ...small], { limits: { concurrency: 4 } });
    const last = starts.filter((start) => start.host !== 'large.example').at(-1);
    expect(last!.at).toBeLessThanOrEqual(2000);
    expect(starts.filter((start) => start.host === 'large.example').at(-1)!.at).toBeLessThan(50_000);
  });

  it('counts a request until its response is ingested, but frees its host before', async () => {
    const take: Play['take'] = (_, __, clock) => clock.sleep(5000);
    const { starts } = await play(
      many(3, (i) => `https://one.example/${i}`),
      { take, limits: { concurrency: 2 } },
    );
    expect(starts.map((start) => start.at)).toEqual([0, 1000, 5100]);
  });

  it('requests sources that failed last time after all others', async () => {
    const ill = Array.from({ length: 32 }, (_, i) => anAsk(`ill-${i}`, `https://ill${i}.example/`, { failures: 2 }));
    const well = many(32, (i) => `https://well${i}.example/`);
    const { starts } = await play([...ill, ...well], { limits: { concurrency: 8 } });
    expect(starts.slice(0, 32).every((start) => start.host.startsWith('well'))).toBe(true);
  });

  it('requests an address once for all sources that share it', async () => {
    const asks = [
      anAsk('a', 'https://one.example/feed'),
      anAsk('b', 'https://one.example/feed#b'),
      anAsk('c', 'https://two.example/'),
    ];
    const { starts, taken } = await play(asks);
    expect(starts.map((start) => start.url).sort()).toEqual(['https://one.example/feed', 'https://two.example/']);
    expect(taken.map(({ id, kind }) => `${id} ${kind}`).sort()).toEqual(['a fresh', 'b fresh', 'c fresh']);
  });

  it('sends validators only if all sources share them', async () => {
    const url = 'https://one.example/feed';
    const validators = { url, etag: '"a"', lastModified: null };
    const held = anAsk('a', url, { request: { validators } });
    expect((await play([held, anAsk('b', url)])).starts[0]!.request.validators).toBeNull();
    expect((await play([held, { ...held, source: aSource({ id: 'b' }) }])).starts[0]!.request.validators).toEqual(
      validators,
    );
  });

  it('does not share requests with different headers', async () => {
    const url = 'https://one.example/feed';
    const keyed = anAsk('b', url, { request: { headers: { 'x-key': 'k' } } });
    expect((await play([anAsk('a', url), keyed])).starts).toHaveLength(2);
  });

  it.each([429, 503])('sends no more requests to a host in the run after a %i with Retry-After', async (status) => {
    const asks = [...many(5, (i) => `https://one.example/${i}`), anAsk('other', 'https://two.example/')];
    const headers = { 'retry-after': '600' };
    const answer = (request: FetchRequest) =>
      request.url.startsWith('https://one') ? aFailure(status, { finalUrl: request.url, headers }) : aFresh();
    const { starts, taken, elapsed } = await play(asks, { answer });
    expect(starts).toHaveLength(2);
    expect(taken.filter(({ kind }) => kind === 'rate-limited')).toHaveLength(4);
    expect(elapsed).toBeLessThan(2000);
  });

  it('starts no request after `beginUntil` and drops the rest', async () => {
    const { starts, taken } = await play(
      many(5, (i) => `https://one.example/${i}`),
      { beginUntil: 2500 },
    );
    expect(starts.map(({ at }) => at)).toEqual([0, 1000, 2000]);
    expect(taken.map(({ id }) => id)).toEqual(['s0', 's1', 's2']);
  });

  it('reports the rest as rate-limited if the host requested a delay after that time', async () => {
    const answer = ({ url }: FetchRequest) => aFailure(429, { finalUrl: url, headers: { 'retry-after': '600' } });
    const one = many(3, (i) => `https://one.example/${i}`);
    const { starts, taken } = await play([...one, anAsk('other', 'https://two.example/')], {
      answer,
      latency: 5000,
      beginUntil: 2500,
      limits: { perHost: 1 },
    });
    expect(starts).toHaveLength(2);
    expect(taken.map(({ id, kind }) => [id, kind]).sort()).toEqual([
      ['other', 'failed'],
      ['s0', 'failed'],
      ['s1', 'rate-limited'],
      ['s2', 'rate-limited'],
    ]);
  });

  it('skips other customers of a hosting service after it refused three', async () => {
    const asks = many(5, (i) => `https://h${i}.substack.com/feed`);
    const answer = (request: FetchRequest) =>
      aFailure(429, { finalUrl: request.url, headers: { 'retry-after': '600' } });
    const { taken } = await play(asks, { answer, limits: { concurrency: 1 } });
    expect(taken.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed', 'rate-limited', 'rate-limited']);
  });

  it('still requests a host that refused redirected requests of others', async () => {
    const asks = [...many(5, (i) => `https://h${i}.example/feed`), anAsk('victim', 'https://victim.example/feed')];
    const answer = ({ url }: FetchRequest) =>
      url.includes('victim')
        ? aFresh({ finalUrl: url })
        : aFailure(429, { finalUrl: 'https://victim.example/busy', headers: { 'retry-after': '600' } });
    const { taken } = await play(asks, { answer, limits: { concurrency: 1 } });
    expect(taken.at(-1)).toMatchObject({ id: 'victim', kind: 'fresh' });
  });

  it('rejects with an error of `take` once no request is in progress', async () => {
    const take: Play['take'] = (ask) =>
      ask.source.id === 's3' ? Promise.reject(new Error('disk full')) : Promise.resolve();
    await expect(
      play(
        many(20, (i) => `https://h${i}.example/`),
        { take, limits: { concurrency: 4 } },
      ),
    ).rejects.toThrow('disk full');
  });

  it('rejects with the reason of an abort', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const fetcher = {
      async fetch(_: FetchRequest, signal: AbortSignal): Promise<FetchResult> {
        await clock.sleep(1000, signal);
        signal.throwIfAborted();
        return aFresh();
      },
    };
    const work = scheduleRequests(
      many(40, (i) => `https://h${i}.example/`),
      { fetcher, limits, now, clock, signal: controller.signal },
      async () => {},
    );
    controller.abort(new Error('the run is over'));
    await expect(clock.until(work)).rejects.toThrow('the run is over');
    const late = scheduleRequests(
      many(1, () => 'https://h.example/'),
      { fetcher, limits, now, clock, signal: controller.signal },
      async () => {},
    );
    await expect(clock.until(late)).rejects.toThrow('the run is over');
  });

  it('keeps at most 10 MB of large documents in memory, plus small ones', async () => {
    const asks = many(12, (i) => `https://h${i}.example/${i < 8 ? 'large' : 'small'}`);
    const bytes = ({ url }: FetchRequest) => (url.endsWith('large') ? 9_000_000 : 1000);
    let [held, most] = [0, 0];
    const { taken } = await play(asks, {
      bytes,
      take: async ({ request }, _, clock) => {
        held += bytes(request);
        most = Math.max(most, held);
        await clock.sleep(1000);
        held -= bytes(request);
      },
    });
    expect(most).toBe(9_000_000 + 4 * 1000);
    expect(taken.map(({ at }) => at)).toEqual([1100, 1100, 1100, 1100, 1100, 2100, 3100, 4100, 5100, 6100, 7100, 8100]);
  });

  it('accepts an oversized document once nothing else is in memory', async () => {
    const { taken } = await play(
      many(3, (i) => `https://h${i}.example/`),
      { bytes: () => 50_000_000 },
    );
    expect(taken).toHaveLength(3);
  });
});

it('shares one byte limit between jobs that share places', async () => {
  const clock = new FakeClock();
  const places = new RequestPlaces(32);
  const open = { now: 0, most: 0 };
  const fetcher = {
    async fetch(_request: FetchRequest, _signal: AbortSignal, room: RoomForLarge): Promise<FetchResult> {
      await room(9_000_000);
      open.most = Math.max(open.most, ++open.now);
      await new Promise(setImmediate);
      return aFresh();
    },
  };
  const take = async () => void open.now--;
  const jobs = ['a', 'b', 'c'].map((id) => [anAsk(id, `https://${id}.example/`)]);
  const { signal } = new AbortController();
  await Promise.all(jobs.map((job) => scheduleRequests(job, { fetcher, limits, now, clock, places, signal }, take)));
  expect(open).toEqual({ now: 0, most: 1 });
});
