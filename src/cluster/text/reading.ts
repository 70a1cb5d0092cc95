/** Reads an article once for clustering: its terms with counts, and its signature. */
import { loadCountryStems } from '../../text/country-words.js';
import { htmlToText } from '../../text/html.js';
import { rememberByLanguage, stemReader } from '../../text/word-memo.js';
import { eachWord, stopwords } from '../../text/words.js';
import { Arena } from '../arena.js';
import { stripBoilerplate } from './boilerplate.js';
import { hashPages } from './cited-pages.js';
import { isDailyFormat, isShoppingTip, removeFormatName } from './daily-format.js';
import { comparedLanguage } from './guess-language.js';
import { computeSignature } from './minhash.js';
import { hashTerm } from './term.js';

export interface StoryText {
  readonly title: string;
  readonly summary?: string | undefined;
  /** Its links are used: reports that cite one page, or one another, belong together. */
  readonly contentHtml?: string | null | undefined;
  /** Its own address, absolute. Other articles cite it by this address. */
  readonly url?: string | null | undefined;
  /** BCP 47; null: guessed from the script. */
  readonly language?: string | null | undefined;
  /** Names of its publication, which are removed from the title. */
  readonly publication?: readonly string[] | undefined;
}

export interface Reading {
  readonly language: string;
  /** Distinct terms in order of first occurrence. */
  readonly terms: Int32Array;
  /** Occurrences of each; one in the title counts as `titleCounts`. */
  readonly counts: Float32Array;
  /** Number of terms, from the first, that occur in the title. */
  readonly titleTerms: number;
  /** The text as indexes into `terms`, in order. */
  readonly sequence: Uint16Array;
  /** As `ArticleVector.pages`. */
  readonly pages: Int32Array;
  readonly signature: Uint16Array;
  readonly daily: boolean;
  readonly tip: boolean;
  /** Length of summary and content in characters: longer articles are more complete. */
  readonly fullness: number;
}

const bodyLength = 600;
const titleCounts = 2.5;
/** Maximum number of words read per article, and so of its terms. */
export const mostWords = 400;
const mostSummary = 1000;
const minSummaryTerms = 8;

export function readArticle(text: StoryText): Reading {
  const language = comparedLanguage(text.language, `${text.title} ${text.summary ?? ''}`);
  const reader = createTextReader(language);
  sequenceLength = 0;
  const headline = stripBoilerplate(text.title, text.publication ?? []);
  const daily = isDailyFormat(text.title);
  reader(daily || headline !== text.title ? removeFormatName(headline) : headline);
  const titleLength = sequenceLength;
  // Texts of this length are compared with the summary's signature.
  if (text.contentHtml) reader(summaryText(text));
  const head = sequenceLength - titleLength < minSummaryTerms ? undefined : computeSignature(sequence, sequenceLength);
  sequenceLength = titleLength;
  for (const part of listBodyTexts(text)) reader(part);
  return new PackedReading(countTerms(titleLength), {
    language,
    pages: hashPages(text.contentHtml, text.url),
    signature: computeSignature(sequence, sequenceLength, head),
    daily,
    tip: isShoppingTip(text.title),
    fullness: (text.summary ?? '').length + (text.contentHtml ?? '').length,
  });
}

function summaryText({ summary = '' }: StoryText): string {
  return summary.slice(0, mostSummary);
}

// Most bodies begin with the summary: repeated text counts once.
function listBodyTexts(text: StoryText): string[] {
  const summary = summaryText(text);
  if (!text.contentHtml) return [summary];
  const body = htmlToText(text.contentHtml, { parts: 'prose', limit: bodyLength });
  const start = summary.slice(0, 60);
  return body.includes(start) ? [body] : [summary, body];
}

const sequence = new Int32Array(mostWords);
let sequenceLength = 0;

/** Addresses contain sites and sections, not events. */
const ADDRESS = /(?:https?:\/\/|www\.)\S+/g;

function createTextReader(language: string): (text: string) => void {
  const termOfRaw = termReader(language);
  const visit = (raw: string): void => {
    const term = termOfRaw(raw);
    if (term !== 0 && sequenceLength < mostWords) sequence[sequenceLength++] = term;
  };
  return (text) => eachWord(text.replace(ADDRESS, ' '), language, visit);
}

/** For a language, maps a raw word to its term, 0 for stopwords. */
export const termReader: (language: string) => (raw: string) => number = rememberByLanguage((raw, language) => {
  const { word, stem } = stemReader(language)(raw);
  if (word === '' || stopwords(language).has(word)) return 0;
  if (stem.length < 2 && !/[\p{N}\p{Script=Han}]/u.test(stem)) return 0;
  return hashTerm(language, loadCountryStems(language)(stem));
});

const arena = new Arena();

/** Terms and counts with 32 bits each, then the sequence with 16. */
interface PackedTerms {
  readonly size: number;
  readonly titleTerms: number;
  readonly bytes: Uint8Array;
}

/** Creates views on demand, because a view takes more memory than its numbers. */
class PackedReading implements Reading {
  readonly language: string;
  readonly titleTerms: number;
  readonly pages: Int32Array;
  readonly signature: Uint16Array;
  readonly daily: boolean;
  readonly tip: boolean;
  readonly fullness: number;
  readonly #size: number;
  readonly #bytes: Uint8Array;

  constructor(
    { size, titleTerms, bytes }: PackedTerms,
    rest: Omit<Reading, 'terms' | 'counts' | 'titleTerms' | 'sequence'>,
  ) {
    this.language = rest.language;
    this.titleTerms = titleTerms;
    this.pages = rest.pages;
    this.signature = rest.signature;
    this.daily = rest.daily;
    this.tip = rest.tip;
    this.fullness = rest.fullness;
    this.#size = size;
    this.#bytes = bytes;
  }

  get terms() {
    return new Int32Array(this.#bytes.buffer, this.#bytes.byteOffset, this.#size);
  }
  get counts() {
    return new Float32Array(this.#bytes.buffer, this.#bytes.byteOffset + 4 * this.#size, this.#size);
  }
  get sequence() {
    const { buffer, byteOffset, byteLength } = this.#bytes;
    return new Uint16Array(buffer, byteOffset + 8 * this.#size, byteLength / 2 - 4 * this.#size);
  }
}

// Of the current text: by position its term, and its number of occurrences.
const distinct = new Int32Array(mostWords);
const occurrences = new Float32Array(mostWords);
const places = new Uint16Array(mostWords);
/** By hash: the position after that of a term, 0: none. A `Map` that is cleared each time would create garbage. */
const slots = new Uint16Array(1024);

function countTerms(titleLength: number): PackedTerms {
  slots.fill(0);
  let size = 0;
  let titleTerms = 0;
  for (let at = 0; at < sequenceLength; at += 1) {
    const term = sequence[at]!;
    const slot = findSlot(term);
    if (slots[slot] === 0) {
      distinct[size] = term;
      occurrences[size] = 0;
      slots[slot] = ++size;
    }
    const place = slots[slot]! - 1;
    places[at] = place;
    occurrences[place]! += at < titleLength ? titleCounts : 1;
    if (at < titleLength) titleTerms = size;
  }
  const bytes = arena.take(8 * size + 2 * sequenceLength);
  new Int32Array(bytes.buffer, bytes.byteOffset, size).set(distinct.subarray(0, size));
  new Float32Array(bytes.buffer, bytes.byteOffset + 4 * size, size).set(occurrences.subarray(0, size));
  new Uint16Array(bytes.buffer, bytes.byteOffset + 8 * size, sequenceLength).set(places.subarray(0, sequenceLength));
  return { size, titleTerms, bytes };
}

function findSlot(term: number): number {
  let slot = term & (slots.length - 1);
  while (slots[slot] !== 0 && distinct[slots[slot]! - 1] !== term) slot = (slot + 1) & (slots.length - 1);
  return slot;
}
