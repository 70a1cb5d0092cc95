/** Stems words by language, folds diacritics, and sorts names. */

import { createRequire } from 'node:module';
import { loadMap } from '../data/load.js';
import { compareText } from './compare.js';

/** Maps a lower-case word to its stem. */
export type Stemmer = (word: string) => string;

const load = createRequire(import.meta.url);
const loaded = new Map<string, Stemmer>();
const returnWord: Stemmer = (word) => word;

/** Loaded on first use, by primary subtag (BCP 47). Unknown or null: words are unchanged. */
export function loadStemmer(language: string | null): Stemmer {
  const code = primaryLanguage(language);
  const known = loaded.get(code);
  if (known) return known;
  // ISO 639-1 → module of @orama/stemmers (Snowball algorithms in plain JavaScript).
  const module = loadMap<string>('stemmers').get(code);
  if (module === undefined) return returnWord; // not cached: feeds may contain any number of made-up languages
  const { stemmer } = load(`@orama/stemmers/${module}`) as { stemmer: Stemmer };
  const guarded = guardStemmer(stemmer);
  loaded.set(code, guarded);
  return guarded;
}

/** The Bulgarian stemmer throws on some words ("освен"), which are returned unchanged. */
function guardStemmer(stemmer: Stemmer): Stemmer {
  return (word) => {
    try {
      return stemmer(word);
    } catch {
      return word;
    }
  };
}

/** `de-AT` → `de`; null → ''. */
export function primaryLanguage(language: string | null): string {
  if (!language) return '';
  const end = language.search(/[-_]/);
  return (end < 0 ? language : language.slice(0, end)).toLowerCase();
}

// Letters without a canonical decomposition, and their common plain spelling.
const letterFoldings: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** `são` → `sao`. й and ї are separate letters and stay. */
export function foldDiacritics(word: string): string {
  if (/^[\x00-\x7f]*$/.test(word)) return word;
  return word
    .replace(/[łøđðþæœı]/g, (letter) => letterFoldings[letter]!)
    .normalize('NFD')
    .replace(/(?<![иИіІ])\p{Mn}+/gu, '')
    .normalize('NFC');
}

/** Sort order for people, independent of the locale: ignores case and diacritics, then compares code units. */
export function compareAlphabetically(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return compareText(foldDiacritics(one), foldDiacritics(other)) || compareText(one, other);
}
