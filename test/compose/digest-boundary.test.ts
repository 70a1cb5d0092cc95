import { describe, expect, it } from 'vitest';
import { type ClockOffset, findLastBoundary, findNextBoundary } from '../../src/compose/digest-boundary.js';
import { parseDigestTimes } from '../../src/config/digest-times.js';

const utc: ClockOffset = () => 0;
/** Clocks go forward by an hour on 29 March 2026, 01:00 UTC, and back on 25 October, 01:00 UTC. */
const summer: ClockOffset = (at) =>
  at >= new Date('2026-03-29T01:00:00Z') && at < new Date('2026-10-25T01:00:00Z') ? 180 : 120;

describe('a digest closes', () => {
  it.each([
    ['monday 06:00', '2026-11-26T05:00:00Z', '2026-11-23T06:00:00Z', '2026-11-30T06:00:00Z'],
    ['monday 06:00', '2026-11-30T06:00:00Z', '2026-11-30T06:00:00Z', '2026-12-07T06:00:00Z'],
    ['Monday, Thursday 6:30', '2026-11-26T06:29:59Z', '2026-11-23T06:30:00Z', '2026-11-26T06:30:00Z'],
    ['daily 00:00', '2026-11-26T00:00:01Z', '2026-11-26T00:00:00Z', '2026-11-27T00:00:00Z'],
    ['weekdays 23:59', '2026-11-28T12:00:00Z', '2026-11-27T23:59:00Z', '2026-11-30T23:59:00Z'],
    ['monthly 06:00', '2026-11-30T12:00:00Z', '2026-11-01T06:00:00Z', '2026-12-01T06:00:00Z'],
  ])('%s: around %s at %s and %s', (every, now, until, after) => {
    const times = parseDigestTimes(every)!;
    expect(findLastBoundary(times, new Date(now), utc).toISOString().replace('.000', '')).toBe(until);
    expect(findNextBoundary(times, new Date(now), utc).toISOString().replace('.000', '')).toBe(after);
  });

  it.each([
    ['daily 06:00', '2026-03-28T12:00:00Z', ['2026-03-29T03:00:00Z', '2026-03-30T03:00:00Z']],
    // Half past three does not exist on that day.
    ['daily 03:30', '2026-03-28T12:00:00Z', ['2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z']],
    // It occurs twice on this day.
    ['daily 03:30', '2026-10-24T12:00:00Z', ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z']],
    ['sunday 00:30', '2026-10-20T12:00:00Z', ['2026-10-24T21:30:00Z', '2026-10-31T22:30:00Z']],
  ])('%s by the clocks of its section, from %s on', (every, from, expected) => {
    const found: string[] = [];
    for (let at = new Date(from); found.length < 2; ) {
      at = findNextBoundary(parseDigestTimes(every)!, at, summer);
      found.push(at.toISOString().replace('.000', ''));
      expect(findLastBoundary(parseDigestTimes(every)!, at, summer)).toEqual(at);
    }
    expect(found).toEqual(expected);
  });

  it.each(['monday', '06:00', 'monday 24:00', 'someday 06:00', 'daily monday 06:00', '', 'monthly 6'])(
    'never at "%s"',
    (every) => {
      expect(parseDigestTimes(every)).toBeNull();
    },
  );
});
