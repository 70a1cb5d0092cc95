import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, findWeight, strongestTerms, type Vector } from '../../../src/cluster/terms/vector.js';
import { aVector } from '../../support/vectors.js';

const term = fc.integer({ min: -50, max: 50 });
const entries = fc.uniqueArray(fc.tuple(term, fc.integer({ min: 1, max: 9 })), {
  selector: ([term]) => term,
  maxLength: 60,
});
const slow = (a: Vector, b: Vector) => a.terms.reduce((sum, term, at) => sum + a.weights[at]! * findWeight(b, term), 0);

describe('vectors', () => {
  it('keep the strongest terms; ties: the smaller', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 32 }), (pairs, most) => {
        const expected = [...pairs].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
        const terms = expected.map(([term]) => term).sort((a, b) => a - b);
        expect([...strongestTerms(aVector(pairs), most)]).toEqual(terms);
      }),
    );
  });

  it('have a dot product equal to the sum over terms', () => {
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        expect(dot(aVector(a), aVector(b))).toBeCloseTo(slow(aVector(a), aVector(b)), 5);
      }),
    );
  });
});
