/** Crawl delays of robots.txt, and stored results. */
import { expect, it } from 'vitest';
import type { FetchRequest } from '../../../../src/model/fetch.js';
import { HostPacing } from '../../../../src/pipeline/read/host-pacing.js';
import { scheduleRequests } from '../../../../src/pipeline/read/request-scheduler.js';
import { checkRobots, loadRobots, saveRobots } from '../../../../src/pipeline/read/robots/robots-gate.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { openMemory } from '../../../support/memory-store.js';
import { aFresh, aSource } from '../../../support/sources.js';

const reading = { kind: 'page', robots: true, absence: 'nothing', accept: null, options: {} } as const;
const limits = { concurrency: 8, perHost: 2, spacingMs: 500 };
const now = new Date('2026-11-25T10:00:00Z');
const signal = new AbortController().signal;

it('applies a crawl delay that is longer than the spacing', async () => {
  const clock = new FakeClock();
  const asked: string[] = [];
  const fetch = async ({ url }: FetchRequest) => {
    asked.push(`${clock.elapsed()} ${url}`);
    return aFresh({ finalUrl: url, body: Buffer.from('User-agent: *\nCrawl-delay: 4') });
  };
  const due = ['/a', '/b'].map((path) => {
    const url = `https://town.example${path}`;
    const request = { url, validators: null, headers: {}, proxy: null, allowPrivateAddresses: false };
    return { source: aSource({ id: path.slice(1), url, reading }), request, failures: 0 };
  });
  const asking = { fetcher: { fetch }, limits, now, clock, signal, pacing: new HostPacing() };
  const gate = checkRobots(due, { ...asking, memory: new Map() });
  await clock.until(gate);
  const { allowed } = await gate;
  await clock.until(scheduleRequests(allowed, asking, async () => {}));
  expect(asked).toEqual([
    '0 https://town.example/robots.txt',
    '4000 https://town.example/a',
    '8000 https://town.example/b',
  ]);
});

it('writes only changed results', async () => {
  const inner = openMemory();
  const written: string[] = [];
  const store: typeof inner = {
    ...inner,
    saveMeta: async (key, value) => {
      written.push(key);
      await inner.saveMeta(key, value);
    },
  };
  const until = '2026-11-26T10:00:00.000Z';
  const memory = new Map(['b', 'a'].map((host) => [`https://${host}.example/robots.txt`, { rules: '', until }]));
  await saveRobots(store, memory);
  await saveRobots(store, await loadRobots(store));
  expect(written).toEqual(['robots']);
  memory.delete('https://a.example/robots.txt');
  await saveRobots(store, memory);
  expect(written).toEqual(['robots', 'robots']);
  expect(await loadRobots(store)).toEqual(memory);
});
