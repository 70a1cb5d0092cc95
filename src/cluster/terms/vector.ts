/** Sparse vectors of weighted terms, and operations on them. */

export interface Vector {
  /** Ascending. */
  readonly terms: Int32Array;
  /** Greater than 0. */
  readonly weights: Float32Array;
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
