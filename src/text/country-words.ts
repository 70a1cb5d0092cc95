/** Finds countries by their names, demonyms and adjectives: "Chinese" → China. */
import { createRequire } from 'node:module';
import { placeWords } from './place-words.js';
import { foldDiacritics, stemmerOf } from './stem.js';
import { eachWord, normalizeWord } from './words.js';

/** Maps the stem of a word for a country to the stem of its name; other stems are unchanged. */
export type CountryStem = (stem: string) => string;

const load = createRequire(import.meta.url);
const tables = new Map<string, CountryStem>();

const unchanged: CountryStem = (stem) => stem;

/** `language`: ISO 639-1. Only countries with a name of one word: others have no stem of their own. */
export function countryStems(language: string): CountryStem {
  const known = tables.get(language);
  if (known) return known;
  const { langs } = load('i18n-iso-countries') as { langs(): readonly string[] };
  if (!langs().includes(language)) return unchanged; // not cached: feeds may contain any number of made-up languages
  const table = readTable(language);
  tables.set(language, table);
  return table;
}

function readTable(language: string): CountryStem {
  const file = load(`i18n-iso-countries/langs/${language}.json`) as { countries: Record<string, string | string[]> };
  const stemmer = stemmerOf(language);
  const stemOf = (word: string) => foldDiacritics(stemmer(normalizeWord(word, language)));
  const whole = new Map<string, string>();
  const beginnings: [string, string][] = [];
  for (const [code, names] of Object.entries(file.countries)) {
    const name = [names].flat().find((each) => /^\p{L}{4,}$/u.test(each));
    if (name === undefined) continue;
    for (const phrase of placeWords('demonyms', code, language)) {
      if (phrase.includes(' ') || /^\p{Lu}+$/u.test(phrase)) continue;
      if (phrase.endsWith('*'))
        beginnings.push([foldDiacritics(normalizeWord(phrase.slice(0, -1), language)), stemOf(name)]);
      else whole.set(stemOf(phrase), stemOf(name));
    }
  }
  return (stem) => whole.get(stem) ?? beginnings.find(([beginning]) => stem.startsWith(beginning))?.[1] ?? stem;
}

/** The countries (ISO 3166-1 alpha-2) that a text in this language names, by any of their names, as often as it does. */
export function countriesIn(text: string, language: string): string[] {
  const names = namesOf(language);
  const words: string[] = [];
  eachWord(text, language, (raw) => words.push(keyOf(raw, language)));
  const found: string[] = [];
  words.forEach((word, start) => {
    for (let length = Math.min(LONGEST_NAME, words.length - start); length > 0; length -= 1) {
      const phrase = words.slice(start, start + length).join(' ');
      const code = names.whole.get(phrase) ?? (length === 1 ? beginningOf(word, names.beginnings) : undefined);
      if (code !== undefined) found.push(code);
    }
  });
  return found;
}

/** In words: "Bosnia and Herzegovina". */
const LONGEST_NAME = 4;

interface CountryNames {
  /** Stems of all words of a name, joined by spaces → code. */
  readonly whole: ReadonlyMap<string, string>;
  /** Beginning of a word → code. */
  readonly beginnings: readonly (readonly [string, string])[];
}

const names = new Map<string, CountryNames>();

function namesOf(language: string): CountryNames {
  const known = names.get(language);
  if (known) return known;
  const { langs } = load('i18n-iso-countries') as { langs(): readonly string[] };
  if (!langs().includes(language)) return NO_NAMES;
  const file = load(`i18n-iso-countries/langs/${language}.json`) as { countries: Record<string, string | string[]> };
  const whole = new Map<string, string>();
  const beginnings: [string, string][] = [];
  const add = (phrase: string, code: string) => {
    if (phrase.endsWith('*')) beginnings.push([foldDiacritics(normalizeWord(phrase.slice(0, -1), language)), code]);
    else
      whole.set(
        phrase
          .split(/[\s-]+/)
          .map((word) => keyOf(word, language))
          .join(' '),
        code,
      );
  };
  for (const [code, all] of Object.entries(file.countries)) {
    for (const name of [all].flat()) add(name, code);
    for (const demonym of placeWords('demonyms', code, language)) add(demonym, code);
  }
  const read = { whole, beginnings };
  names.set(language, read);
  return read;
}

const NO_NAMES: CountryNames = { whole: new Map(), beginnings: [] };

function keyOf(word: string, language: string): string {
  return foldDiacritics(stemmerOf(language)(normalizeWord(word, language)));
}

function beginningOf(word: string, beginnings: CountryNames['beginnings']): string | undefined {
  return beginnings.find(([beginning]) => word.startsWith(beginning))?.[1];
}
