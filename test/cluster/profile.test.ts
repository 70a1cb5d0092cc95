import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addProfiles, createProfile, EMPTY_PROFILE, type Profile } from '../../src/cluster/profile.js';
import { findWeight } from '../../src/cluster/terms/vector.js';
import { aVector } from '../support/vectors.js';

const entries = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 })), {
  selector: ([term]) => term,
  maxLength: 25,
});

const termsOf = ({ size, terms }: Profile) => [...terms.subarray(0, size)];

describe('profiles', () => {
  it('add up term by term, in ascending order', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 6 }), (lists) => {
        const vectors = lists.map((list) => aVector(list, { titles: list.slice(0, 2).map(([term]) => term) }));
        const sum = vectors.map(createProfile).reduce(addProfiles, EMPTY_PROFILE);
        expect(termsOf(sum)).toEqual([...new Set(lists.flat().map(([term]) => term))].sort((a, b) => a - b));
        termsOf(sum).forEach((term, at) => {
          expect(findWeight(sum, term)).toBeCloseTo(
            vectors.reduce((total, vector) => total + findWeight(vector, term), 0),
            5,
          );
          expect(sum.counts[at]).toBe(vectors.filter(({ terms }) => terms.includes(term)).length);
          expect(sum.titles[at]).toBe(lists.filter((list) => list.slice(0, 2).some(([each]) => each === term)).length);
        });
        expect(sum.titleRarity).toBe(7 * lists.reduce((total, list) => total + Math.min(2, list.length), 0));
      }),
    );
  });

  it('are cut to their 120 strongest terms above 150', () => {
    const list = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => [from + at, 1000 - from - at] as const);
    const of = (from: number, to: number) => createProfile(aVector(list(from, to)));
    expect(addProfiles(of(0, 75), of(75, 150)).size).toBe(150);
    const cut = addProfiles(addProfiles(of(0, 75), of(75, 150)), of(150, 200));
    expect(cut.size).toBe(120);
    expect(termsOf(cut)).toEqual(termsOf(cut).sort((a, b) => a - b));
    expect(Math.min(...cut.weights.subarray(0, cut.size))).toBeGreaterThan(0);
  });

  it('grow in place as sums, and do not modify articles', () => {
    const [first, second] = [createProfile(aVector([[1, 3]])), createProfile(aVector([[2, 4]]))];
    const sum = addProfiles(first, second);
    expect(addProfiles(sum, first)).toBe(sum);
    expect([...sum.counts.subarray(0, sum.size)]).toEqual([2, 1]);
    expect([first.size, first.counts[0], second.size]).toEqual([1, 1, 1]);
  });
});
