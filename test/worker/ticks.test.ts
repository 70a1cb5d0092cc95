import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTicks } from '../../src/worker/ticks.js';
import { aLog } from '../support/a-worker.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-28T23:58:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

async function ticking(cron: string, run: () => Promise<void> = async () => {}) {
  const ticks: string[] = [];
  const { log, logger } = await aLog();
  const onTick = () => {
    ticks.push(new Date().toISOString().slice(0, 16));
    return run();
  };
  return { ticks, log, running: startTicks(cron, onTick, logger) };
}

describe('ticks', () => {
  it('come once an hour, also when daylight saving time starts or ends', async () => {
    for (const night of ['2026-03-29', '2026-10-25']) {
      vi.stubEnv('TZ', 'Europe/Berlin');
      vi.setSystemTime(new Date(`${night}T00:25:00Z`));
      const { ticks, running } = await ticking('30 * * * *');
      await vi.advanceTimersByTimeAsync(130 * MINUTE);
      running.stop();
      expect(ticks.map((at) => at.slice(11))).toEqual(['00:30', '01:30', '02:30']);
    }
  });

  it('are skipped during a run, and come again after it', async () => {
    let end = () => {};
    const { ticks, running } = await ticking('*/5 * * * *', () => new Promise((done) => (end = done)));
    await vi.advanceTimersByTimeAsync(13 * MINUTE);
    expect(ticks).toHaveLength(1);
    end();
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(ticks).toHaveLength(2);
    running.stop();
  });

  it.each([
    ['back by a day', -DAY],
    ['ahead by a day', DAY],
    ['back by a year', -365 * DAY],
  ])('come on when the clock jumps %s', async (_, by) => {
    const { ticks, log, running } = await ticking('*/5 * * * *');
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(ticks).toHaveLength(2);
    vi.setSystemTime(Date.now() + by);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ticks).toHaveLength(3);
    expect(log).toEqual([expect.objectContaining({ msg: 'the clock jumped', ms: by })]);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(ticks).toHaveLength(5);
    running.stop();
  });

  it('come late if the event loop was blocked', async () => {
    const { ticks, running } = await ticking('*/5 * * * *');
    await vi.advanceTimersByTimeAsync(MINUTE);
    // Simulates a blocked event loop.
    vi.setSystemTime(Date.now() + 3_000);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(ticks).toEqual(['2026-03-29T00:00']);
    running.stop();
  });

  it('report the time between them', async () => {
    const { running } = await ticking('*/5 * * * *');
    expect(running.span(3)).toBe(15 * MINUTE);
    running.stop();
  });

  it('report the time of several ticks across a nightly pause', async () => {
    const { running } = await ticking('*/15 6-22 * * *');
    expect(Date.now() + running.span(3)).toBe(Date.parse('2026-03-29T06:30:00Z'));
    running.stop();
  });

  it('can be stopped', async () => {
    const { ticks, running } = await ticking('*/5 * * * *');
    running.stop();
    await vi.advanceTimersByTimeAsync(20 * MINUTE);
    expect(ticks).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
