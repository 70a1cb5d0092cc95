/** Makes the vector of an article from its weighed terms. */
import type { PackedVector } from '../../model/story.js';
import type { Reading } from '../text/reading.js';
import { packVector } from './packed-vector.js';

/**
 * The `most` terms with the greatest weights, scaled to length 1. Ties: the smaller term. `rarities` and `weights` are parallel to
 * the terms read; terms without weight are left out.
 */
export function articleVector(
  { terms, titleTerms, sequence }: Reading,
  pages: Int32Array,
  rarities: Float32Array,
  weights: Float32Array,
  most: number,
): PackedVector {
  const kept = strongestPlaces(terms, weights, most).sort((a, b) => terms[a]! - terms[b]!);
  let squares = 0;
  for (const at of kept) squares += weights[at]! * weights[at]!;
  const scale = 1 / Math.sqrt(squares);
  return packVector({
    terms: Int32Array.from(kept, (at) => terms[at]!),
    weights: Float32Array.from(kept, (at) => weights[at]! * scale),
    rarities: Float32Array.from(kept, (at) => rarities[at]!),
    titles: Uint16Array.from(kept, (at) => (at < titleTerms ? 1 : 0)),
    pairs: pairsOf(sequence, kept, terms.length),
    pages,
  });
}

function strongestPlaces(terms: Int32Array, weights: Float32Array, most: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < terms.length; at += 1) if (weights[at]! > 0) places.push(at);
  if (places.length <= most) return places;
  return places.sort((a, b) => weights[b]! - weights[a]! || terms[a]! - terms[b]!).slice(0, most);
}

/** `kept`: the places of the vector's terms among the terms read. */
function pairsOf(sequence: Uint16Array, kept: readonly number[], read: number): Uint16Array {
  const places = new Int16Array(read).fill(-1);
  kept.forEach((at, place) => {
    places[at] = place;
  });
  const pairs = new Set<number>();
  for (let at = 1; at < sequence.length; at += 1) {
    const a = places[sequence[at - 1]!]!;
    const b = places[sequence[at]!]!;
    if (a >= 0 && b >= 0 && a !== b) pairs.add(a < b ? (a << 8) | b : (b << 8) | a);
  }
  return Uint16Array.from(pairs).sort();
}
