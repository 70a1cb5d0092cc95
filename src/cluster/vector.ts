/** Terms with weights, sorted by term, and the sums that stories need of them. */

export interface Vector {
  /** Ascending. */
  readonly terms: Int32Array;
  readonly weights: Float32Array;
}

/** The `most` strongest of the terms, scaled to length 1. Equal weights: the smaller term. `weights` is written over. */
export function unitVector(terms: Int32Array, weights: Float32Array, most: number): Vector {
  const kept = strongest(terms, weights, most);
  let squares = 0;
  for (const place of kept) squares += weights[place]! * weights[place]!;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  return taken(terms, weights, kept, scale);
}

/** The sum of both, cut to the `most` strongest terms once it has half as many again. */
export function sum(a: Vector, b: Vector, most: number): Vector {
  const whole = merged(a, b);
  if (whole.terms.length <= most * 1.25) return whole;
  return taken(whole.terms, whole.weights, strongest(whole.terms, whole.weights, most), 1);
}

export function length(vector: Vector): number {
  let squares = 0;
  for (const weight of vector.weights) squares += weight * weight;
  return Math.sqrt(squares);
}

export function dot(a: Vector, b: Vector): number {
  const { terms: left, weights: leftWeights } = a;
  const { terms: right, weights: rightWeights } = b;
  let total = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const difference = left[i]! - right[j]!;
    if (difference === 0) total += leftWeights[i++]! * rightWeights[j++]!;
    else if (difference < 0) i += 1;
    else j += 1;
  }
  return total;
}

/** The terms of the `most` greatest weights. */
export function strongestTerms(vector: Vector, most: number): Int32Array {
  if (vector.terms.length <= most) return vector.terms;
  return strongest(vector.terms, vector.weights, most).map((place) => vector.terms[place]!);
}

/** Places of the `most` greatest weights above 0, by term. */
function strongest(terms: Int32Array, weights: Float32Array, most: number): Int32Array {
  let places = new Int32Array(terms.length);
  let count = 0;
  for (let place = 0; place < terms.length; place += 1) if (weights[place]! > 0) places[count++] = place;
  places = places.subarray(0, count);
  if (count > most) {
    places.sort((a, b) => weights[b]! - weights[a]! || terms[a]! - terms[b]!);
    places = places.subarray(0, most);
  }
  return places.sort((a, b) => terms[a]! - terms[b]!);
}

function taken(terms: Int32Array, weights: Float32Array, places: Int32Array, scale: number): Vector {
  const result = { terms: new Int32Array(places.length), weights: new Float32Array(places.length) };
  places.forEach((place, at) => {
    result.terms[at] = terms[place]!;
    result.weights[at] = weights[place]! * scale;
  });
  return result;
}

function merged(a: Vector, b: Vector): Vector {
  const terms = new Int32Array(a.terms.length + b.terms.length);
  const weights = new Float32Array(terms.length);
  let count = 0;
  for (let i = 0, j = 0; i < a.terms.length || j < b.terms.length; count += 1) {
    const left = i < a.terms.length ? a.terms[i]! : Number.POSITIVE_INFINITY;
    const right = j < b.terms.length ? b.terms[j]! : Number.POSITIVE_INFINITY;
    terms[count] = Math.min(left, right);
    weights[count] = (left <= right ? a.weights[i++]! : 0) + (right <= left ? b.weights[j++]! : 0);
  }
  return { terms: terms.slice(0, count), weights: weights.slice(0, count) };
}
