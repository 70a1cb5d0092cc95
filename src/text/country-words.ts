/** Finds countries by their names, demonyms and adjectives: "Chinese" → China. */
import { type CountryNames, countryNames, placeWords } from './place-words.js';
import { foldDiacritics } from './stem.js';
import { rememberByLanguage, stemReader } from './word-memo.js';
import { eachWord, normalizeWord } from './words.js';

/** Maps the stem of a word for a country to the stem of its name. Other stems are unchanged. */
export type CountryStem = (stem: string) => string;

const tables = new Map<string, CountryStem>();

const returnStem: CountryStem = (stem) => stem;

/** Only for countries with a one-word name. @param language ISO 639-1. */
export function loadCountryStems(language: string): CountryStem {
  const known = tables.get(language);
  if (known) return known;
  const countries = countryNames(language);
  if (countries === null) return returnStem;
  const table = readTable(countries, language);
  tables.set(language, table);
  return table;
}

function readTable(countries: CountryNames, language: string): CountryStem {
  const stem = (word: string) => toKey(word, language);
  const whole = new Map<string, string>();
  const beginnings: [string, string][] = [];
  for (const [code, names] of Object.entries(countries)) {
    const name = [names].flat().find((each) => /^\p{L}{4,}$/u.test(each));
    if (name === undefined) continue;
    for (const phrase of placeWords('demonyms', code, language)) {
      if (phrase.includes(' ') || /^\p{Lu}+$/u.test(phrase)) continue;
      if (phrase.endsWith('*'))
        beginnings.push([foldDiacritics(normalizeWord(phrase.slice(0, -1), language)), stem(name)]);
      else whole.set(stem(phrase), stem(name));
    }
  }
  return (word) => whole.get(word) ?? matchBeginning(word, beginnings) ?? word;
}

/** The countries (ISO 3166-1 alpha-2) that a text in this language names, once per mention. */
export function findCountries(text: string, language: string): string[] {
  const { whole, longest } = loadNames(language);
  const readWord = nameReader(language);
  const words: NameWord[] = [];
  eachWord(text, language, (raw) => words.push(readWord(raw)));
  const found: string[] = [];
  words.forEach(({ key, country }, start) => {
    for (let length = Math.min(longest.get(key) ?? 1, words.length - start); length > 1; length -= 1) {
      const phrase = words.slice(start, start + length).map((word) => word.key);
      const code = whole.get(phrase.join(' '));
      if (code !== undefined) found.push(code);
    }
    if (country !== null) found.push(country);
  });
  return found;
}

/** `country`: that the word alone names. */
interface NameWord {
  readonly key: string;
  readonly country: string | null;
}

const nameReader = rememberByLanguage((raw, language): NameWord => {
  const { whole, beginnings } = loadNames(language);
  const key = toKey(raw, language);
  return { key, country: whole.get(key) ?? matchBeginning(key, beginnings) ?? null };
});

/** In words: "Bosnia and Herzegovina". */
const LONGEST_NAME = 4;

interface SearchedNames {
  /** Stems of all words of a name, joined by spaces → code. */
  readonly whole: ReadonlyMap<string, string>;
  /** Stem of the first word of names of several words → the most words. */
  readonly longest: ReadonlyMap<string, number>;
  /** Beginning of a word → code. */
  readonly beginnings: readonly (readonly [string, string])[];
}

const names = new Map<string, SearchedNames>();

function loadNames(language: string): SearchedNames {
  const known = names.get(language);
  if (known) return known;
  const countries = countryNames(language);
  if (countries === null) return NO_NAMES;
  const whole = new Map<string, string>();
  const longest = new Map<string, number>();
  const beginnings: [string, string][] = [];
  const add = (phrase: string, code: string) => {
    if (phrase.endsWith('*')) {
      beginnings.push([foldDiacritics(normalizeWord(phrase.slice(0, -1), language)), code]);
      return;
    }
    const keys = phrase.split(/[\s-]+/).map((word) => toKey(word, language));
    whole.set(keys.join(' '), code);
    if (keys.length <= LONGEST_NAME) longest.set(keys[0]!, Math.max(longest.get(keys[0]!) ?? 1, keys.length));
  };
  for (const [code, all] of Object.entries(countries)) {
    for (const name of [all].flat()) add(name, code);
    for (const demonym of placeWords('demonyms', code, language)) add(demonym, code);
  }
  const read = { whole, longest, beginnings };
  names.set(language, read);
  return read;
}

const NO_NAMES: SearchedNames = { whole: new Map(), longest: new Map(), beginnings: [] };

function toKey(word: string, language: string): string {
  return stemReader(language)(word).stem;
}

function matchBeginning(word: string, beginnings: SearchedNames['beginnings']): string | undefined {
  return beginnings.find(([beginning]) => word.startsWith(beginning))?.[1];
}
