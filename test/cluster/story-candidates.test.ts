import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesPerArticle, selectCandidates } from '../../src/cluster/story-candidates.js';
import type { Vector } from '../../src/cluster/terms/vector.js';
import type { TermHit } from '../../src/model/story.js';

const anyTerm = fc.integer({ min: 1, max: 13 });
const anyHits = fc.uniqueArray(
  fc.record({ term: anyTerm, story: fc.nat(60), weight: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
  {
    selector: ({ term, story }) => `${term} ${story}`,
    maxLength: 400,
  },
);
const anyVector = fc.uniqueArray(anyTerm, { maxLength: 8 }).map(
  (terms): Vector => ({
    size: terms.length,
    terms: Int32Array.from(terms).sort(),
    weights: Float32Array.from(terms, (_, i) => 1 / (i + 1)),
  }),
);

/** The expected result: each article ranks all its candidates. */
function ranked(vectors: readonly Vector[], hits: readonly TermHit[]): Set<number> {
  return new Set(
    vectors.flatMap(({ terms, weights }) => {
      const scores = new Map<number, number>();
      terms.forEach((term, at) => {
        for (const { story, weight } of hits.filter((hit) => hit.term === term))
          scores.set(story, (scores.get(story) ?? 0) + weight * weights[at]!);
      });
      const order = [...scores].sort(([a, x], [b, y]) => y - x || a - b);
      return order.slice(0, candidatesPerArticle).map(([story]) => story);
    }),
  );
}

describe('selectCandidates', () => {
  it('are those that each article ranks first, whatever others chose before', () => {
    fc.assert(
      fc.property(fc.array(anyVector, { maxLength: 8 }), anyHits, (vectors, hits) => {
        const stories = selectCandidates(vectors, hits);
        expect(new Set(stories)).toEqual(ranked(vectors, hits));
        expect(stories).toHaveLength(new Set(stories).size);
      }),
      { numRuns: 300 },
    );
  });

  it('returns the best stories for an article', () => {
    const hits = Array.from({ length: 50 }, (_, i) => ({ term: 1, story: 100 + i, weight: 0.5 + i / 1000 }));
    const vector = { size: 1, terms: Int32Array.of(1), weights: Float32Array.of(1) };
    const best = Array.from({ length: candidatesPerArticle }, (_, i) => 149 - i);
    expect(new Set(selectCandidates([vector], hits))).toEqual(new Set(best));
  });
});
