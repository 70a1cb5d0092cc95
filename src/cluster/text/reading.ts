/** Reads an article once for clustering: its terms with counts, and its signature. */
import { countryStems } from '../../text/country-words.js';
import { detachString } from '../../text/detach-string.js';
import { htmlToText } from '../../text/html.js';
import { foldDiacritics, primaryLanguage, stemmerOf } from '../../text/stem.js';
import { eachWord, normalizeWord, stopwords } from '../../text/words.js';
import { Arena } from '../arena.js';
import { termOf } from '../terms/term.js';
import { withoutBoilerplate } from './boilerplate.js';
import { pageHashes } from './cited-pages.js';
import { isDailyFormat, isShoppingTip, withoutFormat } from './daily-format.js';
import { guessLanguage } from './guess-language.js';
import { signatureOf } from './minhash.js';

/** The parts of an article that are read. */
export interface StoryText {
  readonly title: string;
  /** Plain text. */
  readonly summary?: string | undefined;
  readonly contentHtml?: string | null | undefined;
  /** Its own address; absolute. */
  readonly url?: string | null | undefined;
  /** BCP 47; null: guessed from the script. */
  readonly language?: string | null | undefined;
  /** Names of its publication, which are removed from the title. */
  readonly publication?: readonly string[] | undefined;
}

export interface Reading {
  /** ISO 639-1 where known. */
  readonly language: string;
  /** Distinct terms in order of first occurrence. */
  readonly terms: Int32Array;
  /** Occurrences of each; one in the title counts as `titleCounts`. */
  readonly counts: Float32Array;
  /** Number of terms, from the first, that occur in the title. */
  readonly titleTerms: number;
  /** The text as places in `terms`, in order. */
  readonly sequence: Uint16Array;
  /** As `ArticleVector.pages`. */
  readonly pages: Int32Array;
  readonly signature: Uint16Array;
  /** Whether it is a daily format: similar in words, but not one event. */
  readonly daily: boolean;
  /** Whether it tells what to buy: never one event with another, copies apart. */
  readonly tip: boolean;
  /** Length of summary and content in characters: longer articles are more complete. */
  readonly fullness: number;
}

const bodyLength = 600;
const titleCounts = 2.5;
const mostWords = 400;
const mostSummary = 1000;

export function readArticle(text: StoryText): Reading {
  const language = primaryLanguage(text.language ?? null) || guessLanguage(`${text.title} ${text.summary ?? ''}`);
  const reader = readerOf(language);
  sequenceLength = 0;
  const headline = withoutBoilerplate(text.title, text.publication ?? []);
  const daily = isDailyFormat(text.title);
  reader(daily || headline !== text.title ? withoutFormat(headline) : headline);
  const titleLength = sequenceLength;
  for (const part of bodyOf(text)) reader(part);
  return {
    language,
    ...counted(titleLength),
    pages: pageHashes(text.contentHtml, text.url),
    signature: signatureOf(sequence, sequenceLength),
    daily,
    tip: isShoppingTip(text.title),
    fullness: (text.summary ?? '').length + (text.contentHtml ?? '').length,
  };
}

// Most bodies begin with the summary: repeated text counts once.
function bodyOf(text: StoryText): string[] {
  const summary = (text.summary ?? '').slice(0, mostSummary);
  if (!text.contentHtml) return [summary];
  const body = htmlToText(text.contentHtml, { parts: 'prose', limit: bodyLength });
  const start = summary.slice(0, 60);
  return body.includes(start) ? [body] : [summary, body];
}

/** The terms of the text being read, in order, without stopwords. */
const sequence = new Int32Array(mostWords);
let sequenceLength = 0;

const memos = new Map<string, Map<string, number>>();
const memoSize = 200_000;

/** Addresses name sites and sections, not events. */
const ADDRESS = /(?:https?:\/\/|www\.)\S+/g;

function readerOf(language: string): (text: string) => void {
  const termOfRaw = termReader(language);
  const visit = (raw: string): void => {
    const term = termOfRaw(raw);
    if (term !== 0 && sequenceLength < mostWords) sequence[sequenceLength++] = term;
  };
  return (text) => eachWord(text.replace(ADDRESS, ' '), language, visit);
}

/** Maps a raw word to its term, 0 for stopwords; cached. */
export function termReader(language: string): (raw: string) => number {
  const known = memos.get(language) ?? new Map<string, number>();
  memos.set(language, known);
  return (raw) => {
    let term = known.get(raw);
    if (term === undefined) {
      if (known.size >= memoSize) known.clear();
      term = termOfWord(raw, language);
      known.set(detachString(raw), term);
    }
    return term;
  };
}

function termOfWord(raw: string, language: string): number {
  const word = normalizeWord(raw, language);
  if (word === '' || stopwords(language).has(word)) return 0;
  const stem = foldDiacritics(stemmerOf(language)(word));
  if (stem.length === 1 && /^\p{L}$/u.test(stem) && !/\p{Script=Han}/u.test(stem)) return 0;
  return termOf(language, countryStems(language)(stem));
}

const arena = new Arena();

function counted(titleLength: number): Pick<Reading, 'terms' | 'counts' | 'titleTerms' | 'sequence'> {
  const places = new Map<number, number>();
  const counts: number[] = [];
  const order = new Uint16Array(sequenceLength);
  let titleTerms = 0;
  for (let at = 0; at < sequenceLength; at += 1) {
    const term = sequence[at]!;
    const place = places.get(term) ?? places.size;
    places.set(term, place);
    order[at] = place;
    counts[place] = (counts[place] ?? 0) + (at < titleLength ? titleCounts : 1);
    if (at < titleLength) titleTerms = counts.length;
  }
  return {
    terms: arena.keep(Int32Array.from(places.keys())),
    counts: arena.keep(Float32Array.from(counts)),
    titleTerms,
    sequence: arena.keep(order),
  };
}
