import { describe, expect, it } from 'vitest';
import { FetchError } from '../../src/model/errors.js';
import { createOutageState, isOutage, isUnanswered } from '../../src/politeness/outage.js';
import { aFailure, aFresh, aSource } from '../support/sources.js';

const failure = (code: 'FETCH_DNS' | 'FETCH_NETWORK' | 'FETCH_TIMEOUT' | 'FETCH_TLS', reason: string) =>
  aFailure(null, { error: new FetchError(code, 'x', { details: { reason } }) });

describe('isOutage', () => {
  const hosts = (...failures: number[]) =>
    failures.map((count, i) => ({ url: `https://p${i}.example/`, failures: count }));
  const oneHost = (...failures: number[]) =>
    failures.map((count, i) => ({ url: `https://p.example/${i}`, failures: count }));
  const answered = (count: number) => Array.from({ length: count }, (_, i) => `https://q${i}.example/`);

  it.each([
    ['all of three', hosts(0, 0, 0), 0, true],
    ['all of three, one of which has always failed', hosts(9, 0, 0, 0), 0, true],
    ['all of the only host', oneHost(0, 0, 0), 0, true],
    ['most of those on most hosts', hosts(0, 0, 0, 0), 3, true],
    ['half', hosts(0, 0, 0), 3, false],
    ['most of them, but on one host', oneHost(0, 0, 0), 1, false],
    ['two alone', hosts(0, 0), 0, false],
    ['only those that failed before', hosts(1, 2, 3), 0, false],
  ] as const)('%s', (_, failures, others, is) => expect(isOutage(failures, answered(others))).toBe(is));
});

describe('isUnanswered', () => {
  it.each([
    ['FETCH_DNS', 'dns'],
    ['FETCH_NETWORK', 'reset'],
    ['FETCH_TIMEOUT', 'headers'],
    ['FETCH_TLS', 'expired'],
  ] as const)('is so for %s (%s)', (code, reason) => expect(isUnanswered(failure(code, reason))).toBe(true));

  it('is false after any response', () => {
    for (const answer of [aFresh(), aFailure(403), aFailure(500)]) expect(isUnanswered(answer)).toBe(false);
  });
});

it('duringOutage counts no failure and schedules the next attempt after the run', () => {
  const now = new Date('2026-11-25T10:00:00Z');
  const state = createOutageState(null, aSource(), failure('FETCH_DNS', 'dns'), now);
  expect(state).toMatchObject({ failures: 0, health: 'new', error: { code: 'FETCH_DNS' } });
  expect(state.nextAttemptAt!.getTime()).toBeGreaterThan(now.getTime());
});
