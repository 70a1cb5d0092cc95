/** Finds the phrases of questions in a text, as those of topics are found. */
import { nearMatches } from '../tag/near-matches.js';
import type { PhraseHit } from '../tag/phrases/hit.js';
import { createMatcher, type Matcher } from '../tag/phrases/matcher.js';
import { readPhrase } from '../tag/phrases/phrase.js';
import { commonLanguages, ruleLanguage } from '../tag/phrases/rule-language.js';

/** What was found in one text; phrases as written. */
export interface FoundHits {
  has(phrase: string): boolean;
  /** Whether these stand within ten words of each other. */
  areNear(phrases: readonly string[]): boolean;
}

/** `language`: of the text, BCP 47; null: unknown. No phrase goes beyond a line. */
export type PhraseFinder = (text: string, language: string | null) => FoundHits;

const NOTHING: FoundHits = { has: () => false, areNear: () => false };

export function createPhraseFinder(phrases: readonly string[]): PhraseFinder {
  const written = [...new Set(phrases)];
  if (written.length === 0) return () => NOTHING;
  const read = written.map(readPhrase);
  const matchers = new Map<string, Matcher>();
  return (text, language) => {
    const code = ruleLanguage(language);
    const matcher = matchers.get(code) ?? createMatcher(read, code, commonLanguages);
    matchers.set(code, matcher);
    const { hits } = matcher.find(text);
    return hits.length === 0 ? NOTHING : foundHits(hits, written);
  };
}

function foundHits(hits: readonly PhraseHit[], written: readonly string[]): FoundHits {
  const found = new Map<string, PhraseHit[]>();
  for (const hit of hits) {
    const phrase = written[hit.phrase]!;
    found.set(phrase, [...(found.get(phrase) ?? []), hit]);
  }
  return {
    has: (phrase) => found.has(phrase),
    areNear: (group) => nearMatches(group.map((phrase) => found.get(phrase) ?? [])).length > 0,
  };
}
