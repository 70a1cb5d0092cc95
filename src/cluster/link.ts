/** Measures how strongly two articles are linked by shared words and cited pages. */
import type { ArticleVector } from '../model/story.js';

/** Minimum rarity of a distinctive term. */
const DISTINCTIVE = 3.5;
/** Cosine and link below which the result is 0. */
const MIN_COSINE = 0.1;
const MIN_LINK = 0.06;
/** Factor if the only distinctive thing in common is one word or one name. */
const ONE_IN_COMMON = 0.7;
/** Strength of a link if both articles cite one page, or one cites the other: equal to identical words. */
const CITED = 1;

// By position in the first article: the term's position in the second, and its part of the cosine.
const places = new Int16Array(256);
const parts = new Float64Array(256);

/** 0-1: the cosine, adjacent words counting as one. 0: too weak. 1: one cites the other, or both cite one page. */
export function linkStrength(a: ArticleVector, b: ArticleVector): number {
  if (a.pages.length > 0 && b.pages.length > 0 && haveCommon(a.pages, b.pages)) return CITED;
  let cosine = align(a, b);
  if (cosine < MIN_COSINE) return 0;
  let distinctive = 0;
  for (let at = 0; at < a.terms.length; at += 1)
    if (places[at]! >= 0 && a.rarities[at]! >= DISTINCTIVE) distinctive += 1;
  for (const pair of a.pairs) {
    if (!isPairOfBoth(pair, b)) continue;
    cosine -= Math.min(parts[pair >> 8]!, parts[pair & 255]!);
    distinctive -= 1;
  }
  const strength = distinctive < 2 ? cosine * ONE_IN_COMMON : cosine;
  return strength < MIN_LINK ? 0 : strength;
}

function haveCommon(left: Int32Array, right: Int32Array): boolean {
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) return true;
    if (left[i]! < right[j]!) i += 1;
    else j += 1;
  }
  return false;
}

/** Fills `places` and `parts`; returns the cosine. */
function align(
  { terms: left, weights: leftWeights }: ArticleVector,
  { terms: right, weights: rightWeights }: ArticleVector,
) {
  let cosine = 0;
  for (let i = 0, j = 0; i < left.length; i += 1) {
    const term = left[i]!;
    while (j < right.length && right[j]! < term) j += 1;
    if (j < right.length && right[j] === term) {
      places[i] = j;
      parts[i] = leftWeights[i]! * rightWeights[j]!;
      cosine += parts[i]!;
    } else places[i] = -1;
  }
  return cosine;
}

function isPairOfBoth(pair: number, b: ArticleVector): boolean {
  const x = places[pair >> 8]!;
  const y = places[pair & 255]!;
  return x >= 0 && y >= 0 && b.pairs.includes((x << 8) | y);
}
