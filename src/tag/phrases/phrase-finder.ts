/** Finds the phrases of rules and channels in a text, with the same matching as topics. */
import { htmlToText } from '../../text/html.js';
import { findNearMatches } from '../near-matches.js';
import type { PhraseHit } from './hit.js';
import { createMatcher, type Matcher } from './matcher.js';
import { readPhrase } from './phrase.js';
import { commonLanguages, ruleLanguage } from './rule-language.js';

/** The matches in one text; phrases as written. */
export interface FoundHits {
  has(phrase: string): boolean;
  /** Whether the phrases are within ten words of each other. */
  areNear(phrases: readonly string[]): boolean;
}

/** `language`: of the text, BCP 47; null: unknown. Phrases do not match across lines. */
export type PhraseFinder = (text: string, language: string | null) => FoundHits;

/** Maximum length of an article's content that is searched. */
const CONTENT_LIMIT = 20_000;

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
    const { hits } = matcher.find(removeHiddenSpaces(text));
    return hits.length === 0 ? NOTHING : foundHits(hits, written);
  };
}

/** The content of an article as plain text to search. */
export function searchedContent(contentHtml: string | null): string {
  return contentHtml === null ? '' : htmlToText(contentHtml, { parts: 'prose', limit: CONTENT_LIMIT });
}

/** Removes zero-width spaces, which change a word invisibly. */
export function removeHiddenSpaces(text: string): string {
  return text.replaceAll('\u200b', '');
}

function foundHits(hits: readonly PhraseHit[], written: readonly string[]): FoundHits {
  const found = new Map<string, PhraseHit[]>();
  for (const hit of hits) {
    const phrase = written[hit.phrase]!;
    const known = found.get(phrase);
    if (known === undefined) found.set(phrase, [hit]);
    else known.push(hit);
  }
  return {
    has: (phrase) => found.has(phrase),
    areNear: (group) => findNearMatches(group.map((phrase) => found.get(phrase) ?? [])).length > 0,
  };
}
