import { describe, expect, it } from 'vitest';
import { FetchError } from '../../src/model/errors.js';
import { createOutageState, isOutage, isUnreached } from '../../src/politeness/outage.js';
import { aFailure, aFresh, aSource } from '../support/sources.js';

const failure = (code: 'FETCH_DNS' | 'FETCH_NETWORK' | 'FETCH_TIMEOUT' | 'FETCH_TLS', reason: string) =>
  aFailure(null, { error: new FetchError(code, 'x', { details: { reason } }) });

describe('isUnreached', () => {
  it.each([
    ['FETCH_DNS', 'dns'],
    ['FETCH_DNS', 'dns-silent'],
    ['FETCH_TIMEOUT', 'connect'],
    ['FETCH_TIMEOUT', 'total'],
    ['FETCH_NETWORK', 'refused'],
    ['FETCH_NETWORK', 'unreachable'],
    ['FETCH_NETWORK', 'files'],
  ] as const)('is so for %s (%s)', (code, reason) => expect(isUnreached(failure(code, reason))).toBe(true));

  it.each([
    ['FETCH_TIMEOUT', 'headers'],
    ['FETCH_NETWORK', 'reset'],
    ['FETCH_TLS', 'expired'],
  ] as const)('is not for %s (%s): a server answered', (code, reason) =>
    expect(isUnreached(failure(code, reason))).toBe(false),
  );

  it('is false after any response, even a dead redirect', () => {
    expect(isUnreached(aFresh())).toBe(false);
    expect(isUnreached(aFailure(500))).toBe(false);
    expect(isUnreached({ ...failure('FETCH_DNS', 'dns'), status: 302 })).toBe(false);
  });
});

describe('isOutage', () => {
  it.each([
    ['all of three', 0, [0, 0, 0], true],
    ['all of three, one of which has always failed', 0, [9, 0, 0], true],
    ['two alone', 0, [0, 0], false],
    ['all but one', 1, [0, 0, 0], false],
    ['only those that failed before', 0, [1, 2, 3], false],
  ] as const)('%s', (_, reached, failures, is) => expect(isOutage(reached, failures)).toBe(is));
});

it('duringOutage counts no failure and schedules the next attempt after the run', () => {
  const now = new Date('2026-11-25T10:00:00Z');
  const state = createOutageState(null, aSource(), failure('FETCH_DNS', 'dns'), now);
  expect(state).toMatchObject({ failures: 0, health: 'new', error: { code: 'FETCH_DNS' } });
  expect(state.nextAttemptAt!.getTime()).toBeGreaterThan(now.getTime());
});
