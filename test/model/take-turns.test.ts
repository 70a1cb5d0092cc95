import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, isCrowdedHead, shareHead, takeTurns } from '../../src/model/take-turns.js';

const NOON = Date.UTC(2026, 10, 24, 12);
const at = (sourceId: string, minutesAgo: number): Candidate => ({
  sourceId,
  publishedAt: new Date(NOON - minutesAgo * 60_000),
});
const newestFirst = (all: readonly Candidate[]) =>
  [...all].sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime());
const count = (list: readonly Candidate[], of: string) => list.filter(({ sourceId }) => sourceId === of).length;

describe('places in a full list', () => {
  const loud = Array.from({ length: 300 }, (_, n) => at('loud', n));
  const others = Array.from({ length: 60 }, (_, n) => at(`paper-${n % 6}`, 5 * n + 2));

  it('go to a source with 60 articles an hour for a third, in the same order', () => {
    const all = newestFirst([...loud, ...others]);
    const shown = takeTurns(all, 50);
    expect(shown).toHaveLength(50);
    expect(count(shown, 'loud')).toBe(17);
    expect(shown).toEqual(newestFirst(shown));
    expect(
      takeTurns(
        [...all].reverse().sort((a, b) => all.indexOf(a) - all.indexOf(b)),
        50,
      ),
    ).toEqual(shown);
  });

  it('go to it as long as nobody else has news', () => {
    expect(takeTurns(loud, 50)).toEqual(loud.slice(0, 50));
    expect(count(takeTurns(newestFirst([...loud, ...others.slice(0, 3)]), 50), 'loud')).toBe(47);
  });

  it('are the newest if no source has more than a third', () => {
    const even = newestFirst(others);
    expect(takeTurns(even, 50)).toEqual(even.slice(0, 50));
  });

  it('are filled, in order, with at most a third of one source while others wait', () => {
    const candidate = fc
      .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat({ max: 600 }))
      .map(([id, ago]) => at(id, ago));
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 80 }), fc.integer({ min: 1, max: 30 }), (all, limit) => {
        const sorted = newestFirst(all);
        const shown = takeTurns(sorted, limit);
        expect(shown).toHaveLength(Math.min(limit, sorted.length));
        expect(shown).toEqual(sorted.filter((one) => shown.includes(one)));
        const most = Math.ceil(limit / 3);
        const left = sorted.filter((one) => !shown.includes(one));
        for (const id of new Set(shown.map(({ sourceId }) => sourceId)))
          if (count(shown, id) > most)
            for (const other of new Set(left.map(({ sourceId }) => sourceId)))
              expect(other === id || count(shown, other) >= most).toBe(true);
      }),
    );
  });
});

describe('places in a head', () => {
  const papers = Array.from({ length: 60 }, (_, n) => at(`paper-${n % 6}`, 30 * n + 2));
  const each = (sourceId: string, hours: number, length: number) =>
    Array.from({ length }, (_, n) => at(sourceId, 60 * hours * n));

  it('go to a source with 60 articles an hour for a third', () => {
    const all = newestFirst([...each('loud', 1 / 60, 300), ...papers]);
    expect(isCrowdedHead(all.slice(0, 50), 50)).toBe(true);
    const shown = shareHead(all, 50);
    expect([shown.length, count(shown, 'loud')]).toEqual([50, 17]);
    expect(shown).toEqual(newestFirst(shown));
    expect(shown.filter(({ sourceId }) => sourceId === 'loud')).toEqual(each('loud', 1 / 60, 17));
  });

  it('are shared out in turns among many busy sources, so that one article of another enters', () => {
    const busy = ['a', 'b', 'c', 'd'].flatMap((id) => each(id, 1 / 60, 50));
    const shown = shareHead(newestFirst([...busy, at('quiet', 55)]), 50);
    expect(['a', 'b', 'c', 'd', 'quiet'].map((id) => count(shown, id))).toEqual([13, 12, 12, 12, 1]);
  });

  it('are the newest for a daily source among weekly ones, and for one source', () => {
    const daily = newestFirst([...each('daily', 24, 60), ...each('weekly', 168, 20), ...each('monthly', 720, 20)]);
    expect(isCrowdedHead(daily.slice(0, 50), 50)).toBe(false);
    const loud = each('loud', 1 / 60, 300);
    expect(shareHead(loud, 50)).toEqual(loud.slice(0, 50));
  });

  it('do not limit a daily source if another floods', () => {
    const all = newestFirst([...each('daily', 24, 60), ...each('weekly', 168, 20), ...each('loud', 1 / 60, 100)]);
    const shown = shareHead(all, 50);
    expect([count(shown, 'loud'), count(shown, 'daily')]).toEqual([17, 29]);
  });
});
