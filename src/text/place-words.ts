/** Loads country names, and words for countries that lists of countries do not contain. */
import { createRequire } from 'node:module';
import { loadMap } from '../data/load.js';

const load = createRequire(import.meta.url);
const lists = new Map<string, CountryNames | null>();

/** Feeds may name any number of languages; few have two letters. */
const LANGUAGE = /^[a-z]{2}$/;

/** By ISO 3166-1 alpha-2. */
export type CountryNames = Readonly<Record<string, string | readonly string[]>>;

/** null: no list in this language (ISO 639-1). */
export function countryNames(language: string): CountryNames | null {
  const known = lists.get(language);
  if (known !== undefined || !LANGUAGE.test(language)) return known ?? null;
  const countries = loadCountries(language);
  lists.set(language, countries);
  return countries;
}

function loadCountries(language: string): CountryNames | null {
  try {
    return (load(`i18n-iso-countries/langs/${language}.json`) as { countries: CountryNames }).countries;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/**
 * - `demonyms`: demonyms and adjectives.
 * - `cities`: cities that represent their country and are unambiguous in all languages (not Nice, Reading or Paris).
 * - `short-names`: missing short names; checked against Unicode CLDR.
 */
type PlaceTable = 'demonyms' | 'cities' | 'short-names';

/** In the syntax of editors' phrases. @param code ISO 3166-1 alpha-2, upper case. @param language ISO 639-1. */
export function placeWords(table: PlaceTable, code: string, language: string): readonly string[] {
  const words = loadMap<Readonly<Record<string, readonly string[]>>>(`places/${table}`).get(code);
  return words !== undefined && Object.hasOwn(words, language) ? words[language]! : [];
}
