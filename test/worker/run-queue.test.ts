import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { WorkerSite } from '../../src/app/open-site.js';
import type { RunSiteOptions } from '../../src/app/run-tools.js';
import { StoreError } from '../../src/model/errors.js';
import type { Settings } from '../../src/model/settings.js';
import { createMetrics } from '../../src/observe/metrics.js';
import { Readiness } from '../../src/worker/readiness.js';
import { RunQueue, type RunsOptions } from '../../src/worker/run-queue.js';
import { aLog } from '../support/a-worker.js';
import { NO_HUBS } from '../support/no-hubs.js';

type Run = (options: RunSiteOptions) => Promise<never>;

const settings = { sources: [], worker: {}, store: { kind: 'memory', path: null, url: null } } as unknown as Settings;

/** A queue whose runs behave as scripted; runs after the script succeed. */
async function runs(
  script: readonly Run[],
  more: Partial<Pick<RunsOptions, 'deadlineMs' | 'pushesApartMs' | 'shared' | 'open' | 'now'>> = {},
) {
  const { log, logger } = await aLog();
  const metrics = createMetrics();
  const calls: RunSiteOptions[] = [];
  const fatal: StoreError[] = [];
  let opened = 0;
  let closed = 0;
  const site: WorkerSite = {
    run: (_, options) => {
      calls.push(options);
      return script[calls.length - 1]?.(options) ?? Promise.reject(options.signal.reason);
    },
    health: async () => new Map(),
    prune: async () => 0,
    isInPlace: () => true,
    hubs: NO_HUBS,
    keepSubscriptions: async () => [],
    close: async () => void closed++,
  };
  const made = await RunQueue.open({
    summarize: () => '',
    settings: () => settings,
    deadlineMs: 10_000,
    graceMs: 20,
    now: () => new Date('2026-11-24T08:00:00Z'),
    logger,
    metrics,
    readiness: new Readiness(),
    freshFor: () => 1000,
    onFatal: (error) => fatal.push(error),
    observer: { start: () => {}, done: () => {}, published: () => {} },
    open: async () => {
      opened++;
      return site;
    },
    ...more,
  });
  return { runs: made, log, metrics, calls, fatal, count: () => ({ opened, closed }) };
}

const hangs: Run = ({ observer }) => {
  observer.start(2, ['slow', 'quick']);
  observer.done('quick', 'rate-limited');
  return new Promise(() => {});
};
const hangsUntilTold: Run = ({ observer, signal }) => {
  observer.start(2, ['slow', 'quick']);
  observer.done('quick', 'rate-limited');
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
};
const fails =
  (error: unknown): Run =>
  () =>
    Promise.reject(error);

describe('runs', () => {
  it('follow a push, but not every one of frequent pushes', async () => {
    const { runs: made, calls } = await runs([], { pushesApartMs: 3_600_000 });
    await made.runAfterPush();
    expect(calls).toHaveLength(1);
    const pushes = Array.from({ length: 20 }, () => made.runAfterPush());
    await made.close();
    await Promise.all(pushes);
    expect(calls).toHaveLength(1);
    const { runs: other, calls: others } = await runs([], { pushesApartMs: 0 });
    for (let n = 0; n < 3; n++) await other.runAfterPush();
    expect(others).toHaveLength(3);
    await other.close();
  });

  it('start in the second after a push', async () => {
    const pushedAt = Date.parse('2026-11-24T08:00:00.700Z');
    let began: number | null = null;
    const now = () => {
      began ??= performance.now();
      return new Date(pushedAt + Math.floor(performance.now() - began));
    };
    const { runs: made, calls } = await runs([], { now });
    began = null; // the clock starts when the queue reads it
    const followed = made.runAfterPush();
    await nextTurn();
    // Starts after the queue's pause and lasts longer, so that it ends later even on a slow machine.
    await sleep(310);
    const soon = now();
    await followed;
    await made.close();
    expect(calls).toHaveLength(1);
    expect(calls[0]!.now.getTime()).toBeGreaterThanOrEqual(pushedAt + 300);
    expect(calls[0]!.now.getTime()).toBeLessThanOrEqual(soon.getTime());
  });

  it('are aborted at their deadline and logged; the news read so far is published', async () => {
    const {
      runs: made,
      log,
      calls,
      metrics,
      count,
    } = await runs([hangsUntilTold, fails(new Error('x'))], {
      deadlineMs: 20,
    });
    await made.run();
    expect(log[0]).toMatchObject({
      level: 'error',
      msg: 'the run exceeded its deadline and was aborted',
      stage: 'reading',
      waiting: 1,
      sources: ['slow'],
    });
    expect(calls.map(({ offline }) => offline)).toEqual([false, true]);
    await made.run();
    expect(calls).toHaveLength(3);
    expect(count()).toEqual({ opened: 1, closed: 0 });
    expect(await metrics.text()).toContain('newsloom_runs_total{outcome="late"} 1');
  });

  it('are abandoned if they do not stop, and the store is reopened', async () => {
    const { runs: made, log, calls, count } = await runs([hangs, fails(new Error('x'))], { deadlineMs: 20 });
    await made.run();
    expect(log[0]).toMatchObject({
      msg: expect.stringMatching(/did not stop when aborted: it was abandoned/),
      sources: ['slow'],
    });
    expect(count()).toEqual({ opened: 1, closed: 1 });
    expect(made.hasAbandonedRun).toBe(true);
    await made.run();
    expect(calls).toHaveLength(2);
    expect(count().opened).toBe(2);
  });

  it('continue after errors, even unexpected ones, and log them', async () => {
    const busy = new StoreError('STORE_BUSY', 'busy');
    const { runs: made, log, fatal } = await runs([fails(busy), fails(new TypeError('a is undefined'))]);
    await made.run();
    await made.run();
    expect(log).toEqual([
      expect.objectContaining({ level: 'error', code: 'STORE_BUSY', msg: 'busy' }),
      expect.objectContaining({ level: 'fatal', err: expect.objectContaining({ type: 'TypeError' }) }),
    ]);
    expect(fatal).toEqual([]);
  });

  it('report an error that retries cannot fix', async () => {
    const corrupt = new StoreError('STORE_CORRUPT', 'damaged');
    const { runs: made, fatal } = await runs([fails(corrupt)]);
    await made.run();
    expect(fatal).toEqual([corrupt]);
  });

  it('run one at a time', async () => {
    const { runs: made, calls } = await runs([hangsUntilTold], { deadlineMs: 30 });
    const first = made.run();
    expect(made.run()).toBe(first);
    await first;
    expect(calls.filter(({ offline }) => !offline)).toHaveLength(1);
  });

  it('stop with the worker, and none starts afterwards', async () => {
    const { runs: made, log, calls, count } = await runs([hangsUntilTold]);
    void made.run();
    await made.close();
    expect(log).toEqual([expect.objectContaining({ level: 'info', msg: 'the run was stopped', sources: ['slow'] })]);
    await made.run();
    expect(calls).toHaveLength(1);
    expect(count()).toEqual({ opened: 1, closed: 1 });
  });

  it('stop when the connection with the lock is lost, before the next tick', async () => {
    let isInPlace = true;
    const closed: string[] = [];
    const one = { hubs: NO_HUBS, isInPlace: () => isInPlace, close: async () => void closed.push('closed') };
    const opening: (() => WorkerSite)[] = [
      () => one as unknown as WorkerSite,
      () => {
        throw new StoreError('STORE_FAILED', 'the database is starting or stopping');
      },
    ];
    const { runs: made, metrics } = await runs([], { shared: true, open: async () => opening.shift()!() });
    expect(await metrics.text()).toContain('newsloom_is_publisher 1\n');
    isInPlace = false;
    await made.electIfNeeded();
    expect([made.hubs, closed]).toEqual([null, ['closed']]);
    expect(await metrics.text()).toContain('newsloom_is_publisher 0\n');
    await made.close();
  });

  it('log once why a shared store cannot be opened, and again after it was available', async () => {
    const isAway = (why: string) => (): WorkerSite => {
      throw new StoreError('STORE_FAILED', why);
    };
    const opening = [
      () => aSite('lost', []),
      ...['refused', 'refused', 'starting up', 'starting up'].map(isAway),
      () => aSite('back', []),
      ...['starting up', 'starting up'].map(isAway),
    ];
    const count = opening.length;
    const { runs: made, log } = await runs([], { shared: true, open: async () => opening.shift()!() });
    for (let i = 0; i < count; i++) await made.run();
    await made.close();
    const errors = log.filter(({ level, msg }) => level === 'error' && msg !== 'the connection is lost');
    expect(errors.map(({ msg }) => msg)).toEqual(['refused', 'starting up', 'starting up']);
  });

  it('continue after an unexpected error of an election, and log it', async () => {
    const hasBug = (): WorkerSite => {
      throw new TypeError('a is undefined');
    };
    const opening = [() => aSite('lost', []), hasBug];
    const { runs: made, log } = await runs([], { shared: true, open: async () => opening.shift()!() });
    await made.run();
    await made.run();
    await made.close();
    expect(log.filter(({ level }) => level === 'fatal')).toEqual([
      expect.objectContaining({ err: expect.objectContaining({ type: 'TypeError' }) }),
    ]);
  });
});

function aSite(name: string, told: string[]): WorkerSite {
  return {
    run: async () => {
      told.push(`${name} runs`);
      throw new StoreError('STORE_FAILED', 'the connection is lost');
    },
    health: async () => new Map(),
    prune: async () => 0,
    isInPlace: () => true,
    hubs: NO_HUBS,
    keepSubscriptions: async () => [],
    close: async () => void told.push(`${name} is closed`),
  };
}
