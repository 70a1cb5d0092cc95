import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dot,
  LaidOut,
  length,
  Sum,
  strongestTerms,
  unitVector,
  type Vector,
  weightOf,
} from '../../src/cluster/vector.js';

// Some meet in the table of `LaidOut`; none is 0, as of `termOf`.
const term = fc.integer({ min: -50, max: 50 }).map((n) => (n > 40 ? n + 984 : n || 51));
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

  it('multiply to the same last bit where one is laid out for many', () => {
    const laidOut = new LaidOut();
    const lists = fc.array(entries, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lists, lists, (asked, others) => {
        for (const vector of asked.map((list) => unit(list))) {
          laidOut.lay(vector);
          for (const other of others.map((list) => unit(list))) expect(laidOut.dot(other)).toBe(dot(vector, other));
        }
      }),
    );
  });

  it('add up', () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 6 }), (lists) => {
        const [first, ...rest] = lists.map((list) => unit(list));
        const sum = new Sum(first!, 1000);
        for (const vector of rest) sum.add(vector);
        for (let term = -50; term <= 50; term += 1) {
          const expected = lists.reduce((total, list) => total + weightOf(unit(list), term), 0);
          expect(weightOf(sum.vector, term)).toBeCloseTo(expected, 5);
        }
        expect([...sum.vector.terms]).toEqual([...sum.vector.terms].sort((a, b) => a - b));
      }),
    );
  });

  it('are cut to their strongest when they have grown by a quarter', () => {
    const sum = new Sum(unit([[1, 5]]), 4);
    for (let term = 2; term <= 6; term += 1) sum.add(unit([[term, term]]));
    expect(sum.vector.terms).toHaveLength(4);
    expect(weightOf(sum.vector, 1)).toBe(1);
  });
});
