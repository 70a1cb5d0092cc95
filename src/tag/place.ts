/** Provides ready-made topics for countries, which a config selects by `place: KP`. */
import { createRequire } from 'node:module';
import type { TopicConfig } from '../model/topic.js';
import { demonymsOf } from '../text/demonyms.js';

/** A phrase for articles in one language. `name`: it matches only with a capital. */
export interface PlaceName {
  readonly phrase: string;
  readonly language: string;
  readonly letterCase: 'any' | 'name';
}

/** A topic with everything that `place` adds. */
export interface CompleteTopic extends TopicConfig {
  readonly label: string | Readonly<Record<string, string>>;
  readonly names: readonly PlaceName[];
}

/**
 * Completes a topic: for a place its id (`north-korea`), its label in many languages and the names and demonyms of the
 * country; for others the label (the id). The editor's values are kept. An unknown place adds nothing.
 */
export function completeTopic(topic: TopicConfig): CompleteTopic {
  const code = topic.place?.toUpperCase();
  const place = code === undefined ? null : placeTopic(code);
  if (code === undefined || place === null) return { ...topic, label: topic.label ?? topic.id, names: [] };
  return { ...topic, id: topic.id ?? place.id, label: topic.label ?? place.label, names: placeNames(code) };
}

/** Id and label of the topic of a country (ISO 3166-1 alpha-2); null: unknown country. */
export function placeTopic(code: string): { id: string; label: Readonly<Record<string, string>> } | null {
  const labels = countryLabels(code.toUpperCase());
  return labels === null ? null : { id: slug(labels.en ?? code), label: labels };
}

// Languages in which names of countries are searched: the common ones of news feeds.
const languages =
  'en uk ru de fr es it pt nl pl cs sk sl hr sr bg ro hu el tr sv da nb fi et lv lt ar fa he hi ko zh ja th vi id ka hy az kk'.split(
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
  const table = countries(language);
  const names = Object.hasOwn(table, code) ? table[code]! : [];
  return typeof names === 'string' ? [names] : names;
}

// The shortest name that is no abbreviation: "North Korea", not "Democratic People's Republic of Korea".
function countryLabels(code: string): Record<string, string> | null {
  const labels: Record<string, string> = {};
  for (const language of languages) {
    const names = namesIn(language, code).filter((name) => !/^[\p{Lu}.]+$/u.test(name) && !name.includes(','));
    const shortest = [...names].sort((a, b) => a.length - b.length)[0];
    if (shortest !== undefined) labels[language] = shortest;
  }
  if (code === 'XK') labels.en = 'Kosovo';
  return labels.en === undefined ? null : labels;
}

function placeNames(code: string): PlaceName[] {
  const names = languages.flatMap((language) =>
    namesIn(language, code)
      .filter((name) => !/[,(]/.test(name) && !isWordOfItsOwn(code, language, name))
      .map((name): PlaceName => ({ phrase: inflected(name, language), language, letterCase: 'name' })),
  );
  return [...names, ...demonymsOf(code).map((demonym): PlaceName => ({ ...demonym, letterCase: 'any' }))];
}

// Names that mostly mean something else in that language, even with a capital.
const doubtful: Readonly<Record<string, string>> = { GE: 'en', JO: 'en' };

function isWordOfItsOwn(code: string, language: string, name: string): boolean {
  return doubtful[code] === language && !name.includes(' ');
}

// Inflecting languages without rules in word-forms.ts: a long name matches as a prefix, which covers its forms and its adjective.
const byBeginning: ReadonlySet<string> = new Set(['pl', 'cs', 'sk', 'sl', 'hr', 'et', 'lv', 'az', 'kk', 'ka', 'hy']);

function inflected(name: string, language: string): string {
  if (!byBeginning.has(language) || name.includes(' ')) return name;
  const beginning = name.replace(/[aeiouyąęäõåāēīōūóéə]$/u, '');
  return beginning.length >= 5 ? `${beginning}*` : name;
}

function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
