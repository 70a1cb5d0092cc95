/** Terms with weights, sorted by term, and the sums that stories need of them. */
import { Arena } from './slab.js';

export interface Vector {
  /** Ascending. */
  readonly terms: Int32Array;
  /** Greater than 0. */
  readonly weights: Float32Array;
}

// What is being worked on; grows with the longest vector seen.
let workTerms = new Int32Array(512);
let workWeights = new Float32Array(512);
let ranking = new Float32Array(512);
// Unit vectors are those of articles: they stay.
const slab = new Arena();

/** The `most` strongest of the terms, given in any order, scaled to length 1. Equal weights: the smaller term. */
export function unitVector(terms: Int32Array, weights: Float32Array, most: number): Vector {
  const weakest = weakestKept(weights, weights.length, most);
  let count = 0;
  reserve(terms.length);
  for (let at = 0; at < terms.length; at += 1) {
    if (weights[at]! >= weakest && weights[at]! > 0) count = insertByTerm(count, terms[at]!, weights[at]!);
  }
  count = cut(count, weakest, most);
  let squares = 0;
  for (let at = 0; at < count; at += 1) squares += workWeights[at]! * workWeights[at]!;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  for (let at = 0; at < count; at += 1) workWeights[at]! *= scale;
  return { terms: slab.int32(workTerms, count), weights: slab.float32(workWeights, count) };
}

/** A vector that grows by others and keeps its `most` strongest terms. It works in its own room: growing leaves no rubbish. */
export class Sum {
  vector: Vector;
  private terms = new Int32Array(0);
  private weights = new Float32Array(0);

  constructor(
    first: Vector,
    private readonly most: number,
  ) {
    this.vector = first;
  }

  /** Cuts to the strongest only once there are a quarter more. */
  add(vector: Vector): void {
    let count = merge(this.vector, vector);
    if (count > this.most * 1.25) count = cutWork(count, this.most);
    if (count > this.terms.length) {
      const room = Math.min(count * 2, Math.max(count, Math.ceil(this.most * 1.25)));
      this.terms = new Int32Array(room);
      this.weights = new Float32Array(room);
    }
    for (let at = 0; at < count; at += 1) {
      this.terms[at] = workTerms[at]!;
      this.weights[at] = workWeights[at]!;
    }
    this.vector = { terms: this.terms.subarray(0, count), weights: this.weights.subarray(0, count) };
  }
}

function cutWork(count: number, most: number): number {
  const weakest = weakestKept(workWeights, count, most);
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    if (workWeights[at]! < weakest) continue;
    workTerms[kept] = workTerms[at]!;
    workWeights[kept++] = workWeights[at]!;
  }
  return cut(kept, weakest, most);
}

export function length(vector: Vector): number {
  const { weights } = vector;
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

/**
 * One vector against many: its terms lie in a table, where each term of another takes one look instead of the uncertain steps
 * of walking along both lists, which take three times as long. The products are the same as those of `dot`, to the last bit.
 */
export class LaidOut {
  private readonly terms = new Int32Array(tableSize);
  private readonly weights = new Float32Array(tableSize);
  private used: number[] = [];

  /** At most 512 terms, in place of those that lay here before. */
  lay(vector: Vector): void {
    for (const slot of this.used) this.terms[slot] = 0;
    this.used = [];
    for (let at = 0; at < vector.terms.length; at += 1) {
      const slot = this.slotOf(vector.terms[at]!);
      this.terms[slot] = vector.terms[at]!;
      this.weights[slot] = vector.weights[at]!;
      this.used.push(slot);
    }
  }

  dot({ terms, weights }: Vector): number {
    const { terms: laid, weights: laidWeights } = this;
    let total = 0;
    for (let at = 0; at < terms.length; at += 1) {
      const term = terms[at]!;
      let slot = term & (tableSize - 1);
      while (laid[slot] !== 0 && laid[slot] !== term) slot = (slot + 1) & (tableSize - 1);
      if (laid[slot] !== 0) total += laidWeights[slot]! * weights[at]!;
    }
    return total;
  }

  /** Where the term lies or would lie. No term is 0. */
  private slotOf(term: number): number {
    let slot = term & (tableSize - 1);
    while (this.terms[slot] !== 0 && this.terms[slot] !== term) slot = (slot + 1) & (tableSize - 1);
    return slot;
  }
}

/** A power of two, twice as many as a vector on the table may have. */
const tableSize = 1024;

/** The weight of one term; 0 where it is not among them. */
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

/** The terms of the `most` greatest weights, ascending. */
export function strongestTerms({ terms, weights }: Vector, most: number): Int32Array {
  if (terms.length <= most) return terms.slice(); // a vector that grows writes over its own
  const weakest = weakestKept(weights, weights.length, most);
  reserve(terms.length);
  let count = 0;
  for (let at = 0; at < terms.length; at += 1) {
    if (weights[at]! < weakest) continue;
    workTerms[count] = terms[at]!;
    workWeights[count++] = weights[at]!;
  }
  return workTerms.slice(0, cut(count, weakest, most));
}

/** The weight that the last of the `most` strongest has; 0 where there are no more than that. */
function weakestKept(weights: Float32Array, count: number, most: number): number {
  if (count <= most) return 0;
  return most <= few ? weakestOfFew(weights, count, most) : weakestOfMany(weights, count, most);
}

/** Keeping so few in order as they come takes a third of the time of sorting all. */
const few = 32;
const strongest = new Float32Array(few);

function weakestOfFew(weights: Float32Array, count: number, most: number): number {
  const last = most - 1;
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const weight = weights[at]!;
    if (kept === most && weight <= strongest[last]!) continue;
    let place = kept < most ? kept++ : last;
    for (; place > 0 && strongest[place - 1]! < weight; place -= 1) strongest[place] = strongest[place - 1]!;
    strongest[place] = weight;
  }
  return strongest[last]!;
}

function weakestOfMany(weights: Float32Array, count: number, most: number): number {
  if (ranking.length < count) ranking = new Float32Array(count * 2);
  const ranked = ranking.subarray(0, count);
  ranked.set(weights.subarray(0, count));
  ranked.sort();
  return ranked[count - most]!;
}

// Of terms that are equally weak, those that are one too many leave from the end.
function cut(count: number, weakest: number, most: number): number {
  let tooMany = count - most;
  if (tooMany <= 0) return count;
  for (let at = count - 1; tooMany > 0; at -= 1) {
    if (workWeights[at] !== weakest) continue;
    workTerms.copyWithin(at, at + 1, count);
    workWeights.copyWithin(at, at + 1, count);
    tooMany -= 1;
  }
  return most;
}

function insertByTerm(count: number, term: number, weight: number): number {
  let at = count;
  for (; at > 0 && workTerms[at - 1]! > term; at -= 1) {
    workTerms[at] = workTerms[at - 1]!;
    workWeights[at] = workWeights[at - 1]!;
  }
  workTerms[at] = term;
  workWeights[at] = weight;
  return count + 1;
}

function merge(a: Vector, b: Vector): number {
  const { terms: left, weights: leftWeights } = a;
  const { terms: right, weights: rightWeights } = b;
  reserve(left.length + right.length);
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const x = left[i]!;
    const y = right[j]!;
    workTerms[count] = Math.min(x, y);
    workWeights[count++] = (x <= y ? leftWeights[i++]! : 0) + (y <= x ? rightWeights[j++]! : 0);
  }
  for (; i < left.length; i += 1) {
    workTerms[count] = left[i]!;
    workWeights[count++] = leftWeights[i]!;
  }
  for (; j < right.length; j += 1) {
    workTerms[count] = right[j]!;
    workWeights[count++] = rightWeights[j]!;
  }
  return count;
}

function reserve(count: number): void {
  if (workTerms.length >= count) return;
  workTerms = new Int32Array(count * 2);
  workWeights = new Float32Array(count * 2);
}
