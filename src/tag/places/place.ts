/** Provides ready-made topics for countries and regions, which a config selects by `place: KP` or `place: asia`. */
import { createRequire } from 'node:module';
import { demonymsOf } from '../../text/demonyms.js';
import { nameAsWritten, type ReadyMadeName, topicIdOf } from '../ready-made-name.js';
import { citiesOf } from './cities.js';
import { regionOf } from './regions.js';
import { shortNamesOf } from './short-names.js';

/**
 * Id and label of the topic of a country (ISO 3166-1 alpha-2) or of a region (`south-eastern-asia`); null: unknown place.
 */
export function placeTopic(place: string): { id: string; label: Readonly<Record<string, string>> } | null {
  const region = regionOf(place);
  if (region !== null) return { id: place, label: region.label };
  const labels = countryLabels(place.toUpperCase());
  return labels === null ? null : { id: topicIdOf(labels.en ?? place), label: labels };
}

/** The names in one language (ISO 639-1) of countries and regions, and of the countries of these; of unknown ones none. */
export function namesOfPlaces(places: readonly string[], language: string): ReadyMadeName[] {
  const regions = places.flatMap((place) => regionOf(place) ?? []);
  const countries = places.flatMap((place) => regionOf(place)?.countries ?? place.toUpperCase());
  return [
    ...regions.flatMap(({ names }) => phrasesIn(language, names)),
    ...[...new Set(countries)].flatMap((code) => namesOfCountry(code, language)),
  ];
}

function phrasesIn(
  language: string,
  names: readonly { readonly phrase: string; readonly language: string }[],
): ReadyMadeName[] {
  return names.filter((name) => name.language === language).map(({ phrase }) => nameAsWritten(phrase));
}

/** Languages in which names of countries are searched (ISO 639-1): those of news feeds. */
export const nameLanguages: readonly string[] =
  'en uk ru de fr es it pt nl pl cs sk sl hr sr bg ro hu el tr sv da nb fi et lv lt ar fa he hi ko zh ja th vi id ka hy az kk af am be bn bs ca eu gl is km ku ky mk ml mn mr ms mt ps so sq sw ta tg ug ur uz ga nn no'.split(
    ' ',
  );

const load = createRequire(import.meta.url);
const tables = new Map<string, Readonly<Record<string, string | readonly string[]>>>();

function countries(language: string): Readonly<Record<string, string | readonly string[]>> {
  const known = tables.get(language);
  if (known) return known;
  const file = load(`i18n-iso-countries/langs/${language}.json`) as { countries: Record<string, string | string[]> };
  tables.set(language, file.countries);
  return file.countries;
}

function namesIn(language: string, code: string): readonly string[] {
  if (!nameLanguages.includes(language)) return [];
  const table = countries(language);
  const names = Object.hasOwn(table, code) ? table[code]! : [];
  return typeof names === 'string' ? [names] : names;
}

// The shortest name that is no abbreviation: "North Korea", not "Democratic People's Republic of Korea".
function countryLabels(code: string): Record<string, string> | null {
  const labels: Record<string, string> = {};
  for (const language of nameLanguages) {
    const names = namesIn(language, code).filter((name) => !/^[\p{Lu}.]+$/u.test(name) && !name.includes(','));
    const shortest = [...names].sort((a, b) => a.length - b.length)[0];
    if (shortest !== undefined) labels[language] = shortest;
  }
  if (code === 'XK') labels.en = 'Kosovo';
  return labels.en === undefined ? null : labels;
}

function namesOfCountry(code: string, language: string): ReadyMadeName[] {
  const short = shortNamesOf(code).filter((name) => name.language === (language === 'no' ? 'nb' : language));
  const names = [...namesIn(language, code), ...short.map(({ phrase }) => phrase)]
    .filter((phrase) => !/[,(]/.test(phrase) && !isWordOfItsOwn(code, language, phrase))
    .map((phrase): ReadyMadeName => ({ phrase: inflected(phrase, language), letterCase: 'name' }));
  return [...names, ...phrasesIn(language, [...demonymsOf(code), ...citiesOf(code)])];
}

/** Names that mostly mean something else in that language, even with a capital: `code languages`. */
const doubtful: ReadonlyMap<string, string> = new Map(
  `GD es|GE en|GN he|IM en|JE en de fr es it nl|JO en|KN en|ML ar hi it pl uk|MU es fr|NU en|OM ko tr|RE en fr es it pt de
   TD en ru|TG ru uk`
    .split(/[|\n]/)
    .map((row) => [row.trim().slice(0, 2), row.trim().slice(3)]),
);

function isWordOfItsOwn(code: string, language: string, name: string): boolean {
  return doubtful.get(code)?.split(' ').includes(language) === true && !name.includes(' ');
}

/**
 * Inflecting and agglutinative languages without rules in word-forms.ts: a long name matches as a prefix, which covers its forms
 * and its adjective.
 */
const byBeginning: ReadonlySet<string> = new Set(
  'pl cs sk sl hr et lv az kk ka hy be bs bn eu is ky mk ml mn mr ta tg ug uz'.split(' '),
);

function inflected(name: string, language: string): string {
  if (!byBeginning.has(language) || name.includes(' ')) return name;
  const beginning = name.replace(/[aeiouyąęäõåāēīōūóéəаеиоуыяю]$/u, '');
  return beginning.length >= (language === 'bn' || language === 'ta' || language === 'ml' ? 3 : 5)
    ? `${beginning}*`
    : name;
}
