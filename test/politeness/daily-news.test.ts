import { describe, expect, it } from 'vitest';
import { afterNews, mayTakeWaiting, newsAllowed } from '../../src/politeness/daily-news.js';

const NONE = { newsByDay: [], newsWaitsUntil: null };
const day = (n: number) => new Date(Date.UTC(2026, 0, n, 13));

/** The state after so many articles on each of these days, within each day's limit. */
function afterDays(counts: readonly number[], limit = 300) {
  return counts.reduce<Parameters<typeof newsAllowed>[0]>((state, count, i) => {
    const taken = Math.min(count, newsAllowed(state, limit, day(i + 1)));
    return afterNews(state, taken, count - taken, day(i + 1));
  }, NONE);
}

describe('newsAllowed', () => {
  it('decreases during a day and resets on the next', () => {
    const once = afterNews(NONE, 200, 0, day(1));
    expect(newsAllowed(once, 300, day(1))).toBe(100);
    expect(newsAllowed(afterNews(once, 100, 50, day(1)), 300, day(1))).toBe(0);
    expect(newsAllowed(once, 300, day(2))).toBe(300);
  });

  it('is three times the usual day of a source', () => {
    expect(newsAllowed(afterDays(Array(7).fill(250)), 300, day(9))).toBe(750);
    expect(newsAllowed(afterDays([1, 2, 3, 250, 250, 4]), 300, day(9))).toBe(300);
  });

  it('does not grow after a flood', () => {
    expect(newsAllowed(afterDays(Array(28).fill(20_000)), 300, day(29))).toBe(300);
  });

  it('ignores days recorded by a wrong clock', () => {
    const ahead = afterNews(afterNews(NONE, 300, 100, day(1)), 10, 0, day(400));
    expect(newsAllowed(ahead, 300, day(2))).toBe(300);
    expect(afterNews(ahead, 5, 0, day(2)).newsByDay).toEqual([{ day: expect.any(Number), taken: 5, full: false }]);
  });
});

describe('waiting articles', () => {
  it('may be taken at once if the limit is raised', () => {
    expect(mayTakeWaiting(afterNews(NONE, 300, 5, day(2)), 301, day(2))).toBe(true);
  });

  it('may be taken from the next day, even after a wrong clock', () => {
    const waiting = afterNews(NONE, 300, 5, day(2));
    expect(mayTakeWaiting(waiting, 300, day(2))).toBe(false);
    expect(mayTakeWaiting(waiting, 300, day(3))).toBe(true);
    expect(mayTakeWaiting(afterNews(NONE, 300, 5, day(366)), 300, day(2))).toBe(true);
    expect(mayTakeWaiting(NONE, 300, day(2))).toBe(false);
  });
});
