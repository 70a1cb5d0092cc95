/** Recognises languages in Latin and Cyrillic script by their most common function words. */
import { loadTable } from '../data/load.js';

const WORDS = loadTable<Readonly<Record<string, readonly string[]>>>('function-words');
const LANGUAGES = Object.keys(WORDS);
/** Word → indices of the languages that use it. */
const WORD_LANGUAGES = new Map<string, number[]>();
for (const [place, language] of LANGUAGES.entries()) {
  for (const word of WORDS[language]!) WORD_LANGUAGES.set(word, [...(WORD_LANGUAGES.get(word) ?? []), place]);
}

const LONGEST = Math.max(...Array.from(WORD_LANGUAGES.keys(), (word) => word.length));

/**
 * True if the text has at least two function words of the language, and no other language has more.
 * @param hits of `countFunctionWords`
 */
export function hasFunctionWords(hits: readonly number[], language: string): boolean {
  const own = getFunctionWordHits(hits, language);
  return own >= 2 && hits.every((other) => other <= own);
}

export function getFunctionWordHits(hits: readonly number[], language: string): number {
  return hits[LANGUAGES.indexOf(language === 'nb' || language === 'nn' ? 'no' : language)] ?? 0;
}

/** The language with at least three function words, and two more than any other. */
export function selectFunctionWordLanguage(hits: readonly number[]): string | null {
  const most = Math.max(...hits);
  const near = hits.filter((count) => most - count < 2).length;
  return most >= 3 && near === 1 ? LANGUAGES[hits.indexOf(most)]! : null;
}

/** Number of distinct function words in the text, by language. */
export function countFunctionWords(text: string): number[] {
  const hits = LANGUAGES.map(() => 0);
  const words = text.toLowerCase().match(/[a-z]+(?![a-z\u0080-\u{10ffff}])|\p{L}+/gu) ?? [];
  for (const word of new Set(words.filter((one) => one.length <= LONGEST && WORD_LANGUAGES.has(one)))) {
    for (const place of WORD_LANGUAGES.get(word)!) hits[place]! += 1;
  }
  return hits;
}
