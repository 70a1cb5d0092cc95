import { describe, expect, it } from 'vitest';
import { findOffset } from '../../../../src/model/page.js';
import { addFutureOffsets, settleZone } from '../../../../src/pipeline/publish/pages/zone-offsets.js';

const seconds = (iso: string) => Date.parse(iso) / 1000;
const offset = (zone: string, iso: string) =>
  findOffset(settleZone(zone, null, seconds('2026-12-01T00:00:00Z')), new Date(iso));

describe('zone offsets', () => {
  it.each([
    ['Europe/Kyiv', '2026-03-29T00:59:59Z', 120],
    ['Europe/Kyiv', '2026-03-29T01:00:00Z', 180],
    ['Europe/Kyiv', '2026-10-25T00:59:59Z', 180],
    ['Europe/Kyiv', '2026-10-25T01:00:00Z', 120],
    ['America/St_Johns', '2026-07-01T00:00:00Z', -150],
    ['America/St_Johns', '2026-01-01T00:00:00Z', -210],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 345],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', -600],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', 840],
    ['Africa/Casablanca', '2024-03-20T12:00:00Z', 0],
    ['Africa/Casablanca', '2024-04-20T12:00:00Z', 60],
    ['UTC', '2026-07-01T00:00:00Z', 0],
  ])('%s at %s', (zone, iso, minutes) => expect(offset(zone, iso)).toBe(minutes));

  it('agree with Intl at every hour around the changes of 30 years', () => {
    for (const timeZone of ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
      const zone = settleZone(timeZone, null, seconds('2026-12-01T00:00:00Z'));
      const hour = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
      for (const [from] of zone.offsets) {
        for (const second of [from - 3600, from - 1, from, from + 3600]) {
          if (second < seconds('1996-01-01T00:00:00Z')) continue;
          const local = new Date((second + 60 * findOffset(zone, new Date(second * 1000))) * 1000).toISOString();
          expect([timeZone, second, hour.format(second * 1000)]).toEqual([timeZone, second, local.slice(11, 16)]);
        }
      }
    }
  });

  it('stay settled when a later Node version has other data', () => {
    const until = seconds('2026-11-01T00:00:00Z');
    const settled = { name: 'Europe/Kyiv', offsets: [[0, 60]] as const, until };
    expect(settleZone('Europe/Kyiv', settled, until - 1)).toBe(settled);
    const later = settleZone('Europe/Kyiv', settled, seconds('2027-06-01T00:00:00Z'));
    expect(findOffset(later, new Date('2026-10-31T00:00:00Z'))).toBe(60);
    expect(findOffset(later, new Date('2027-05-01T00:00:00Z'))).toBe(180);
    expect(later.offsets[0]).toEqual([0, 60]);
  });

  it('are computed again for another zone', () => {
    const kyiv = settleZone('Europe/Kyiv', null, seconds('2026-11-01T00:00:00Z'));
    const utc = settleZone('UTC', kyiv, seconds('2026-11-01T00:00:00Z'));
    expect(utc).toMatchObject({ name: 'UTC', offsets: [] });
    expect(settleZone('Europe/Kyiv', utc, seconds('2026-11-01T00:00:00Z'))).toEqual(kyiv);
  });

  it('cover times ahead of the news', () => {
    const zone = settleZone('Europe/Kyiv', null, seconds('2026-11-01T00:00:00Z'));
    expect(findOffset(addFutureOffsets(zone), new Date('2027-07-01T00:00:00Z'))).toBe(180);
    expect(findOffset(zone, new Date('2027-07-01T00:00:00Z'))).toBe(120);
  });
});
