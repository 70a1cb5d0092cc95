/** Words for countries that lists of countries do not contain. */
import { loadMap } from '../data/load.js';

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
