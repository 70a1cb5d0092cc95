import { describe, expect, it } from 'vitest';
import { parseHttpDate } from '../../src/politeness/http-date.js';

// RFC 9110 5.6.7: the three forms, and similar invalid ones.
describe('parseHttpDate', () => {
  it.each<[string | undefined, string | null]>([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
    ['Sun, 06 Nov 1994 08:49:37 +0100', '1994-11-06T07:49:37.000Z'],
    [undefined, null],
    ['', null],
    ['0', null],
    ['-1', null],
    ['120', null],
    ['soon', null],
    ['next Monday', null],
  ])('%s', (value, expected) => {
    expect(parseHttpDate(value)?.toISOString() ?? null).toBe(expected);
  });
});
