import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startDeadline } from '../../src/fetch/deadline.js';

const timeUp = () => new Error('time is up');
const run = () => new AbortController();

function keepBusy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('a deadline', () => {
  it('comes when time is up, with our reason', async () => {
    const deadline = startDeadline(20, timeUp, run().signal);
    await sleep(60);
    expect(deadline.signal.reason).toEqual(timeUp());
  });

  it('never comes once it is cleared', async () => {
    const deadline = startDeadline(20, timeUp, run().signal);
    deadline.clear();
    await sleep(60);
    expect(deadline.signal.aborted).toBe(false);
  });

  it('does not count the time in which it waits for something else', async () => {
    const deadline = startDeadline(100, timeUp, run().signal);
    await deadline.waitFor(sleep(300));
    expect(deadline.signal.aborted).toBe(false);
    await sleep(250);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('does not come either where it is cleared meanwhile', async () => {
    const deadline = startDeadline(20, timeUp, run().signal);
    const waited = deadline.waitFor(sleep(50));
    deadline.clear();
    await waited;
    await sleep(60);
    expect(deadline.signal.aborted).toBe(false);
  });

  it('passes on the end of the run', () => {
    const controller = run();
    const deadline = startDeadline(1000, timeUp, controller.signal);
    controller.abort(new Error('the run is over'));
    expect(deadline.signal.reason).toEqual(new Error('the run is over'));
    deadline.clear();
  });

  it('gives back the time in which this process could not listen', async () => {
    const deadline = startDeadline(200, timeUp, run().signal);
    keepBusy(350);
    await sleep(20);
    expect(deadline.signal.aborted).toBe(false);
    await sleep(400);
    expect(deadline.signal.aborted).toBe(true);
  });
});
