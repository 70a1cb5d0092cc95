/** Computes the vector of an article from its weighted terms. */
import type { PackedVector } from '../../model/story.js';
import { mostWords, type Reading } from '../text/reading.js';
import { packVector } from './packed-vector.js';

// Buffers of the current article. New arrays for each article would dominate the running time.
const vector = {
  terms: new Int32Array(mostWords),
  weights: new Float32Array(mostWords),
  rarities: new Float32Array(mostWords),
  titles: new Uint16Array(mostWords),
};
const keys = new Float64Array(mostWords);
const ranked = new Float32Array(mostWords);
const kept = new Uint16Array(mostWords);
const places = new Uint8Array(mostWords);

/** The `most` (up to 255) greatest weights, scaled to length 1. `rarities`, `weights`: parallel to the terms read. */
export function articleVector(
  { terms: read, titleTerms, sequence }: Reading,
  pages: Int32Array,
  rarities: Float32Array,
  weights: Float32Array,
  most: number,
): PackedVector {
  const size = keepStrongest(read, weights, most);
  let squares = 0;
  for (let place = 0; place < size; place += 1) squares += weights[kept[place]!]! ** 2;
  const scale = 1 / Math.sqrt(squares);
  for (let place = 0; place < size; place += 1) {
    const at = kept[place]!;
    vector.terms[place] = read[at]!;
    vector.weights[place] = weights[at]! * scale;
    vector.rarities[place] = rarities[at]!;
    vector.titles[place] = at < titleTerms ? 1 : 0;
  }
  return packVector({
    terms: vector.terms.subarray(0, size),
    weights: vector.weights.subarray(0, size),
    rarities: vector.rarities.subarray(0, size),
    titles: vector.titles.subarray(0, size),
    pairs: findPairs(sequence, size),
    pages,
  });
}

/** Fills `kept` with the positions of the strongest terms, by ascending term; returns their number. */
function keepStrongest(terms: Int32Array, weights: Float32Array, most: number): number {
  let count = 0;
  for (let at = 0; at < terms.length; at += 1)
    if (weights[at]! > 0) {
      keys[count] = terms[at]! * mostWords + at; // sorts by term, and keeps its position
      ranked[count++] = weights[at]!;
    }
  keys.subarray(0, count).sort();
  const strongest = ranked
    .subarray(0, count)
    .sort()
    .subarray(Math.max(0, count - most));
  const least = strongest[0] ?? 0;
  let equal = strongest.lastIndexOf(least) + 1;
  let size = 0;
  for (let key = 0; key < count; key += 1) {
    const at = keys[key]! - Math.floor(keys[key]! / mostWords) * mostWords;
    if (weights[at]! > least || (weights[at] === least && equal-- > 0)) kept[size++] = at;
  }
  return size;
}

/** Pairs of adjacent words that are both in the vector: their positions, the smaller first. */
function findPairs(sequence: Uint16Array, size: number): Uint16Array {
  places.fill(0);
  for (let place = 0; place < size; place += 1) places[kept[place]!] = place + 1;
  const pairs = new Set<number>();
  for (let at = 1; at < sequence.length; at += 1) {
    const a = places[sequence[at - 1]!]! - 1;
    const b = places[sequence[at]!]! - 1;
    if (a >= 0 && b >= 0 && a !== b) pairs.add(a < b ? (a << 8) | b : (b << 8) | a);
  }
  return Uint16Array.from(pairs).sort();
}
