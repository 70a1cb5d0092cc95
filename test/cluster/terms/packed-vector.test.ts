import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packVector, unpackVector } from '../../../src/cluster/terms/packed-vector.js';
import { aVector } from '../../support/vectors.js';

describe('a packed vector', () => {
  it('unpacks to the same vector, also from a shared buffer', () => {
    const weights = fc.uniqueArray(fc.tuple(fc.integer(), fc.double({ min: 0.1, max: 9, noNaN: true })), {
      selector: ([term]) => term,
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.array(weights, { maxLength: 5 }), (lists) => {
        const vectors = lists.map((list) => {
          const terms = list.map(([term]) => term);
          const pairs = terms.slice(1).map((term, at) => [terms[at]!, term] as const);
          return aVector(list, { titles: terms.slice(0, 3), pairs, pages: terms.slice(2) });
        });
        const packed = vectors.map(packVector);
        expect(packed.map(unpackVector)).toEqual(vectors);
      }),
    );
  });
});
