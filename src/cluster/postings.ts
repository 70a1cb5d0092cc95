/** An index from terms to stories, with the weight of the term in each: finds candidates for an article. */
import { type Vector, weightOf } from './terms/vector.js';

/** Number of stories per term, the newest, which bounds the cost of common terms. */
export const storiesPerTerm = 100;

/** The stories of one term in the order in which it became their key, with the term's weights. */
interface Posting {
  readonly numbers: number[];
  readonly weights: number[];
}

export class Postings {
  private readonly byTerm = new Map<number, Posting>();
  private scores = new Float64Array(1024);

  /** `weight`: weight of the term in the story's vector scaled to length 1. */
  add(term: number, number: number, weight: number): void {
    const posting = this.byTerm.get(term) ?? { numbers: [], weights: [] };
    this.byTerm.set(term, posting);
    posting.numbers.push(number);
    posting.weights.push(weight);
    if (number >= this.scores.length) this.scores = new Float64Array(number * 2);
  }

  /** Numbers of the `most` best-scoring stories for which `wanted` is true, by these terms, ascending. */
  best(vector: Vector, terms: Int32Array, most: number, wanted: (number: number) => boolean): readonly number[] {
    const numbers = this.score(vector, terms);
    const best = greatest(numbers, this.scores, most, wanted);
    for (const number of numbers) this.scores[number] = 0;
    return best.sort((a, b) => a - b);
  }

  /** Sums up the scores; returns the numbers with a score. */
  private score(vector: Vector, terms: Int32Array): readonly number[] {
    const { scores } = this;
    const scored: number[] = [];
    for (const term of terms) {
      const weight = weightOf(vector, term);
      const { numbers, weights } = this.byTerm.get(term) ?? none;
      for (let at = numbers.length - 1; at >= 0 && at >= numbers.length - storiesPerTerm; at -= 1) {
        const number = numbers[at]!;
        if (scores[number] === 0) scored.push(number);
        scores[number]! += weight * weights[at]!;
      }
    }
    return scored;
  }
}

const none: Posting = { numbers: [], weights: [] };

/** The numbers with the highest scores, highest first; ties by smaller number. */
function greatest(
  numbers: readonly number[],
  scores: Float64Array,
  most: number,
  wanted: (number: number) => boolean,
): number[] {
  const best: number[] = [];
  let least = 0; // score of the last of the best, once there are enough: most others are below it
  for (const number of numbers) {
    if (scores[number]! < least) continue;
    if (best.length === most && !ranksBefore(number, best[most - 1]!, scores)) continue;
    if (!wanted(number)) continue;
    let place = best.length === most ? most - 1 : best.length;
    for (; place > 0 && ranksBefore(number, best[place - 1]!, scores); place -= 1) best[place] = best[place - 1]!;
    best[place] = number;
    if (best.length === most) least = scores[best[most - 1]!]!;
  }
  return best;
}

function ranksBefore(a: number, b: number, scores: Float64Array): boolean {
  return scores[a]! > scores[b]! || (scores[a] === scores[b] && a < b);
}
