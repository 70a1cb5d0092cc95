/** The delay that a robots.txt names, between its own request and all that follow at its host. */
import { expect, it } from 'vitest';
import type { FetchRequest } from '../../../src/model/fetch.js';
import { HostTurns, scheduleRequests } from '../../../src/pipeline/ingest/request-scheduler.js';
import { askRobots } from '../../../src/pipeline/ingest/robots-gate.js';
import { FakeClock } from '../../support/fake-clock.js';
import { aFresh, aSource } from '../../support/sources.js';

const reading = { kind: 'page', robots: true, absence: 'nothing', accept: null, options: {} } as const;
const limits = { concurrency: 8, perHost: 2, spacingMs: 500 };
const now = new Date('2026-11-25T10:00:00Z');
const signal = new AbortController().signal;

it('is kept, where it is longer than the spacing', async () => {
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
  const asking = { fetcher: { fetch }, now, clock, turns: new HostTurns() };
  const gate = askRobots(due, { ...asking, limits, memory: new Map() }, signal);
  await clock.until(gate);
  const { allowed } = await gate;
  await clock.until(scheduleRequests(allowed, limits, asking, async () => {}, signal));
  expect(asked).toEqual([
    '0 https://town.example/robots.txt',
    '4000 https://town.example/a',
    '8000 https://town.example/b',
  ]);
});
