/** Which stories have a term among their keys, and how much each has in common with what is asked: where stories are looked for first. */
import { type Vector, weightOf } from './vector.js';

/** Each term leads to the newest so many stories: terms that all use cost no more than this. */
export const storiesPerTerm = 100;

/** Numbers of an entry: the story's seat, the entry before it (-1: none), and the bits of the term's weight there. */
const fields = 3;

/** Term → a chain of entries, newest first. The numbers of an entry lie together: following a chain is waiting for memory. */
export class Postings {
  private readonly newest = new Map<number, number>();
  private numbers = new Int32Array(fields * 1024);
  private weights = new Float32Array(this.numbers.buffer);
  private used = 0;
  private scores = new Float64Array(1024);
  private readonly touched: number[] = [];

  /** `weight`: the term's share of what the story says. */
  add(term: number, seat: number, weight: number): void {
    if (this.used === this.numbers.length) this.enlarge();
    const entry = this.used;
    this.numbers[entry] = seat;
    this.numbers[entry + 1] = this.newest.get(term) ?? -1;
    this.weights[entry + 2] = weight;
    this.newest.set(term, entry);
    this.used += fields;
  }

  /** The seats of the `most` stories in which `wanted` that share most with the vector by these terms, ascending. `seats`: how many there are. */
  best(
    vector: Vector,
    terms: Int32Array,
    seats: number,
    most: number,
    wanted: (seat: number) => boolean,
  ): readonly number[] {
    if (this.scores.length < seats) this.scores = new Float64Array(seats * 2);
    const count = this.score(vector, terms);
    const best = greatest(this.touched, count, this.scores, most, wanted);
    for (let at = 0; at < count; at += 1) this.scores[this.touched[at]!] = 0;
    return best.sort((a, b) => a - b);
  }

  private score(vector: Vector, terms: Int32Array): number {
    const { numbers, weights, scores, touched } = this;
    let count = 0;
    for (let at = 0; at < terms.length; at += 1) {
      const weight = weightOf(vector, terms[at]!);
      let entry = this.newest.get(terms[at]!) ?? -1;
      for (let steps = 0; entry >= 0 && steps < storiesPerTerm; steps += 1) {
        const seat = numbers[entry]!;
        const score = scores[seat]!;
        if (score === 0) touched[count++] = seat;
        scores[seat] = score + weight * weights[entry + 2]!;
        entry = numbers[entry + 1]!;
      }
    }
    return count;
  }

  private enlarge(): void {
    const numbers = new Int32Array(this.numbers.length * 2);
    numbers.set(this.numbers);
    this.numbers = numbers;
    this.weights = new Float32Array(numbers.buffer);
  }
}

/** Of the first `count` seats those with the greatest scores, greatest first; of equal ones, the smaller. */
function greatest(
  seats: readonly number[],
  count: number,
  scores: Float64Array,
  most: number,
  wanted: (seat: number) => boolean,
): number[] {
  const best: number[] = [];
  let least = 0; // the score of the last of the best, once they are enough: hardly any other comes near it
  for (let at = 0; at < count; at += 1) {
    const seat = seats[at]!;
    if (scores[seat]! < least) continue;
    if (best.length === most && !ranksBefore(seat, best[most - 1]!, scores)) continue;
    if (!wanted(seat)) continue;
    let place = best.length === most ? most - 1 : best.length;
    for (; place > 0 && ranksBefore(seat, best[place - 1]!, scores); place -= 1) best[place] = best[place - 1]!;
    best[place] = seat;
    if (best.length === most) least = scores[best[most - 1]!]!;
  }
  return best;
}

function ranksBefore(a: number, b: number, scores: Float64Array): boolean {
  return scores[a]! > scores[b]! || (scores[a] === scores[b] && a < b);
}
