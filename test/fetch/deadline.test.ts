import { describe, expect, it } from 'vitest';
import { startDeadline } from '../../src/fetch/deadline.js';
import { testTimers } from '../support/test-timers.js';

const timeUp = () => new Error('time is up');
const run = () => new AbortController();

describe('a deadline', () => {
  it('comes when time is up, with our reason', async () => {
    const time = testTimers();
    const deadline = startDeadline(20, timeUp, run().signal);
    await time.pass(19);
    expect(deadline.signal.aborted).toBe(false);
    await time.pass(1);
    expect(deadline.signal.reason).toEqual(timeUp());
  });

  it('never comes once it is cleared', async () => {
    const time = testTimers();
    const deadline = startDeadline(20, timeUp, run().signal);
    deadline.clear();
    await time.pass(60);
    expect(deadline.signal.aborted).toBe(false);
  });

  it('does not count the time in which it waits for something else', async () => {
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

  it('does not come either where it is cleared meanwhile', async () => {
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

  it('passes on the end of the run', () => {
    const controller = run();
    const deadline = startDeadline(1000, timeUp, controller.signal);
    controller.abort(new Error('the run is over'));
    expect(deadline.signal.reason).toEqual(new Error('the run is over'));
    deadline.clear();
  });

  it('gives back the time in which this process could not listen', async () => {
    const time = testTimers();
    const deadline = startDeadline(200, timeUp, run().signal);
    await time.hang(350);
    await time.pass(149);
    expect(deadline.signal.aborted).toBe(false);
    await time.pass(1);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('gives back no more than it had, and once', async () => {
    const time = testTimers();
    const deadline = startDeadline(200, timeUp, run().signal);
    await time.hang(900);
    expect(deadline.signal.aborted).toBe(false);
    await time.hang(900);
    expect(deadline.signal.aborted).toBe(true);
  });
});
