import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withDeadline } from '../../src/worker/deadline.js';

const never = () => new Promise<never>(() => {});
const limits = { deadlineMs: 10_000, graceMs: 10_000, signal: new AbortController().signal };

/** Works until aborted, then rejects with the signal's reason. */
const obedient = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('a run under a deadline', () => {
  it('resolves like the run', async () => {
    expect(await withDeadline(async () => 7, limits)).toEqual({ kind: 'done', result: 7 });
    const error = new Error('broken');
    expect(await withDeadline(() => Promise.reject(error), limits)).toEqual({ kind: 'failed', error });
    const thrown = () => {
      throw error;
    };
    expect(await withDeadline(thrown, limits)).toEqual({ kind: 'failed', error });
  });

  it('is aborted at the deadline', async () => {
    expect(await withDeadline(obedient, { ...limits, deadlineMs: 5 })).toEqual({ kind: 'late' });
  });

  it('is abandoned if it does not stop', async () => {
    expect(await withDeadline(never, { ...limits, deadlineMs: 5, graceMs: 5 })).toEqual({ kind: 'hung' });
  });

  it('stops with the worker, and at once if that has stopped', async () => {
    const stop = new AbortController();
    const ended = withDeadline(obedient, { ...limits, signal: stop.signal });
    stop.abort();
    expect(await ended).toEqual({ kind: 'stopped' });
    const asked = async (signal: AbortSignal) => signal.throwIfAborted();
    expect(await withDeadline(asked, { ...limits, signal: stop.signal })).toEqual({ kind: 'stopped' });
  });

  it('may finish current work', async () => {
    const stop = new AbortController();
    const work = async () => {
      stop.abort();
      await sleep(5);
      return 'renamed';
    };
    expect(await withDeadline(work, { ...limits, signal: stop.signal })).toEqual({ kind: 'done', result: 'renamed' });
  });

  it('reports a failure after being aborted', async () => {
    const work = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('disk full'))));
    expect(await withDeadline(work, { ...limits, deadlineMs: 5 })).toMatchObject({ kind: 'failed' });
  });

  it('removes its listeners from the worker signal', async () => {
    const stop = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = stop.signal;
    stop.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners++;
      addEventListener.apply(stop.signal, args);
    };
    stop.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners--;
      removeEventListener.apply(stop.signal, args);
    };
    for (let i = 0; i < 5; i++) await withDeadline(async () => i, { ...limits, signal: stop.signal });
    expect(listeners).toBe(0);
  });
});
