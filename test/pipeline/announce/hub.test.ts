import { describe, expect, it } from 'vitest';
import { FetchError } from '../../../src/model/errors.js';
import { notifyHub } from '../../../src/pipeline/announce/hub.js';
import type { Hub } from '../../../src/ports/fetcher.js';

const HUB = 'https://hub.example/';
const feeds = (count: number) => Array.from({ length: count }, (_, i) => `https://news.example.org/${i}.rss`);
const { signal } = new AbortController();

/** Takes all but those that the test names. */
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

describe('telling the hub', () => {
  it('says one word for each reason, with how many feeds it concerns', async () => {
    const { hub, asked } = aHub((url) => (/[05]\.rss$/.test(url) ? 'answered 500' : null));
    expect(await notifyHub(hub, HUB, feeds(20), signal)).toEqual([
      'the hub was not notified of 4 of 20 feeds: answered 500',
    ]);
    expect(asked).toHaveLength(20);
  });

  it('gives up a hub that fails again and again', async () => {
    const { hub, asked } = aHub(() => 'answered 500');
    expect(await notifyHub(hub, HUB, feeds(500), signal)).toEqual([
      'the hub was not notified of 500 of 500 feeds: answered 500',
    ]);
    expect(asked.length).toBeLessThan(12);
  });

  it('waits once for a hub that does not answer', async () => {
    const { hub, asked } = aHub(() => 'did not answer in time', 'FETCH_TIMEOUT');
    expect(await notifyHub(hub, HUB, feeds(500), signal)).toEqual([
      'the hub was not notified of 500 of 500 feeds: did not answer in time',
    ]);
    expect(asked.length).toBeLessThan(5);
  });

  it('is a bug where it fails in another way, and stops when it is told to', async () => {
    const broken: Hub = { publish: () => Promise.reject(new TypeError('x')), close: async () => {} };
    await expect(notifyHub(broken, HUB, feeds(1), signal)).rejects.toThrow(TypeError);
    const stop = AbortSignal.abort('stopped');
    await expect(notifyHub(aHub(() => 'late').hub, HUB, feeds(1), stop)).rejects.toBe('stopped');
  });
});
