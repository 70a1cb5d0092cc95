import { describe, expect, it } from 'vitest';
import { findAllowedTime, isSkipped } from '../../src/politeness/skipped-times.js';

const weekend = { skipHours: [], skipDays: ['Saturday', 'Sunday'] };
const noon = { skipHours: [12, 13, 14], skipDays: [] };

// RSS 2.0: hours are GMT, days English names.
describe('skipped hours and days', () => {
  it.each([
    ['2026-11-27T23:59:00Z', weekend, '2026-11-27T23:59:00Z'],
    ['2026-11-28T00:00:00Z', weekend, '2026-11-30T00:00:00Z'],
    ['2026-11-29T15:30:00Z', weekend, '2026-11-30T00:00:00Z'],
    ['2026-11-25T12:30:10Z', noon, '2026-11-25T15:00:00Z'],
    ['2026-11-25T15:00:00Z', noon, '2026-11-25T15:00:00Z'],
    ['2026-11-28T12:00:00Z', { skipHours: [0, 1], skipDays: weekend.skipDays }, '2026-11-30T02:00:00Z'],
    [
      '2026-11-25T12:00:00Z',
      { skipHours: Array.from({ length: 24 }, (_, i) => i), skipDays: [] },
      '2026-11-25T12:00:00Z',
    ],
  ])('%s with %j: %s', (at, skips, expected) => {
    expect(findAllowedTime(new Date(at), skips)).toEqual(new Date(expected));
  });

  it('do not affect other hours', () => {
    expect(isSkipped(new Date('2026-11-25T11:59:59Z'), noon)).toBe(false);
    expect(isSkipped(new Date('2026-11-25T12:00:00Z'), noon)).toBe(true);
  });
});
