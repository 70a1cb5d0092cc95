/** Stems of words by language: come here to add a language or to see how "sanctions" and "sanction" become one. */
import { createRequire } from 'node:module';

/** Maps a lower-case word to its stem. */
export type Stemmer = (word: string) => string;

// ISO 639-1 → module of @orama/stemmers (Snowball algorithms in plain JavaScript).
const modules: Readonly<Record<string, string>> = {
  ar: 'arabic',
  bg: 'bulgarian',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'indian',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  uk: 'ukrainian',
};

const load = createRequire(import.meta.url);
const loaded = new Map<string, Stemmer>();
const unchanged: Stemmer = (word) => word;

/** The stemmer of a language (BCP 47; only its first subtag counts), loaded when first asked for. Unknown or null: words stay as they are. */
export function stemmerOf(language: string | null): Stemmer {
  const code = primaryLanguage(language);
  const known = loaded.get(code);
  if (known) return known;
  const module = Object.hasOwn(modules, code) ? modules[code] : undefined;
  if (module === undefined) return unchanged; // not remembered: feeds may name languages without end
  const { stemmer } = load(`@orama/stemmers/${module}`) as { stemmer: Stemmer };
  const guarded = orUnchanged(stemmer);
  loaded.set(code, guarded);
  return guarded;
}

/** The Bulgarian one assigns to a letter of a string ("освен"), which throws: such a word stays as it is. */
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

// Letters that carry no combining mark in Unicode and still are written without their stroke or as two.
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

/** Without diacritics, as people type in a hurry: `são` → `sao`. The letters й and ї are no decorated и and і, so they stay. */
export function foldDiacritics(word: string): string {
  if (/^[\x00-\x7f]*$/.test(word)) return word;
  return word
    .replace(/[łøđðþæœı]/g, (letter) => letterFoldings[letter]!)
    .normalize('NFD')
    .replace(/(?<![иИіІ])\p{Mn}+/gu, '')
    .normalize('NFC');
}
