/** Requests of one bundle. */
import { getEventListeners } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { requestBundle } from '../../../src/app/rounds/ask-bundle.js';
import { FetchError } from '../../../src/model/errors.js';
import { BUNDLE_VERSION, type Bundle } from '../../../src/model/round.js';
import type { Settings } from '../../../src/model/settings.js';
import { RequestPlaces } from '../../../src/pipeline/read/request-scheduler.js';
import { createAsk } from '../../../src/politeness/bundle-asks.js';
import { createRequest } from '../../../src/politeness/decide-request.js';
import type { Fetcher } from '../../../src/ports/fetcher.js';
import { FakeClock } from '../../support/fake-clock.js';
import { aFailure, aFresh, aSource } from '../../support/sources.js';

/** `signal`: the worker's. */
async function ask(signal: AbortSignal, fetch: Fetcher['fetch'], ids = ['a'], more: Partial<Bundle> = {}) {
  const sources = ids.map((id) => aSource({ id, url: `https://${id}.example/feed` }));
  const due = sources.map((source) => ({ source, request: createRequest(source.url, null, source), failures: 0 }));
  const asks = due.map((one) => createAsk(one.request, [one.source.id], [one]));
  const clock = new FakeClock();
  const fetching = { concurrency: 4, perHost: 2, spacingMs: 0, timeoutMs: 5_000 };
  const saved: string[] = [];
  const outcome = await requestBundle(
    { v: BUNDLE_VERSION, round: 1, now: Date.UTC(2026, 10, 24), asks, ...more },
    {
      settings: { sources, fetch: fetching } as unknown as Settings,
      fetcher: { fetch },
      places: new RequestPlaces(4),
      clock,
      lease: { ms: 90_000, until: 90_000 },
      waiting: async () => new Set(ids),
      save: async ({ answer }) => saved.push(answer.kind) > 0,
      signal,
    },
  );
  return { outcome, saved };
}

describe('a bundle', () => {
  it('does not leak listeners on the signal of the worker', async () => {
    const any = vi.spyOn(AbortSignal, 'any');
    onTestFinished(() => any.mockRestore());
    const { signal } = new AbortController();
    const done = await ask(signal, async ({ url }) => aFresh({ finalUrl: url, body: Buffer.from('<rss/>') }));
    expect(done).toEqual({ outcome: 'asked', saved: ['fresh'] });
    expect(any.mock.calls.flat(2)).not.toContain(signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends with the worker', async () => {
    const worker = new AbortController();
    const done = await ask(worker.signal, (_, signal) => {
      setImmediate(() => worker.abort());
      return new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    expect(done).toEqual({ outcome: 'ended', saved: [] });
  });

  it('ends with its lease, even if the machine slept', async () => {
    const wall = vi.spyOn(Date, 'now').mockReturnValue(0);
    onTestFinished(() => wall.mockRestore());
    const asked: string[] = [];
    const fetch: Fetcher['fetch'] = async ({ url }) => {
      asked.push(url);
      wall.mockReturnValue(90_000);
      return aFresh({ finalUrl: url });
    };
    const done = await ask(new AbortController().signal, fetch, ['a', 'b']);
    expect([done.outcome, asked]).toEqual(['ended', ['https://a.example/feed']]);
  });

  it('goes to another worker once if no server is reachable', async () => {
    const refused = new FetchError('FETCH_NETWORK', 'the server cannot be reached', { details: { reason: 'refused' } });
    const nothing = async () => aFailure(null, { error: refused });
    const { signal } = new AbortController();
    const ids = ['a', 'b', 'c'];
    expect(await ask(signal, nothing, ids)).toEqual({ outcome: 'unreached', saved: [] });
    const again = await ask(signal, nothing, ids, { handedBack: true });
    expect(again).toEqual({ outcome: 'asked', saved: ['failed', 'failed', 'failed'] });
    const one: Fetcher['fetch'] = async ({ url }) => (url.includes('//b.') ? aFailure(404) : nothing());
    expect(await ask(signal, one, ids)).toEqual({ outcome: 'asked', saved: ['failed', 'failed', 'failed'] });
  });
});
