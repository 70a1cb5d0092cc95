/** Which stories have a term among their keys, and how much each has in common with what is asked: where stories are looked for first. */
import { type Vector, weightOf } from './vector.js';

/** Each term leads to the newest so many stories: terms that all use cost no more than this. */
export const storiesPerTerm = 100;

/** The stories of one term, in the order in which they got it as a key, and the term's share of what each says. */
interface Posting {
  readonly seats: number[];
  readonly weights: number[];
}

export class Postings {
  private readonly byTerm = new Map<number, Posting>();
  private scores = new Float64Array(1024);

  /** `weight`: the term's share of what the story says. */
  add(term: number, seat: number, weight: number): void {
    const posting = this.byTerm.get(term) ?? { seats: [], weights: [] };
    this.byTerm.set(term, posting);
    posting.seats.push(seat);
    posting.weights.push(weight);
    if (seat >= this.scores.length) this.scores = new Float64Array(seat * 2);
  }

  /** The seats of the `most` stories in which `wanted` that share most with the vector by these terms, ascending. */
  best(vector: Vector, terms: Int32Array, most: number, wanted: (seat: number) => boolean): readonly number[] {
    const seats = this.score(vector, terms);
    const best = greatest(seats, this.scores, most, wanted);
    for (const seat of seats) this.scores[seat] = 0;
    return best.sort((a, b) => a - b);
  }

  /** Adds up the scores; returns the seats that have one. */
  private score(vector: Vector, terms: Int32Array): readonly number[] {
    const { scores } = this;
    const scored: number[] = [];
    for (const term of terms) {
      const weight = weightOf(vector, term);
      const { seats, weights } = this.byTerm.get(term) ?? none;
      for (let at = seats.length - 1; at >= 0 && at >= seats.length - storiesPerTerm; at -= 1) {
        const seat = seats[at]!;
        if (scores[seat] === 0) scored.push(seat);
        scores[seat]! += weight * weights[at]!;
      }
    }
    return scored;
  }
}

const none: Posting = { seats: [], weights: [] };

/** Those of the seats with the greatest scores, greatest first; of equal ones, the smaller. */
function greatest(
  seats: readonly number[],
  scores: Float64Array,
  most: number,
  wanted: (seat: number) => boolean,
): number[] {
  const best: number[] = [];
  let least = 0; // the score of the last of the best, once they are enough: hardly any other comes near it
  for (const seat of seats) {
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
