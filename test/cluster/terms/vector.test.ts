import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addVectors,
  dot,
  length,
  strongestTerms,
  unitVector,
  type Vector,
  weightOf,
} from '../../../src/cluster/terms/vector.js';

const term = fc.integer({ min: -50, max: 50 });
const entries = fc.uniqueArray(fc.tuple(term, fc.integer({ min: 1, max: 9 })), {
  selector: ([term]) => term,
  maxLength: 60,
});
const unit = (pairs: readonly (readonly [number, number])[], most = 100): Vector =>
  unitVector(
    Int32Array.from(pairs, ([term]) => term),
    Float32Array.from(pairs, ([, weight]) => weight),
    most,
  );

const slow = (a: Vector, b: Vector) => a.terms.reduce((sum, term, at) => sum + a.weights[at]! * weightOf(b, term), 0);

describe('vectors', () => {
  it('have length 1 and ascending terms', () => {
    fc.assert(
      fc.property(entries, (pairs) => {
        const vector = unit(pairs);
        expect([...vector.terms]).toEqual(pairs.map(([term]) => term).sort((a, b) => a - b));
        expect(length(vector)).toBeCloseTo(pairs.length === 0 ? 0 : 1, 5);
      }),
    );
  });

  it('keep the strongest, of equal ones the smaller term', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 50 }), (pairs, most) => {
        const expected = [...pairs].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
        const terms = expected.map(([term]) => term).sort((a, b) => a - b);
        expect([...unit(pairs, most).terms]).toEqual(terms);
        expect([...strongestTerms(unit(pairs), most)]).toEqual(terms);
      }),
    );
  });

  it('multiply as they would term by term', () => {
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        expect(dot(unit(a), unit(b))).toBeCloseTo(slow(unit(a), unit(b)), 5);
      }),
    );
  });

  it('add up', () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 6 }), (lists) => {
        const [first, ...rest] = lists.map((list) => unit(list));
        const sum = rest.reduce((total, vector) => addVectors(total, vector, 1000), first!);
        for (let term = -50; term <= 50; term += 1) {
          const expected = lists.reduce((total, list) => total + weightOf(unit(list), term), 0);
          expect(weightOf(sum, term)).toBeCloseTo(expected, 5);
        }
        expect([...sum.terms]).toEqual([...sum.terms].sort((a, b) => a - b));
      }),
    );
  });

  it('are cut to their strongest when they have grown by a quarter', () => {
    let sum = unit([[1, 5]]);
    for (let term = 2; term <= 6; term += 1) sum = addVectors(sum, unit([[term, term]]), 4);
    expect(sum.terms).toHaveLength(4);
    expect(weightOf(sum, 1)).toBe(1);
  });
});
