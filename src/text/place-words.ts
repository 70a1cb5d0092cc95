/** Names of countries, and words for them that lists of countries do not contain. */
import { createRequire } from 'node:module';
import { loadMap } from '../data/load.js';

const load = createRequire(import.meta.url);
const lists = new Map<string, CountryNames>();

/** By ISO 3166-1 alpha-2. */
export type CountryNames = Readonly<Record<string, string | readonly string[]>>;

/** null: there is no list of countries in this language (ISO 639-1). */
export function countryNames(language: string): CountryNames | null {
  const known = lists.get(language);
  if (known !== undefined) return known;
  const { langs } = load('i18n-iso-countries') as { langs(): readonly string[] };
  if (!langs().includes(language)) return null; // not cached: feeds may contain any number of made-up languages
  const { countries } = load(`i18n-iso-countries/langs/${language}.json`) as { countries: CountryNames };
  lists.set(language, countries);
  return countries;
}

/**
 * - `demonyms`: and adjectives.
 * - `cities`: that stand for their country and have no other meaning in any of the languages (not Nice, Reading or Paris).
 * - `short-names`: where lists have only long, official or older ones; checked against Unicode CLDR.
 */
type PlaceTable = 'demonyms' | 'cities' | 'short-names';

/** In the syntax of editors' phrases. `code`: ISO 3166-1 alpha-2, upper case; `language`: ISO 639-1. */
export function placeWords(table: PlaceTable, code: string, language: string): readonly string[] {
  const words = loadMap<Readonly<Record<string, readonly string[]>>>(`places/${table}`).get(code);
  return words !== undefined && Object.hasOwn(words, language) ? words[language]! : [];
}
