import { describe, expect, it } from 'vitest';
import { canTakeWaiting, countAllowedNews, recordNews } from '../../src/politeness/daily-news.js';

const NONE = { newsByDay: [], newsWaitsUntil: null };
const day = (n: number) => new Date(Date.UTC(2026, 0, n, 13));

/** The state after so many articles on each of these days, within each day's limit. */
function afterDays(counts: readonly number[], limit = 300) {
  return counts.reduce<Parameters<typeof countAllowedNews>[0]>((state, count, i) => {
    const taken = Math.min(count, countAllowedNews(state, limit, day(i + 1)));
    return recordNews(state, taken, count - taken, day(i + 1));
  }, NONE);
}

describe('newsAllowed', () => {
  it('decreases during a day and resets on the next', () => {
    const once = recordNews(NONE, 200, 0, day(1));
    expect(countAllowedNews(once, 300, day(1))).toBe(100);
    expect(countAllowedNews(recordNews(once, 100, 50, day(1)), 300, day(1))).toBe(0);
    expect(countAllowedNews(once, 300, day(2))).toBe(300);
  });

  it('is three times the usual day of a source', () => {
    expect(countAllowedNews(afterDays(Array(7).fill(250)), 300, day(9))).toBe(750);
    expect(countAllowedNews(afterDays([1, 2, 3, 250, 250, 4]), 300, day(9))).toBe(300);
  });

  it('does not grow after a flood', () => {
    expect(countAllowedNews(afterDays(Array(28).fill(20_000)), 300, day(29))).toBe(300);
  });

  it('ignores days recorded by a wrong clock', () => {
    const ahead = recordNews(recordNews(NONE, 300, 100, day(1)), 10, 0, day(400));
    expect(countAllowedNews(ahead, 300, day(2))).toBe(300);
    expect(recordNews(ahead, 5, 0, day(2)).newsByDay).toEqual([{ day: expect.any(Number), taken: 5, full: false }]);
  });
});

describe('waiting articles', () => {
  it('may be taken at once if the limit is raised', () => {
    expect(canTakeWaiting(recordNews(NONE, 300, 5, day(2)), 301, day(2))).toBe(true);
  });

  it('may be taken from the next day, even after a wrong clock', () => {
    const waiting = recordNews(NONE, 300, 5, day(2));
    expect(canTakeWaiting(waiting, 300, day(2))).toBe(false);
    expect(canTakeWaiting(waiting, 300, day(3))).toBe(true);
    expect(canTakeWaiting(recordNews(NONE, 300, 5, day(366)), 300, day(2))).toBe(true);
    expect(canTakeWaiting(NONE, 300, day(2))).toBe(false);
  });
});
