/** Sparse vectors of weighted terms, and operations on them. */

export interface Vector {
  /** Number of terms; the arrays may be longer. */
  readonly size: number;
  /** Ascending. */
  readonly terms: Int32Array;
  /** Greater than 0. */
  readonly weights: Float32Array;
}

/** The terms with the `most` greatest weights, at most 32, ascending. Ties: the smaller terms. */
export function strongestTerms(vector: Vector, most: number): Int32Array {
  const { size, terms, weights } = vector;
  if (size <= most) return terms.slice(0, size);
  const least = weightAtRank(vector, most);
  let equal = most;
  for (let at = 0; at < size; at += 1) if (weights[at]! > least) equal -= 1;
  const kept = new Int32Array(most);
  for (let at = 0, count = 0; count < most; at += 1) {
    if (weights[at]! < least || (weights[at] === least && equal-- <= 0)) continue;
    kept[count++] = terms[at]!;
  }
  return kept;
}

const MOST_RANKED = 32;
/** The greatest weights so far, greatest first. */
const ranked = new Float32Array(MOST_RANKED);

function weightAtRank({ size, weights }: Vector, most: number): number {
  ranked.fill(0);
  for (let at = 0; at < size; at += 1) {
    const weight = weights[at]!;
    if (weight <= ranked[most - 1]!) continue;
    let place = most - 1;
    for (; place > 0 && ranked[place - 1]! < weight; place -= 1) ranked[place] = ranked[place - 1]!;
    ranked[place] = weight;
  }
  return ranked[most - 1]!;
}

export function length({ size, weights }: Vector): number {
  let squares = 0;
  for (let at = 0; at < size; at += 1) squares += weights[at]! * weights[at]!;
  return Math.sqrt(squares);
}

export function dot(a: Vector, b: Vector): number {
  const { terms: left, weights: leftWeights } = a;
  const { terms: right, weights: rightWeights } = b;
  let total = 0;
  for (let i = 0, j = 0; i < a.size && j < b.size; ) {
    const x = left[i]!;
    const y = right[j]!;
    if (x === y) total += leftWeights[i++]! * rightWeights[j++]!;
    else if (x < y) i += 1;
    else j += 1;
  }
  return total;
}

/** The cosine of two vectors of length 1, and the part of it that their strongest common term adds. */
export function compareVectors(a: Vector, b: Vector): { readonly cosine: number; readonly strongest: number } {
  let [cosine, strongest] = [0, 0];
  for (let i = 0, j = 0; i < a.size && j < b.size; ) {
    const [x, y] = [a.terms[i]!, b.terms[j]!];
    if (x === y) {
      const product = a.weights[i]! * b.weights[j]!;
      cosine += product;
      strongest = Math.max(strongest, product);
    }
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return { cosine, strongest };
}

/** The weight of one term; 0 if the vector does not contain it. */
export function findWeight({ size, terms, weights }: Vector, term: number): number {
  let low = 0;
  let high = size - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (terms[middle] === term) return weights[middle]!;
    if (terms[middle]! < term) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
