/** Stems words by language and folds diacritics ("sanctions" and "sanction" have one stem), also to sort names. */

import { createRequire } from 'node:module';
import { loadMap } from '../data/load.js';
import { compareText } from './compare.js';

/** Maps a lower-case word to its stem. */
export type Stemmer = (word: string) => string;

const load = createRequire(import.meta.url);
const loaded = new Map<string, Stemmer>();
const unchanged: Stemmer = (word) => word;

/** The stemmer for a language (BCP 47, only the primary subtag counts), loaded on first use. Unknown or null: words are unchanged. */
export function stemmerOf(language: string | null): Stemmer {
  const code = primaryLanguage(language);
  const known = loaded.get(code);
  if (known) return known;
  // ISO 639-1 → module of @orama/stemmers (Snowball algorithms in plain JavaScript).
  const module = loadMap<string>('stemmers').get(code);
  if (module === undefined) return unchanged; // not cached: feeds may contain any number of made-up languages
  const { stemmer } = load(`@orama/stemmers/${module}`) as { stemmer: Stemmer };
  const guarded = orUnchanged(stemmer);
  loaded.set(code, guarded);
  return guarded;
}

/** The Bulgarian stemmer assigns to a character of a string ("освен"), which throws: such a word is returned unchanged. */
function orUnchanged(stemmer: Stemmer): Stemmer {
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

// Letters without a canonical decomposition that are often written without the stroke or as two letters.
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

/** Without diacritics, as people often type: `são` → `sao`. й and ї are separate letters, not и and і with a mark, and stay. */
export function foldDiacritics(word: string): string {
  if (/^[\x00-\x7f]*$/.test(word)) return word;
  return word
    .replace(/[łøđðþæœı]/g, (letter) => letterFoldings[letter]!)
    .normalize('NFD')
    .replace(/(?<![иИіІ])\p{Mn}+/gu, '')
    .normalize('NFC');
}

/** The order of names in lists for people, alike on every machine: case and diacritics aside, then by code units. Names that are alike: 0. */
export function byAlphabet(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return compareText(foldDiacritics(one), foldDiacritics(other)) || compareText(one, other);
}
