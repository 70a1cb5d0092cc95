import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, takeTurns } from '../../src/model/take-turns.js';

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
