/** Caches what is computed from words, because most words of the news recur. */
import { detachString } from './detach-string.js';
import { foldDiacritics, loadStemmer } from './stem.js';
import { normalizeWord } from './words.js';

/** Returns the cached function. The cache begins again after `most` words. */
export function rememberWords<T extends NonNullable<unknown> | null>(
  compute: (raw: string) => T,
  most: number,
): (raw: string) => T {
  const known = new Map<string, T>();
  return (raw) => {
    let value = known.get(raw);
    if (value !== undefined) return value;
    const kept = detachString(raw);
    value = compute(kept);
    if (known.size === most) known.clear();
    known.set(kept, value);
    return value;
  };
}

const WORDS_PER_LANGUAGE = 50_000;
const MOST_LANGUAGES = 100;

/** As `rememberWords`, with one cache for each language. */
export function rememberByLanguage<T extends NonNullable<unknown> | null>(
  compute: (raw: string, language: string) => T,
): (language: string) => (raw: string) => T {
  const readers = new Map<string, (raw: string) => T>();
  return (language) => {
    const known = readers.get(language);
    if (known !== undefined) return known;
    if (readers.size === MOST_LANGUAGES) readers.clear(); // feeds may contain any number of made-up languages
    const reader = rememberWords((raw) => compute(raw, language), WORDS_PER_LANGUAGE);
    readers.set(language, reader);
    return reader;
  };
}

interface StemmedWord {
  /** As `normalizeWord` returns it. */
  readonly word: string;
  /** Without diacritics. */
  readonly stem: string;
}

/** For a language, normalises and stems raw words. */
export const stemReader: (language: string) => (raw: string) => StemmedWord = rememberByLanguage((raw, language) => {
  const word = normalizeWord(raw, language);
  return { word, stem: foldDiacritics(loadStemmer(language)(word)) };
});
