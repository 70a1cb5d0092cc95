/** The terms of a side that is compared: of an article, or of all articles of a story. */
import type { ArticleVector } from '../model/story.js';
import type { Vector } from './terms/vector.js';

/** Sums over the articles; all arrays are parallel. */
export interface Profile extends Vector {
  readonly rarities: Float32Array;
  /** Number of articles with the term. */
  readonly counts: Uint16Array;
  /** Number of articles with the term in their title. */
  readonly titles: Uint16Array;
  /** Sum of the rarities of title terms, as often as they occur in titles. */
  readonly titleRarity: number;
}

/** Number of terms that are kept: more take time without a better result. */
const MOST_TERMS = 120;
/** The sum of two profiles that have as many, and a quarter more. */
const SCRATCH = 512;

const once = new Uint16Array(SCRATCH).fill(1);

export function profileOf({ terms, weights, rarities, titles }: ArticleVector): Profile {
  return { terms, weights, rarities, counts: once, titles, titleRarity: titleRarity(titles, rarities, terms.length) };
}

export const EMPTY_PROFILE: Profile = {
  terms: new Int32Array(0),
  weights: new Float32Array(0),
  rarities: new Float32Array(0),
  counts: once,
  titles: once,
  titleRarity: 0,
};

// The sum while it is made: a profile grows with each article, and new arrays each time would be most of the cost.
const terms = new Int32Array(SCRATCH);
const weights = new Float32Array(SCRATCH);
const rarities = new Float32Array(SCRATCH);
const counts = new Uint16Array(SCRATCH);
const titles = new Uint16Array(SCRATCH);

/** The sum, reduced to the strongest terms when it has a quarter more than are kept. Ties: the smaller term. */
export function addProfiles(a: Profile, b: Profile): Profile {
  let count = 0;
  for (let i = 0, j = 0; i < a.terms.length || j < b.terms.length; count += 1) {
    const x = i < a.terms.length ? a.terms[i]! : Number.POSITIVE_INFINITY;
    const y = j < b.terms.length ? b.terms[j]! : Number.POSITIVE_INFINITY;
    terms[count] = Math.min(x, y);
    weights[count] = 0;
    counts[count] = 0;
    titles[count] = 0;
    if (x <= y) {
      weights[count] = a.weights[i]!;
      rarities[count] = a.rarities[i]!;
      counts[count] = a.counts[i]!;
      titles[count] = a.titles[i++]!;
    }
    if (y <= x) {
      weights[count]! += b.weights[j]!;
      if (y < x) rarities[count] = b.rarities[j]!;
      counts[count]! += b.counts[j]!;
      titles[count]! += b.titles[j++]!;
    }
  }
  if (count > MOST_TERMS * 1.25) count = keepStrongest(count);
  return {
    terms: terms.slice(0, count),
    weights: weights.slice(0, count),
    rarities: rarities.slice(0, count),
    counts: counts.slice(0, count),
    titles: titles.slice(0, count),
    titleRarity: titleRarity(titles, rarities, count),
  };
}

/** Reduces the sum to the strongest terms; returns their number. */
function keepStrongest(count: number): number {
  const ranked = weights.slice(0, count).sort();
  const least = ranked[count - MOST_TERMS]!;
  let equal = MOST_TERMS - (count - 1 - ranked.lastIndexOf(least));
  let kept = 0;
  for (let at = 0; kept < MOST_TERMS; at += 1) {
    if (weights[at]! < least || (weights[at] === least && equal-- <= 0)) continue;
    terms[kept] = terms[at]!;
    weights[kept] = weights[at]!;
    rarities[kept] = rarities[at]!;
    counts[kept] = counts[at]!;
    titles[kept++] = titles[at]!;
  }
  return MOST_TERMS;
}

function titleRarity(titles: Uint16Array, rarities: Float32Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += titles[at]! * rarities[at]!;
  return sum;
}
