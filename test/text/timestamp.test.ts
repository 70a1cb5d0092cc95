import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatRfc822, formatRfc3339 } from '../../src/text/timestamp.js';

it('writes whole seconds in UTC', () => {
  const date = new Date('2026-03-01T04:05:06.789Z');
  expect(formatRfc3339(date)).toBe('2026-03-01T04:05:06Z');
  expect(formatRfc822(date)).toBe('Sun, 01 Mar 2026 04:05:06 +0000');
});

it('reads back as the same second', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const second = Math.floor(date.getTime() / 1000) * 1000;
      expect(Date.parse(formatRfc3339(date))).toBe(second);
      expect(Date.parse(formatRfc822(date))).toBe(second);
    }),
  );
});

it('throws for an invalid date', () => {
  for (const write of [formatRfc3339, formatRfc822]) expect(() => write(new Date(Number.NaN))).toThrow(RangeError);
});
