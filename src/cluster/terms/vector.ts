/** Sparse vectors of weighted terms, and operations on them. */
import { Arena } from '../arena.js';

export interface Vector {
  /** Ascending. */
  readonly terms: Int32Array;
  /** Greater than 0. */
  readonly weights: Float32Array;
}

export const EMPTY_VECTOR: Vector = { terms: new Int32Array(0), weights: new Float32Array(0) };

const arena = new Arena();

/** The `most` strongest terms, given in any order, scaled to length 1. Ties: the smaller term. */
export function unitVector(terms: Int32Array, weights: Float32Array, most: number): Vector {
  const places = [...terms.keys()].filter((at) => weights[at]! > 0).sort((a, b) => terms[a]! - terms[b]!);
  const vector = strongest(
    {
      terms: Int32Array.from(places, (at) => terms[at]!),
      weights: Float32Array.from(places, (at) => weights[at]!),
    },
    most,
  );
  const scale = 1 / length(vector);
  return { terms: arena.keep(vector.terms), weights: arena.keep(vector.weights.map((weight) => weight * scale)) };
}

/** Reduced to the `most` strongest terms when it has over a quarter more. */
export function addVectors(a: Vector, b: Vector, most: number): Vector {
  const sum = merge(a, b);
  return sum.terms.length > most * 1.25 ? strongest(sum, most) : sum;
}

/** The terms with the `most` greatest weights, ascending. */
export function strongestTerms(vector: Vector, most: number): Int32Array {
  return strongest(vector, most).terms;
}

export function length({ weights }: Vector): number {
  let squares = 0;
  for (let at = 0; at < weights.length; at += 1) squares += weights[at]! * weights[at]!;
  return Math.sqrt(squares);
}

export function dot(a: Vector, b: Vector): number {
  const { terms: left, weights: leftWeights } = a;
  const { terms: right, weights: rightWeights } = b;
  let total = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const x = left[i]!;
    const y = right[j]!;
    if (x === y) total += leftWeights[i++]! * rightWeights[j++]!;
    else if (x < y) i += 1;
    else j += 1;
  }
  return total;
}

/** The weight of one term; 0 where the vector does not contain it. */
export function weightOf({ terms, weights }: Vector, term: number): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (terms[middle] === term) return weights[middle]!;
    if (terms[middle]! < term) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/** Ties: the smaller terms. */
function strongest(vector: Vector, most: number): Vector {
  const { terms, weights } = vector;
  if (terms.length <= most) return vector;
  const ranked = weights.slice().sort();
  const least = ranked[ranked.length - most]!;
  let equal = most - (ranked.length - 1 - ranked.lastIndexOf(least));
  const kept = { terms: new Int32Array(most), weights: new Float32Array(most) };
  for (let at = 0, count = 0; count < most; at += 1) {
    if (weights[at]! < least || (weights[at] === least && equal-- <= 0)) continue;
    kept.terms[count] = terms[at]!;
    kept.weights[count++] = weights[at]!;
  }
  return kept;
}

function merge(a: Vector, b: Vector): Vector {
  const terms = new Int32Array(a.terms.length + b.terms.length);
  const weights = new Float32Array(terms.length);
  let count = 0;
  for (let i = 0, j = 0; i < a.terms.length || j < b.terms.length; count += 1) {
    const x = a.terms[i] ?? Number.POSITIVE_INFINITY;
    const y = b.terms[j] ?? Number.POSITIVE_INFINITY;
    terms[count] = Math.min(x, y);
    weights[count] = (x <= y ? a.weights[i++]! : 0) + (y <= x ? b.weights[j++]! : 0);
  }
  return { terms: terms.slice(0, count), weights: weights.slice(0, count) };
}
