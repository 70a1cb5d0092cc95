import { describe, expect, it } from 'vitest';
import { Readiness } from '../../src/worker/readiness.js';

describe('readiness', () => {
  it('starts with the first run and ends without further runs', () => {
    let now = 0;
    const readiness = new Readiness(() => now);
    expect(readiness.why).toBe('no successful run yet');
    readiness.recordSuccess(300);
    expect(readiness.why).toBeNull();
    now = 300;
    expect(readiness.why).toBeNull();
    now = 301;
    expect(readiness.why).toBe('no successful run for more than 3 ticks');
    readiness.recordSuccess(300);
    expect(readiness.why).toBeNull();
  });

  it('ends with a problem and returns after it', () => {
    const readiness = new Readiness(() => 0);
    readiness.recordSuccess(1);
    readiness.setProblem('the store is not open');
    expect(readiness.why).toBe('the store is not open');
    readiness.setProblem(null);
    expect(readiness.why).toBeNull();
  });

  it('does not return once the worker stops', () => {
    const readiness = new Readiness(() => 0);
    readiness.stop();
    readiness.setProblem(null);
    readiness.recordSuccess(1);
    expect(readiness.why).toBe('stopping');
  });

  it('is reset by an election, regardless of the time as a standby', () => {
    const readiness = new Readiness(() => 0);
    readiness.recordSuccess(1_000, 'cannot check whether another process publishes');
    readiness.setProblem('the store is not open');
    readiness.reset();
    expect(readiness.why).toBe('no successful run yet');
  });
});
