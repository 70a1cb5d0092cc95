/** What each word of an article says: much, where it is rare in its language and on this site; nothing, where all use it. */

import type { Reading } from '../text/reading.js';
import { backgroundOf } from './background.js';
import type { SourceBoilerplate } from './source-boilerplate.js';
import { TermCounts } from './term-counts.js';
import { unitVector, type Vector } from './vector.js';

/** An article is its strongest terms; more add noise. */
const termsKept = 25;

/** Words of an average news item, for the chance that it holds a word of a given share. */
const usualWords = 60;

/** A vector of length 1 by the shipped tables alone: what a page is made of must not change because another article came. */
export function weighByLanguage(reading: Reading): Vector {
  return weighedBy(reading, (term) => languageWeight(reading.language, term));
}

/** By the shipped tables and by what is common among the site's articles (`common`) but for its source's boilerplate (`own`). */
export function weighBySite(
  common: ReadonlyMap<string, TermCounts>,
): (reading: Reading, own: SourceBoilerplate) => Vector {
  const memo = new Map<number, number>(); // terms of two languages never meet
  return (reading, own) => {
    const counts = common.get(reading.language) ?? none;
    return weighedBy(reading, (term) => {
      if (own.has(term)) return 0;
      let weight = memo.get(term);
      if (weight === undefined) {
        weight = Math.min(languageWeight(reading.language, term), -Math.log(counts.share(term)));
        memo.set(term, weight);
      }
      return weight;
    });
  };
}

const none = new TermCounts();

/** ln(1/p) of the chance p that a news item holds the term. */
function languageWeight(language: string, term: number): number {
  return -Math.log(1 - Math.exp(-backgroundOf(language).share(term) * usualWords));
}

function weighedBy(reading: Reading, rarity: (term: number) => number): Vector {
  const weights = new Float32Array(reading.terms.length);
  for (let at = 0; at < weights.length; at += 1) {
    weights[at] = (1 + Math.log(reading.counts[at]!)) * rarity(reading.terms[at]!);
  }
  return unitVector(reading.terms, weights, termsKept);
}
