/** Weighs the terms of an article: rare terms in its language and on the site weigh more. */

import type { PackedVector } from '../../model/story.js';
import { mostWords, type Reading } from '../text/reading.js';
import { articleVector } from './article-vector.js';
import { loadBackground } from './background.js';
import type { SourceBoilerplate } from './source-boilerplate.js';
import { TermCounts } from './term-counts.js';

/** Number of strongest terms in a vector; more add noise. */
const termsKept = 25;

/** Words of an average news item, for the probability that it contains a given word. */
const usualWords = 60;

/** A vector of length 1 from the shipped tables alone: new articles must not change existing pages. */
export function weighByLanguage(reading: Reading): PackedVector {
  return weighTerms(reading, reading.pages, (term) => languageWeight(reading.language, term));
}

/** Also weighs by the site's counts (`common`), and ignores boilerplate of the article's source (`own`). */
export function weighBySite(
  common: ReadonlyMap<string, TermCounts>,
): (reading: Reading, own: SourceBoilerplate) => PackedVector {
  const memo = new RarityMemo();
  return (reading, own) => {
    const counts = common.get(reading.language) ?? none;
    const pages = reading.pages.filter((page) => !own.has(page, counts));
    return weighTerms(reading, pages, (term) => {
      if (own.has(term, counts)) return 0;
      return memo.compute(term, () => Math.min(languageWeight(reading.language, term), -Math.log(counts.share(term))));
    });
  };
}

const none = new TermCounts();

/** Size of the cache; a power of two. */
const REMEMBERED = 16_384;

/** A direct-mapped cache of rarities, by the lowest bits of their terms. */
class RarityMemo {
  private readonly terms = new Int32Array(REMEMBERED); // 0 is not a term
  private readonly rarities = new Float64Array(REMEMBERED);

  /** Terms include their language. */
  compute(term: number, rarity: () => number): number {
    const slot = term & (REMEMBERED - 1);
    if (this.terms[slot] !== term) {
      this.terms[slot] = term;
      this.rarities[slot] = rarity();
    }
    return this.rarities[slot]!;
  }
}

/** ln(1/p), where p is the probability that a news item contains the term. */
export function languageWeight(language: string, term: number): number {
  return -Math.log(1 - Math.exp(-loadBackground(language).share(term) * usualWords));
}

// Buffers of the current article.
const allRarities = new Float32Array(mostWords);
const allWeights = new Float32Array(mostWords);

function weighTerms(reading: Reading, pages: Int32Array, rarity: (term: number) => number): PackedVector {
  const { terms, counts } = reading;
  const rarities = allRarities.subarray(0, terms.length);
  const weights = allWeights.subarray(0, terms.length);
  for (let at = 0; at < terms.length; at += 1) {
    rarities[at] = rarity(terms[at]!);
    weights[at] = (1 + Math.log(counts[at]!)) * rarities[at]!;
  }
  return articleVector(reading, pages, rarities, weights, termsKept);
}
