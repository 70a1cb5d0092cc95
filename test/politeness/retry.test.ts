import { describe, expect, it } from 'vitest';
import { computeBackOffMinutes, parseRetryDelay } from '../../src/politeness/retry.js';

const now = new Date('2026-11-25T10:00:00Z');

// RFC 9110 10.2.3
describe('retryAfterMinutes', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['nothing said', {}, null],
    ['seconds', { 'retry-after': '120' }, 2],
    ['zero', { 'retry-after': '0' }, 0],
    ['a date', { 'retry-after': 'Wed, 25 Nov 2026 12:00:00 GMT' }, 120],
    [
      'a date by a clock that is an hour slow',
      { 'retry-after': 'Wed, 25 Nov 2026 11:00:00 GMT', date: 'Wed, 25 Nov 2026 09:00:00 GMT' },
      120,
    ],
    ['a date in the past', { 'retry-after': 'Wed, 25 Nov 2026 08:00:00 GMT' }, 0],
    ['ten years are cut to a day', { 'retry-after': '315360000' }, 1440],
    ['a far date is cut to a day', { 'retry-after': 'Wed, 25 Nov 2036 08:00:00 GMT' }, 1440],
    ['words', { 'retry-after': 'soon' }, null],
    ['a negative number', { 'retry-after': '-5' }, null],
  ])('%s', (_, headers, minutes) => {
    expect(parseRetryDelay(headers, now)).toBe(minutes);
  });
});

describe('backOffMinutes', () => {
  it.each([
    [1, 60, 0.5, 120],
    [2, 60, 0.5, 240],
    [3, 60, 0.5, 480],
    [1, 60, 0, 96],
    [5, 60, 0.5, 1440],
    [500, 60, 0.5, 1440],
    [9, 60, 0, 1152],
  ])('failure %i of an interval of %i min, dice %f: %f min', (failures, interval, dice, minutes) => {
    expect(computeBackOffMinutes(failures, interval, dice)).toBeCloseTo(minutes, 6);
  });
});
