import { describe, expect, it } from 'vitest';
import { computeDueTime, computeInterval, createScheduleWarning } from '../../src/politeness/schedule.js';
import { aSource, aState } from '../support/sources.js';

const now = new Date('2026-11-25T10:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const DAY = 1440;
/** Twenty articles, one every `gap` minutes, the newest `quiet` minutes old, all in the document. */
const posts = (gap: number, quiet = gap) => ({
  recentDates: Array.from({ length: 20 }, (_, i) => ago(quiet + i * gap)),
  newestArticleAt: ago(quiet),
  oldestItemAt: ago(quiet + 19 * gap),
});

describe('intervalMinutes', () => {
  it.each([
    ['nothing known: an hour', {}, null, 60],
    ['hourly posts: not more often than hourly', posts(60), null, 60],
    ['a post every ten hours: half of it', posts(600), null, 300],
    ['a post every three days: at most a day', posts(3 * DAY), null, DAY],
    ['quiet for a week', posts(60, 7 * DAY), null, 6 * 60],
    ['quiet for two weeks', posts(60, 14 * DAY), null, 12 * 60],
    ['quiet for a month', posts(60, 30 * DAY), null, DAY],
    ['a wire that scrolls out within an hour: half of its window', posts(3), null, 30],
    ['never faster than a quarter of an hour', posts(1), null, 15],
    ['max-age and ttl win', { ...posts(3), askedMinutes: 240 }, null, 240],
    ['a wish of a source beyond a day is cut', { askedMinutes: 10_000 }, null, DAY],
    ['the editor may hurry', posts(600), 20, 20],
    ['but not below five minutes', {}, 1, 5],
    ['nor against the source', { askedMinutes: 90 }, 20, 90],
    ['nor a source that sleeps', posts(60, 8 * DAY), 20, 6 * 60],
    ['the editor may be slower than a wire', posts(3), 120, 120],
  ])('%s', (_, habit, every, minutes) => {
    expect(computeInterval(aState(habit), aSource({ every }), now)).toBe(minutes);
  });

  it('reads a file in each run', () => {
    expect(computeInterval(aState(), aSource({ url: 'file:///srv/feed.xml' }), now)).toBe(0);
    expect(computeInterval(aState(), aSource({ url: 'file:///srv/feed.xml', every: 30 }), now)).toBe(30);
  });
});

describe('dueAt', () => {
  const asked = { lastAttemptAt: now, lastSuccessAt: now, nextAttemptAt: new Date(now.getTime() + 3_600_000) };
  const minutes = (state: object, runEvery: number | null, source = aSource()) => {
    const due = computeDueTime(aState({ ...asked, ...state }, source), source, runEvery);
    return due === null ? null : (due.getTime() - now.getTime()) / 60_000;
  };

  it('is now for a source that was never requested', () => {
    expect(computeDueTime(aState(), aSource(), null)).toBeNull();
  });

  it('is slightly early if runs are rare, so that an hourly cron reads every hour', () => {
    expect(minutes({}, 60)).toBeCloseTo(58.8, 6);
    expect(minutes({}, null)).toBeCloseTo(58.8, 6);
  });

  it('is never earlier than the source requests', () => {
    expect(minutes({ askedMinutes: 60 }, 60)).toBe(60);
  });

  it('has up to 10 % jitter if runs are frequent, never early', () => {
    const all = Array.from({ length: 50 }, (_, i) => minutes({}, 5, aSource({ id: `s${i}` }))!);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...all)).toBeLessThanOrEqual(66.02);
    expect(Math.max(...all) - Math.min(...all)).toBeGreaterThan(4);
  });

  it('applies a changed "every" at once', () => {
    expect(minutes({}, null, aSource({ every: 10 }))).toBeCloseTo(9.8, 6);
  });

  it('is the stored time after a failure', () => {
    expect(minutes({ failures: 1 }, 5)).toBe(60);
  });

  it('falls on whole seconds', () => {
    const due = computeDueTime(aState({ ...asked, lastAttemptAt: new Date(now.getTime() + 123) }), aSource(), 5);
    expect(due!.getTime() % 1000).toBe(0);
  });
});

describe('scheduleWarning', () => {
  it('warns if "every" is so long that articles may be missed', () => {
    const state = aState({ ...posts(6), lastSuccessAt: now });
    expect(createScheduleWarning(state, aSource({ every: 120 }))).toMatch(
      /"every" is 120 min, but at most 60 min is safe/,
    );
    expect(createScheduleWarning(state, aSource({ every: 60 }))).toBeNull();
    expect(createScheduleWarning(state, aSource())).toBeNull();
  });
});
