/** Builds vectors of articles from weights by term. */
import type { ArticleVector } from '../../src/model/story.js';

/** Scaled to length 1. All terms are rare; `titles` are in the title, `pairs` adjacent. */
export function aVector(
  weights: readonly (readonly [term: number, weight: number])[],
  {
    titles = [],
    pairs = [],
    pages = [],
  }: { titles?: readonly number[]; pairs?: readonly (readonly [number, number])[]; pages?: readonly number[] } = {},
): ArticleVector {
  const sorted = [...weights].sort(([a], [b]) => a - b);
  const length = Math.sqrt(sorted.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  const place = (term: number) => sorted.findIndex(([each]) => each === term);
  const codes = pairs.map(([a, b]) => {
    const [first, second] = [place(a), place(b)].sort((x, y) => x - y);
    return (first! << 8) | second!;
  });
  return {
    size: sorted.length,
    terms: Int32Array.from(sorted, ([term]) => term),
    weights: Float32Array.from(sorted, ([, weight]) => weight / length),
    rarities: new Float32Array(sorted.length).fill(7),
    titles: Uint16Array.from(sorted, ([term]) => (titles.includes(term) ? 1 : 0)),
    pairs: Uint16Array.from(codes).sort(),
    pages: Int32Array.from(pages).sort(),
  };
}
