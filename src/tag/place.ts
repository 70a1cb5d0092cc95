/** Provides ready-made topics for countries and regions, selected by `place: KP` or `place: asia`. */
import { loadMap } from '../data/load.js';
import { countryNames, placeWords } from '../text/place-words.js';
import { type ReadyMadeName, toReadyMadeName, toTopicId } from './ready-made-name.js';

interface Region {
  /** In the syntax of editors' phrases, by language (ISO 639-1); the first is the label. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Countries (ISO 3166-1 alpha-2) or regions. */
  readonly members: readonly string[];
}

/** By name in lower case with hyphens, after UN M49, which lacks Taiwan, Kosovo and the Middle East. */
function findRegion(name: string): Region | undefined {
  return loadMap<Region>('places/regions').get(name);
}

/** Id and label of a country (ISO 3166-1 alpha-2) or region (`south-eastern-asia`); null: unknown place. */
export function placeTopic(place: string): { id: string; label: Readonly<Record<string, string>> } | null {
  const region = findRegion(place);
  if (region !== undefined) {
    const label = Object.entries(region.names).map(([language, [first]]) => [language, first!] as const);
    return { id: place, label: Object.fromEntries(label) };
  }
  const labels = countryLabels(place.toUpperCase());
  return labels === null ? null : { id: toTopicId(labels.en ?? place), label: labels };
}

/** Names (ISO 639-1 `language`) of countries, and of regions with their countries. Ignores unknown places. */
export function listPlaceNames(places: readonly string[], language: string): ReadyMadeName[] {
  const names = places.flatMap((place) => Object.entries(findRegion(place)?.names ?? {}));
  return [
    ...names.flatMap(([each, phrases]) => (each === language ? phrases.map(toReadyMadeName) : [])),
    ...[...new Set(places.flatMap(listCountries))].flatMap((code) => listCountryNames(code, language)),
  ];
}

function listCountries(place: string): readonly string[] {
  return findRegion(place)?.members.flatMap(listCountries) ?? [place.toUpperCase()];
}

/** Languages with searched names of countries (ISO 639-1): those of news feeds. */
export const nameLanguages: readonly string[] =
  'en uk ru de fr es it pt nl pl cs sk sl hr sr bg ro hu el tr sv da nb fi et lv lt ar fa he hi ko zh ja th vi id ka hy az kk af am be bn bs ca eu gl is km ku ky mk ml mn mr ms mt ps so sq sw ta tg ug ur uz ga nn no'.split(
    ' ',
  );

function loadNames(language: string, code: string): readonly string[] {
  if (!nameLanguages.includes(language)) return [];
  const table = countryNames(language) ?? {};
  const names = Object.hasOwn(table, code) ? table[code]! : [];
  return typeof names === 'string' ? [names] : names;
}

// The shortest name that is not an abbreviation: "North Korea", not "Democratic People's Republic of Korea".
function countryLabels(code: string): Record<string, string> | null {
  const labels: Record<string, string> = {};
  for (const language of nameLanguages) {
    const names = loadNames(language, code).filter((name) => !/^[\p{Lu}.]+$/u.test(name) && !name.includes(','));
    const shortest = [...names].sort((a, b) => a.length - b.length)[0];
    if (shortest !== undefined) labels[language] = shortest;
  }
  if (code === 'XK') labels.en = 'Kosovo';
  return labels.en === undefined ? null : labels;
}

function listCountryNames(code: string, language: string): ReadyMadeName[] {
  const short = placeWords('short-names', code, language === 'no' ? 'nb' : language);
  const names = [...loadNames(language, code), ...short]
    .filter((phrase) => !/[,(]/.test(phrase) && !isCommonWord(code, language, phrase))
    .map((phrase): ReadyMadeName => ({ phrase: inflected(phrase, language), letterCase: 'name' }));
  const others = [...placeWords('demonyms', code, language), ...placeWords('cities', code, language)];
  // "the Danish designer", "born in Vienna"
  return [...names, ...others.map((written) => ({ ...toReadyMadeName(written), isHint: true as const }))];
}

/** Whether a country's name mostly means something else in that language, even with a capital. */
function isCommonWord(code: string, language: string, name: string): boolean {
  const languages = loadMap<readonly string[]>('places/doubtful-names').get(code);
  return languages?.includes(language) === true && !name.includes(' ');
}

/** Inflecting languages without rules in word-forms.ts: a long name matches as a prefix. */
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
