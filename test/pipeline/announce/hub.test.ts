import { describe, expect, it } from 'vitest';
import { FetchError } from '../../../src/model/errors.js';
import { notifyHub } from '../../../src/pipeline/announce/hub.js';
import type { Hub } from '../../../src/ports/fetcher.js';

const HUB = 'https://hub.example/';
const feeds = (count: number) => Array.from({ length: count }, (_, i) => `https://news.example.org/${i}.rss`);
const { signal } = new AbortController();

/** Accepts all feeds except those for which `fails` returns a reason. */
function aHub(fails: (feedUrl: string) => string | null, code: 'FETCH_STATUS' | 'FETCH_TIMEOUT' = 'FETCH_STATUS') {
  const asked: string[] = [];
  const hub: Hub = {
    publish: async (_, feedUrl) => {
      asked.push(feedUrl);
      const failure = fails(feedUrl);
      if (failure !== null) throw new FetchError(code, failure);
    },
    close: async () => {},
  };
  return { hub, asked };
}

describe('notifyHub', () => {
  it('returns one warning per reason with the number of feeds', async () => {
    const { hub, asked } = aHub((url) => (/[05]\.rss$/.test(url) ? 'answered 500' : null));
    expect(await notifyHub(hub, HUB, feeds(20), signal)).toEqual([
      'the hub was not notified of 4 of 20 feeds: answered 500',
    ]);
    expect(asked).toHaveLength(20);
  });

  it('skips the rest after repeated failures', async () => {
    const { hub, asked } = aHub(() => 'answered 500');
    expect(await notifyHub(hub, HUB, feeds(500), signal)).toEqual([
      'the hub was not notified of 500 of 500 feeds: answered 500',
    ]);
    expect(asked.length).toBeLessThan(12);
  });

  it('skips the rest after one timeout', async () => {
    const { hub, asked } = aHub(() => 'did not answer in time', 'FETCH_TIMEOUT');
    expect(await notifyHub(hub, HUB, feeds(500), signal)).toEqual([
      'the hub was not notified of 500 of 500 feeds: did not answer in time',
    ]);
    expect(asked.length).toBeLessThan(5);
  });

  it('rejects on unexpected errors and on abort', async () => {
    const broken: Hub = { publish: () => Promise.reject(new TypeError('x')), close: async () => {} };
    await expect(notifyHub(broken, HUB, feeds(1), signal)).rejects.toThrow(TypeError);
    const stop = AbortSignal.abort('stopped');
    await expect(notifyHub(aHub(() => 'late').hub, HUB, feeds(1), stop)).rejects.toBe('stopped');
  });
});
