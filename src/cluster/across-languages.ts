/** Links reports of one event in two languages, by the names, numbers, countries and dates that they share. */
import { createRequire } from 'node:module';
import { foldDiacritics, primaryLanguage, stemmerOf } from '../text/stem.js';
import { eachWord, normalizeWord } from '../text/words.js';
import { backgroundOf } from './terms/background.js';
import { termOf } from './terms/term.js';
import { guessLanguage } from './text/guess-language.js';

export interface ForeignText {
  readonly title: string;
  readonly summary: string;
  /** BCP 47; null: guessed from the script. */
  readonly language: string | null;
  readonly publishedAt: Date;
}

/** The parts of a text that can be recognised in another language. */
export interface Mentions {
  readonly language: string;
  /** In milliseconds. */
  readonly publishedAt: number;
  /** Consonant skeletons of rare names, and numbers. */
  readonly names: ReadonlySet<string>;
  /** ISO 3166-1 alpha-2. */
  readonly countries: ReadonlySet<string>;
}

const day = 86_400_000;
const leastNames = 2;
/** Largest share of a word in its language at which it counts as a name. */
const rareName = 1e-4;

/** For a link, never for a merge: similarity across languages is too uncertain for that. */
export function isAlsoReported(a: Mentions, b: Mentions): boolean {
  if (a.language === b.language || Math.abs(a.publishedAt - b.publishedAt) >= day) return false;
  return shared(a.names, b.names) >= leastNames && shared(a.countries, b.countries) >= 1;
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const each of a) if (b.has(each)) count += 1;
  return count;
}

export function mentionsOf({ title, summary, language, publishedAt }: ForeignText): Mentions {
  const code = primaryLanguage(language) || guessLanguage(`${title} ${summary}`);
  const words = wordsOf(`${title}\n${summary}`, code);
  return {
    language: code,
    publishedAt: publishedAt.getTime(),
    names: namesIn(words, code),
    countries: countriesIn(words, code),
  };
}

interface Word {
  readonly raw: string;
  readonly stem: string;
}

function wordsOf(text: string, language: string): Word[] {
  const words: Word[] = [];
  const stemmer = stemmerOf(language);
  eachWord(text, language, (raw) => words.push({ raw, stem: foldDiacritics(stemmer(normalizeWord(raw, language))) }));
  return words;
}

function namesIn(words: readonly Word[], language: string): Set<string> {
  const background = backgroundOf(language);
  const countries = countryNames(language); // counted separately
  const names = words.flatMap(({ raw, stem }) => {
    if (/^\p{N}+$/u.test(stem)) return isYear(stem) || stem.length < 2 ? [] : [stem];
    const isName = /^\p{Lu}/u.test(raw) && !countries.has(stem) && background.share(termOf(language, stem)) <= rareName;
    const skeleton = isName ? skeletonOf(stem) : '';
    return skeleton.length < 3 ? [] : [skeleton];
  });
  return new Set(names);
}

function isYear(number: string): boolean {
  return /^(?:19|20)\d\d$/.test(number);
}

// Reduces the beginning of a name to its consonants, equal in all spellings and cases: Zelensky, Selenskyj, Зеленского → slnsk.
const sounds: readonly (readonly [RegExp, string])[] = [
  [/shch|tsch|tch|sch|sh|ch|cz|sz|zh|[жчшщčšž]/g, 'C'],
  [/ts|tz|[цzзсçs]/g, 's'],
  [/kh|[хh]/g, ''],
  [/[бb]/g, 'b'],
  [/[вvw]/g, 'v'],
  [/[гґg]/g, 'g'],
  [/[дd]/g, 'd'],
  [/[кkcq]/g, 'k'],
  [/[лl]/g, 'l'],
  [/[мm]/g, 'm'],
  [/[нn]/g, 'n'],
  [/[пp]/g, 'p'],
  [/[рr]/g, 'r'],
  [/[тt]/g, 't'],
  [/ph|[фf]/g, 'f'],
  [/x/g, 'ks'],
];

function skeletonOf(stem: string): string {
  const consonants = sounds.reduce((text, [spelling, sound]) => text.replace(spelling, sound), stem);
  return consonants
    .replace(/[^Cbdfgklmnprstv]/g, '')
    .replace(/(.)\1+/g, '$1')
    .slice(0, 5);
}

const load = createRequire(import.meta.url);
const tables = new Map<string, ReadonlyMap<string, string>>();

/** In words: "Bosnia and Herzegovina". */
const longestName = 4;

function countriesIn(words: readonly Word[], language: string): Set<string> {
  const names = countryNames(language);
  const found = new Set<string>();
  words.forEach((_, start) => {
    for (let length = 1; length <= longestName; length += 1) {
      const code = names.get(
        words
          .slice(start, start + length)
          .map(({ stem }) => stem)
          .join(' '),
      );
      if (code !== undefined) found.add(code);
    }
  });
  return found;
}

/** Stems of a country's name, joined by spaces → its code. */
function countryNames(language: string): ReadonlyMap<string, string> {
  const known = tables.get(language);
  if (known) return known;
  const table = new Map<string, string>();
  for (const [code, names] of Object.entries(namesOfCountries(language))) {
    for (const name of [names].flat())
      table.set(
        wordsOf(name, language)
          .map(({ stem }) => stem)
          .join(' '),
        code,
      );
  }
  tables.set(language, table);
  return table;
}

function namesOfCountries(language: string): Readonly<Record<string, string | readonly string[]>> {
  const { langs } = load('i18n-iso-countries') as { langs(): readonly string[] };
  if (!langs().includes(language)) return {};
  return (load(`i18n-iso-countries/langs/${language}.json`) as { countries: Record<string, string | string[]> })
    .countries;
}
