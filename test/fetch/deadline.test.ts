import { describe, expect, it } from 'vitest';
import { startDeadline } from '../../src/fetch/deadline.js';
import { testTimers } from '../support/test-timers.js';

const timeUp = () => new Error('time is up');
const run = () => new AbortController();

describe('a deadline', () => {
  it('aborts on time with the given reason', async () => {
    const time = testTimers();
    const deadline = startDeadline(20, timeUp, run().signal);
    await time.pass(19);
    expect(deadline.signal.aborted).toBe(false);
    await time.pass(1);
    expect(deadline.signal.reason).toEqual(timeUp());
  });

  it('does not abort after clear', async () => {
    const time = testTimers();
    const deadline = startDeadline(20, timeUp, run().signal);
    deadline.clear();
    await time.pass(60);
    expect(deadline.signal.aborted).toBe(false);
  });

  it('does not count the time in waitFor', async () => {
    const time = testTimers();
    const deadline = startDeadline(100, timeUp, run().signal);
    await time.pass(60);
    let end = () => {};
    const waited = deadline.waitFor(new Promise<void>((done) => (end = done)));
    await time.pass(300);
    end();
    await waited;
    await time.pass(39);
    expect(deadline.signal.aborted).toBe(false);
    await time.pass(1);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('does not abort if it is cleared during waitFor', async () => {
    const time = testTimers();
    const deadline = startDeadline(20, timeUp, run().signal);
    let end = () => {};
    const waited = deadline.waitFor(new Promise<void>((done) => (end = done)));
    deadline.clear();
    end();
    await waited;
    await time.pass(60);
    expect(deadline.signal.aborted).toBe(false);
  });

  it('aborts with the run', () => {
    const controller = run();
    const deadline = startDeadline(1000, timeUp, controller.signal);
    controller.abort(new Error('the run is over'));
    expect(deadline.signal.reason).toEqual(new Error('the run is over'));
    deadline.clear();
  });

  it('does not count the time in which the process was blocked', async () => {
    const time = testTimers();
    const deadline = startDeadline(200, timeUp, run().signal);
    await time.hang(350);
    await time.pass(149);
    expect(deadline.signal.aborted).toBe(false);
    await time.pass(1);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('is extended once, by at most its length', async () => {
    const time = testTimers();
    const deadline = startDeadline(200, timeUp, run().signal);
    await time.hang(900);
    expect(deadline.signal.aborted).toBe(false);
    await time.hang(900);
    expect(deadline.signal.aborted).toBe(true);
  });
});
