/** Packs the vector of an article into one array of bytes, which takes less memory than five arrays. */
import type { ArticleVector, PackedVector } from '../../model/story.js';
import { Arena } from '../arena.js';

const arena = new Arena();
const NO_PAGES = new Int32Array(0);

/** Layout: two 16-bit sizes; terms, weights, rarities and pages with 32 bits each; titles and pairs with 16. */
export function packVector({
  terms,
  weights,
  rarities,
  titles,
  pairs,
  pages,
}: Omit<ArticleVector, 'size'>): PackedVector {
  const { length } = terms;
  const packed = arena.take(4 + 14 * length + 4 * pages.length + 2 * pairs.length);
  const { buffer, byteOffset: at } = packed;
  new Int32Array(buffer, at, 1)[0] = length | (pages.length << 16);
  new Int32Array(buffer, at + 4, length).set(terms);
  const numbers = new Float32Array(buffer, at + 4 + 4 * length, 2 * length);
  numbers.set(weights);
  numbers.set(rarities, length);
  new Int32Array(buffer, at + 4 + 12 * length, pages.length).set(pages);
  const rest = new Uint16Array(buffer, at + 4 + 12 * length + 4 * pages.length, length + pairs.length);
  rest.set(titles);
  rest.set(pairs, length);
  return packed;
}

/** Its arrays are views of `packed`. */
export function unpackVector({ buffer, byteOffset: at, byteLength }: PackedVector): ArticleVector {
  const counts = new Int32Array(buffer, at, 1)[0]!;
  const size = counts & 0xffff;
  const cited = counts >>> 16;
  const rest = at + 4 + 12 * size + 4 * cited;
  return {
    size,
    terms: new Int32Array(buffer, at + 4, size),
    weights: new Float32Array(buffer, at + 4 + 4 * size, size),
    rarities: new Float32Array(buffer, at + 4 + 8 * size, size),
    pages: cited === 0 ? NO_PAGES : new Int32Array(buffer, at + 4 + 12 * size, cited),
    titles: new Uint16Array(buffer, rest, size),
    pairs: new Uint16Array(buffer, rest + 2 * size, (byteLength - 4 - 14 * size - 4 * cited) / 2),
  };
}
