/** Finds the country behind a demonym or adjective: "Chinese" → China. */
import { createRequire } from 'node:module';
import { demonymsOf } from './demonyms.js';
import { foldDiacritics, stemmerOf } from './stem.js';
import { normalizeWord } from './words.js';

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
    for (const { phrase, language: of } of demonymsOf(code)) {
      if (of !== language || phrase.includes(' ') || /^\p{Lu}+$/u.test(phrase)) continue;
      if (phrase.endsWith('*'))
        beginnings.push([foldDiacritics(normalizeWord(phrase.slice(0, -1), language)), stemOf(name)]);
      else whole.set(stemOf(phrase), stemOf(name));
    }
  }
  return (stem) => whole.get(stem) ?? beginnings.find(([beginning]) => stem.startsWith(beginning))?.[1] ?? stem;
}
