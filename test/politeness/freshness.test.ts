import { describe, expect, it } from 'vitest';
import { computeFreshMinutes } from '../../src/politeness/freshness.js';

// RFC 9111 4.2, 5.2.2, 5.3
describe('freshMinutes', () => {
  const date = 'Wed, 25 Nov 2026 10:00:00 GMT';
  it.each<[string, Record<string, string>, number | null]>([
    ['nothing said', {}, null],
    ['max-age', { 'cache-control': 'public, max-age=3600' }, 60],
    ['max-age in quotes and capitals', { 'cache-control': 'Max-Age="3600"' }, 60],
    ['max-age less Age', { 'cache-control': 'max-age=3600', age: '600' }, 50],
    ['an Age beyond max-age', { 'cache-control': 'max-age=60', age: '600' }, null],
    ['max-age=0', { 'cache-control': 'max-age=0, must-revalidate' }, null],
    ['no-cache means revalidate', { 'cache-control': 'no-cache, max-age=3600' }, null],
    ['no-cache of one field does not affect the whole', { 'cache-control': 'no-cache="set-cookie", max-age=3600' }, 60],
    ['no-store', { 'cache-control': 'no-store' }, null],
    ['s-maxage is for shared caches', { 'cache-control': 's-maxage=7200' }, null],
    ['Expires less Date', { expires: 'Wed, 25 Nov 2026 14:00:00 GMT', date }, 240],
    [
      'max-age overrides Expires',
      { 'cache-control': 'max-age=600', expires: 'Wed, 25 Nov 2026 14:00:00 GMT', date },
      10,
    ],
    ['Expires: 0', { expires: '0', date }, null],
    ['Expires: -1', { expires: '-1', date }, null],
    ['Expires in the past', { expires: 'Wed, 25 Nov 2026 09:00:00 GMT', date }, null],
    ['Expires without a Date', { expires: 'Wed, 25 Nov 2026 14:00:00 GMT' }, null],
    ['RFC 850 dates', { expires: 'Wednesday, 25-Nov-26 11:00:00 GMT', date }, 60],
    ['asctime dates mean GMT', { expires: 'Wed Nov 25 11:00:00 2026', date }, 60],
  ])('%s', (_, headers, minutes) => {
    expect(computeFreshMinutes(headers)).toBe(minutes);
  });
});
