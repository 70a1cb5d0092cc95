/** Stores the vector of an article as one blob. */
import type { ArticleVector } from '../../../model/story.js';
import { bytesOf, float32Of, int32Of, uint16Of } from './numbers.js';

/** The number of terms as 32 bits; then terms, weights and rarities with 32 bits each, titles and pairs with 16. */
export function vectorBytes({ terms, weights, rarities, titles, pairs }: ArticleVector): Uint8Array {
  const parts = [Int32Array.of(terms.length), terms, weights, rarities, titles, pairs];
  return Buffer.concat(parts.map(bytesOf));
}

export function vectorOf(bytes: Uint8Array): ArticleVector {
  const count = int32Of(bytes.subarray(0, 4))[0]!;
  const words = (from: number) => bytes.subarray(4 + 4 * count * from, 4 + 4 * count * (from + 1));
  const rest = uint16Of(bytes.subarray(4 + 12 * count));
  return {
    size: count,
    terms: int32Of(words(0)),
    weights: float32Of(words(1)),
    rarities: float32Of(words(2)),
    titles: rest.subarray(0, count),
    pairs: rest.subarray(count),
  };
}
