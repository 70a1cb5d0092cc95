/** Compares reports in two languages by shared cognates and numbers. */
import { loadMap } from '../data/load.js';
import type { Article } from '../model/article.js';
import { findCountries } from '../text/country-words.js';
import { foldDiacritics } from '../text/stem.js';
import { rememberByLanguage, stemReader } from '../text/word-memo.js';
import { eachWord, stopwords } from '../text/words.js';
import { knowsCommonWords } from './terms/background.js';
import { languageWeight } from './terms/weigh.js';
import { isDailyFormat, isShoppingTip } from './text/daily-format.js';
import { comparedLanguage } from './text/guess-language.js';
import { hashTerm } from './text/term.js';

/** If its language is null, it is guessed from the script. */
export type ForeignText = Pick<Article, 'title' | 'summary' | 'language' | 'publishedAt'>;

/** The parts of a text that can be recognised in another language. */
export interface Mentions {
  readonly language: string;
  readonly publishedAt: number;
  /** Shortened names and words, numbers, and countries, with weights scaled to length 1. Empty: no event. */
  readonly cognates: ReadonlyMap<string, number>;
}

const DAY = 86_400_000;
/** Minimum cosine of cognates for a link: of two texts alone, and with known frequencies. */
const MIN_SIMILARITY = { alone: 0.13, amongOthers: 0.26 };
/** Minimum number of distinctive cognates in common, at least one of them not a country. */
const MIN_SHARED = 2;
/** Letters of a word that are compared, with vowels only at its beginning: endings and vowels differ by language. */
const LETTERS = 4;
/** Words with fewer consonants are compared with their vowels. */
const MIN_CONSONANTS = 3;
const SHORTEST = 4;
const TITLE_COUNTS = 2.5;
/** A fixed rarity, as if every fiftieth article named the country. */
const COUNTRY_RARITY = 4;

/** Maximum rarity of a cognate, and the minimum of a distinctive one. */
const MAX_RARITY = 6.5;
export const DISTINCTIVE = 3.5;
/** With fewer texts, frequencies are not reliable: five reports on one event would make its names common. */
const MIN_OTHERS = 25;

/** How many recent texts mention each cognate: names of a long-running subject are in no table of words. */
export interface CommonMentions {
  /** ln(1/p), where p is the probability that a text mentions the cognate; at most `MAX_RARITY`. */
  rarity(cognate: string): number;
}

/** `texts`: all texts, in all languages, that are searched for links. */
export function commonMentions(texts: readonly Pick<Mentions, 'cognates' | 'language'>[]): CommonMentions | null {
  if (texts.length < MIN_OTHERS) return null;
  // By language: an event that is reported in five is one event.
  const languages = new Map<string, { texts: number; readonly counts: Map<string, number> }>();
  for (const { language, cognates } of texts) {
    const known = languages.get(language) ?? { texts: 0, counts: new Map<string, number>() };
    languages.set(language, known);
    known.texts += 1;
    for (const cognate of cognates.keys()) known.counts.set(cognate, (known.counts.get(cognate) ?? 0) + 1);
  }
  return {
    rarity(cognate) {
      const shares = [...languages.values()].map(({ texts, counts }) => {
        const count = counts.get(cognate) ?? 0;
        // A lower bound of the share, as in `TermCounts`: one standard deviation below the count.
        return Math.max(0, count - 1 - Math.sqrt(count)) / (texts + 10);
      });
      return Math.min(MAX_RARITY, -Math.log(Math.max(...shares)));
    },
  };
}

/** Whether two texts in different languages report one event. `common`: frequencies in recent texts; null: unknown. */
export function isAlsoReported(a: Mentions, b: Mentions, common: CommonMentions | null = null): boolean {
  return compareMentions(a, b, common) > 0;
}

/** Cosine of the cognates, 0-1; 0: the texts do not report one event. */
export function compareMentions(a: Mentions, b: Mentions, common: CommonMentions | null): number {
  if (a.language === b.language || Math.abs(a.publishedAt - b.publishedAt) >= DAY) return 0;
  // In a language without a table of common words, borrowed words would link everything.
  if (!knowsCommonWords(a.language) || !knowsCommonWords(b.language)) return 0;
  const shared = [...a.cognates.keys()].filter((cognate) => b.cognates.has(cognate));
  if (!showsEvent(shared)) return 0;
  const rarity = (cognate: string) => (common === null ? MAX_RARITY : common.rarity(cognate));
  if (!showsEvent(shared.filter((cognate) => rarity(cognate) >= DISTINCTIVE))) return 0;
  let product = 0;
  for (const one of shared) product += a.cognates.get(one)! * b.cognates.get(one)! * rarity(one) ** 2;
  const cosine = product / (vectorLength(a, rarity) * vectorLength(b, rarity));
  return cosine >= (common === null ? MIN_SIMILARITY.alone : MIN_SIMILARITY.amongOthers) ? cosine : 0;
}

function showsEvent(shared: readonly string[]): boolean {
  return shared.length >= MIN_SHARED && !shared.every((cognate) => /^[A-Z]/.test(cognate));
}

function vectorLength({ cognates }: Mentions, rarity: (cognate: string) => number): number {
  let squares = 0;
  for (const [cognate, weight] of cognates) squares += (weight * rarity(cognate)) ** 2;
  return Math.sqrt(squares);
}

/** Extracts what is written alike in other languages: names by their consonants, and numbers. Deterministic. */
export function mentionsOf({ title, summary, language, publishedAt }: ForeignText): Mentions {
  const code = comparedLanguage(language, `${title} ${summary}`);
  const readCognate = cognateReader(code);
  const found = new Map<string, { count: number; rarity: number }>();
  const texts = [
    [title, TITLE_COUNTS],
    [summary, 1],
  ] as const;
  for (const [text, counts] of isDailyFormat(title) || isShoppingTip(title) ? [] : texts) {
    for (const country of findCountries(text, code)) {
      found.set(country, { count: (found.get(country)?.count ?? 0) + counts, rarity: COUNTRY_RARITY });
    }
    eachWord(text, code, (raw) => {
      const read = readCognate(raw);
      if (read === null) return;
      const known = found.get(read.cognate) ?? { count: 0, rarity: read.rarity };
      found.set(read.cognate, { ...known, count: known.count + counts });
    });
  }
  const weights = [...found].map(([cognate, { count, rarity }]) => [cognate, (1 + Math.log(count)) * rarity] as const);
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return {
    language: code,
    publishedAt: publishedAt.getTime(),
    cognates: new Map(weights.map(([cognate, weight]) => [cognate, weight / length])),
  };
}

/** null: a stopword, a country, or without cognate. */
const cognateReader = rememberByLanguage((raw, code) => {
  const { word, stem } = stemReader(code)(raw);
  const concept = loadHeadlineWords(code).get(/^\p{Lu}{2,}$/u.test(raw) ? raw : stem);
  if (concept !== undefined) return { cognate: concept, rarity: languageWeight(code, hashTerm(code, stem)) };
  const cognate = stopwords(code).has(word) ? null : toCognate(raw, word);
  if (cognate === null || findCountries(raw, code).length > 0) return null;
  return { cognate, rarity: languageWeight(code, hashTerm(code, stem)) };
});

const headlineWords = new Map<string, ReadonlyMap<string, string>>();

/** Words of headlines that are written differently in each language, with their meanings. By stem; acronyms in capitals. */
function loadHeadlineWords(code: string): ReadonlyMap<string, string> {
  const known = headlineWords.get(code);
  if (known !== undefined) return known;
  const words = new Map<string, string>();
  for (const [concept, byLanguage] of loadMap<Readonly<Record<string, string>>>('headline-words')) {
    for (const word of byLanguage[code]?.split(' ') ?? [])
      words.set(/^\p{Lu}{2,}$/u.test(word) ? word : stemReader(code)(word).stem, `=${concept}`);
  }
  headlineWords.set(code, words);
  return words;
}

/** Weights with four digits. */
export function serializeCognates(cognates: Mentions['cognates']): string {
  return JSON.stringify([...cognates].map(([cognate, weight]) => [cognate, Math.round(weight * 10_000) / 10_000]));
}

export function parseCognates(text: string): Mentions['cognates'] {
  return new Map(JSON.parse(text) as [string, number][]);
}

/** null: too short, a year, or in a script without comparable letters. */
function toCognate(raw: string, word: string): string | null {
  if (/^\p{N}+$/u.test(word)) return word.length < 2 || /^(?:19|20)\d\d$/.test(word) ? null : word;
  if (/^(?:[A-Z]{3}|[A-Z]{1,4}\d{1,4})$/.test(raw)) return word; // written alike in most scripts
  const latin = foldDiacritics(word).replace(/[\u0400-\u04ff]/g, (letter) => LATIN[letter] ?? '');
  const spelled = SPELLINGS.reduce((text, [spelling, plain]) => text.replace(spelling, plain), latin);
  if (!/^[a-z]+$/.test(spelled) || spelled.length < SHORTEST) return null;
  const consonants = spelled[0]! + spelled.slice(1).replace(/[aeiou]/g, '');
  return (consonants.length < MIN_CONSONANTS ? spelled : consonants).slice(0, LETTERS);
}

const LATIN: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'e', ж: 'z', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i' },
  ...{ к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'c' },
  ...{ ш: 's', щ: 's', ы: 'i', э: 'e', ю: 'u', я: 'a', ђ: 'd', ј: 'i', љ: 'l', њ: 'n', ћ: 'c', џ: 'd', ў: 'u' },
};

/** Spellings of one sound in several languages, as one letter. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/tsch|tch|sch|sh|ch|cz|sz|zh/g, 's'],
  [/ts|tz/g, 'c'],
  [/kh/g, 'h'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/[wv]/g, 'v'],
  [/[jy]/g, 'i'],
  [/[qck]/g, 'k'],
  [/x/g, 'ks'],
  [/(.)\1+/g, '$1'],
];
