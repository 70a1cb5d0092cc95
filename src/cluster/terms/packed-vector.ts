/** Packs the vector of an article into one array of bytes: as five arrays of numbers it would take more room than its numbers do. */
import type { ArticleVector, PackedVector } from '../../model/story.js';
import { Arena } from '../arena.js';

const arena = new Arena();

/** The number of terms as 32 bits; then terms, weights and rarities with 32 bits each, titles and pairs with 16. */
export function packVector({ terms, weights, rarities, titles, pairs }: Omit<ArticleVector, 'size'>): PackedVector {
  const { length } = terms;
  const packed = arena.take(4 + 14 * length + 2 * pairs.length);
  const { buffer, byteOffset: at } = packed;
  new Int32Array(buffer, at, 1)[0] = length;
  new Int32Array(buffer, at + 4, length).set(terms);
  const numbers = new Float32Array(buffer, at + 4 + 4 * length, 2 * length);
  numbers.set(weights);
  numbers.set(rarities, length);
  const rest = new Uint16Array(buffer, at + 4 + 12 * length, length + pairs.length);
  rest.set(titles);
  rest.set(pairs, length);
  return packed;
}

/** Its arrays are parts of `packed`. */
export function unpackVector({ buffer, byteOffset: at, byteLength }: PackedVector): ArticleVector {
  const size = new Int32Array(buffer, at, 1)[0]!;
  const rest = at + 4 + 12 * size;
  return {
    size,
    terms: new Int32Array(buffer, at + 4, size),
    weights: new Float32Array(buffer, at + 4 + 4 * size, size),
    rarities: new Float32Array(buffer, at + 4 + 8 * size, size),
    titles: new Uint16Array(buffer, rest, size),
    pairs: new Uint16Array(buffer, rest + 2 * size, (byteLength - 4 - 14 * size) / 2),
  };
}
