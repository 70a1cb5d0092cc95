/** Indexes stories by term, with the term's weight in each, to find candidates for an article. */
import { TermTable } from './terms/term-table.js';
import { findWeight, type Vector } from './terms/vector.js';

/** Maximum number of stories per term, the newest, which bounds the cost of common terms. */
export const storiesPerTerm = 100;

export class Postings {
  /** The latest entry of each term, counted from 1. */
  private readonly heads = new TermTable();
  // By entry: a story with the term as a key, the term's weight in it, and the previous entry of the term.
  private numbers = new Int32Array(1024);
  private weights = new Float64Array(1024);
  private before = new Int32Array(1024);
  private size = 0;
  private scores = new Float64Array(1024);

  /** `weight`: weight of the term in the story's vector scaled to length 1. */
  add(term: number, number: number, weight: number): void {
    const entry = this.size++;
    if (entry === this.numbers.length) this.enlarge();
    this.numbers[entry] = number;
    this.weights[entry] = weight;
    this.before[entry] = (this.heads.get(term) ?? 0) - 1;
    this.heads.set(term, entry + 1);
    if (number >= this.scores.length) this.scores = new Float64Array(number * 2);
  }

  private enlarge(): void {
    this.numbers = enlarged(this.numbers, Int32Array);
    this.weights = enlarged(this.weights, Float64Array);
    this.before = enlarged(this.before, Int32Array);
  }

  /** The `most` stories with the highest scores by these terms, of those with `wanted` true, in ascending order. */
  best(vector: Vector, terms: Int32Array, most: number, wanted: (number: number) => boolean): readonly number[] {
    const numbers = this.score(vector, terms);
    const best = selectGreatest(numbers, this.scores, most, wanted);
    for (const number of numbers) this.scores[number] = 0;
    return best.sort((a, b) => a - b);
  }

  private score(vector: Vector, terms: Int32Array): readonly number[] {
    const { scores, numbers, weights, before } = this;
    const scored: number[] = [];
    for (const term of terms) {
      const weight = findWeight(vector, term);
      let entry = (this.heads.get(term) ?? 0) - 1;
      for (let count = 0; entry >= 0 && count < storiesPerTerm; count += 1) {
        const number = numbers[entry]!;
        const part = weight * weights[entry]!;
        entry = before[entry]!;
        if (!(part > 0)) continue; // a key of an article that left, or of a story with pruned articles
        if (scores[number] === 0) scored.push(number);
        scores[number]! += part;
      }
    }
    return scored;
  }
}

function enlarged<T extends Int32Array | Float64Array>(numbers: T, kind: new (length: number) => T): T {
  const larger = new kind(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

/** The numbers with the highest scores, highest first; ties by smaller number. */
function selectGreatest(
  numbers: readonly number[],
  scores: Float64Array,
  most: number,
  wanted: (number: number) => boolean,
): number[] {
  const best: number[] = [];
  let least = 0; // score of the last of the best, to skip lower ones quickly
  for (const number of numbers) {
    if (scores[number]! < least) continue;
    if (best.length === most && !isHigherRanked(number, best[most - 1]!, scores)) continue;
    if (!wanted(number)) continue;
    let place = best.length === most ? most - 1 : best.length;
    for (; place > 0 && isHigherRanked(number, best[place - 1]!, scores); place -= 1) best[place] = best[place - 1]!;
    best[place] = number;
    if (best.length === most) least = scores[best[most - 1]!]!;
  }
  return best;
}

function isHigherRanked(a: number, b: number, scores: Float64Array): boolean {
  return scores[a]! > scores[b]! || (scores[a] === scores[b] && a < b);
}
