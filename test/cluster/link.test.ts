import { describe, expect, it } from 'vitest';
import { linkStrength } from '../../src/cluster/link.js';
import { dot } from '../../src/cluster/terms/vector.js';
import { aVector } from '../support/vectors.js';

const even = (...terms: number[]) => terms.map((term) => [term, 1] as const);

describe('linkStrength', () => {
  it('is the cosine of two articles that share several things', () => {
    const [a, b] = [aVector(even(1, 2, 3, 4)), aVector(even(1, 2, 3, 5))];
    expect(linkStrength(a, b)).toBeCloseTo(dot(a, b), 6);
  });

  it('counts a name of two adjacent words once', () => {
    const a = aVector(even(1, 2, 3, 4), { pairs: [[1, 2]] });
    const b = aVector(even(1, 2, 3, 5), { pairs: [[1, 2]] });
    expect(linkStrength(a, b)).toBeCloseTo(0.5, 6);
    const apart = aVector(even(1, 2, 3, 5), { pairs: [[1, 3]] });
    expect(linkStrength(a, apart)).toBeCloseTo(0.75, 6);
  });

  it('is weaker if only one word or one name is shared', () => {
    expect(linkStrength(aVector(even(1, 2)), aVector(even(1, 3)))).toBeCloseTo(0.35, 6);
    const name = { pairs: [[1, 2]] as const };
    expect(linkStrength(aVector(even(1, 2, 3, 4), name), aVector(even(1, 2, 5, 6), name))).toBeCloseTo(0.175, 6);
  });

  it('is 1 if one cites the other, or both cite one page', () => {
    const [a, b] = [aVector(even(1, 2), { pages: [7, -3] }), aVector(even(3, 4), { pages: [9, 7] })];
    expect(linkStrength(a, b)).toBe(1);
    expect(linkStrength(a, aVector(even(3, 4), { pages: [8] }))).toBe(0);
  });

  it('is 0 if hardly anything is shared', () => {
    expect(linkStrength(aVector(even(1, 2)), aVector(even(3, 4)))).toBe(0);
    expect(linkStrength(aVector([...even(1), [2, 20]]), aVector([...even(1), [3, 20]]))).toBe(0);
  });
});
