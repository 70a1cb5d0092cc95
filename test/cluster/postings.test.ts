import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Postings, storiesPerTerm } from '../../src/cluster/postings.js';
import { findWeight } from '../../src/cluster/terms/vector.js';
import { aVector } from '../support/vectors.js';

/** A key of a story: a term and its weight. */
const key = fc.record({ term: fc.integer({ min: 1, max: 5 }), weight: fc.constantFrom(0.25, 0.5, 0.75) });

describe('postings', () => {
  it('find the same stories as adding up all scores', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 900 }), fc.integer({ min: 1, max: 9 }), (keys, most) => {
        const asked = aVector([
          [1, 1],
          [3, 2],
          [5, 3],
        ]);
        const postings = new Postings();
        const entries = keys.map((each, at) => ({ ...each, number: at % 40 }));
        for (const { term, number, weight } of entries) postings.add(term, number, weight);
        const scores = new Map<number, number>();
        for (const term of asked.terms) {
          const newest = entries.filter((entry) => entry.term === term).slice(-storiesPerTerm);
          for (const { number, weight } of newest.reverse()) {
            scores.set(number, (scores.get(number) ?? 0) + findWeight(asked, term) * weight);
          }
        }
        const wanted = (number: number) => number % 3 !== 0;
        const ranked = [...scores].filter(([number]) => wanted(number)).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
        const best = ranked.slice(0, most).map(([number]) => number);
        expect(postings.best(asked, asked.terms, most, wanted)).toEqual(best.sort((a, b) => a - b));
      }),
    );
  });

  it('find each story once, and none without a weight', () => {
    const postings = new Postings();
    const weights = [0.5, 0, Number.NaN, 0.4];
    for (const term of [1, 2]) for (const [number, weight] of weights.entries()) postings.add(term, number, weight);
    const asked = aVector([
      [1, 0],
      [2, 1],
    ]);
    expect(postings.best(asked, asked.terms, 9, () => true)).toEqual([0, 3]);
  });
});
