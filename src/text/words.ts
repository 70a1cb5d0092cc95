/** Splits text into words and classifies the gaps between them. */
import { createRequire } from 'node:module';
import { primaryLanguage } from './stem.js';

/**
 * What precedes a word: `0` nothing, white space or a hyphen (a phrase may continue) · `1` a comma, colon, bracket or similar
 * · `2` the end of a sentence · `3` a line break, or it is the first word.
 */
export type Gap = 0 | 1 | 2 | 3;

/**
 * Visits the words of a plain text: `raw` is the slice of the text at `offset`. Possessive `’s` is left out, `U.N.` is one
 * word, elided articles (`l’Ukraine`) are separate words. Runs of Chinese, Japanese, Thai and similar scripts are segmented by
 * `Intl.Segmenter`, or passed whole to `visitRun`, since segmenting is slow. Takes linear time; never throws.
 */
export function eachWord(
  text: string,
  language: string | null,
  visit: Visit,
  visitRun: Visit = (run, offset, gap) => visitSegments(run, offset, gap, visit),
): void {
  const suffixes = apostropheSuffixes.has(primaryLanguage(language));
  let last: number | null = null; // end of the previous word
  for (let found = wordFrom(text, 0); found !== null; found = wordFrom(text, last)) {
    const { 0: raw, 1: run, index } = found;
    const gap = last === null ? 3 : gapBetween(text, last, index);
    if (run !== undefined) visitRun(raw, index, gap);
    else if (index - 1 !== last || !isSuffix(text, raw, index, suffixes)) visit(raw, index, gap);
    last = visitPlainWords(text, index + raw.length, visit);
  }
}

/** Fast path for the ASCII words, each after a single space, that follow directly. Returns the end of the last. */
function visitPlainWords(text: string, from: number, visit: Visit): number {
  let last = from;
  for (PLAIN_WORD.lastIndex = last; PLAIN_WORD.test(text); PLAIN_WORD.lastIndex = last) {
    const start = last + 1;
    last = PLAIN_WORD.lastIndex;
    visit(text.slice(start, last), start, 0);
  }
  return last;
}

function wordFrom(text: string, at: number): RegExpExecArray | null {
  WORD.lastIndex = at;
  return WORD.exec(text);
}

type Visit = (raw: string, offset: number, gap: Gap) => void;

/** Lower case and NFKC, without soft hyphens, joiners, periods, apostrophes and Arabic vowel signs; ё becomes е, ß becomes ss. */
export function normalizeWord(raw: string, language: string | null): string {
  const code = primaryLanguage(language);
  const turkic = code === 'tr' || code === 'az'; // lower case of I is ı, of İ is i
  const lower = turkic ? raw.normalize('NFKC').toLocaleLowerCase('tr') : raw.toLowerCase();
  return lower
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200d\u2060.'\u2018\u2019\u02bc\u0640\u064b-\u065f\u0670]/g, '')
    .replaceAll('ё', 'е')
    .replaceAll('ß', 'ss');
}

const load = createRequire(import.meta.url);
const none: ReadonlySet<string> = new Set();
const stopwordSets = new Map<string, ReadonlySet<string>>();
let allStopwords: Readonly<Record<string, readonly string[]>> | undefined;

/** Stopwords of a language, normalised by `normalizeWord`. Unknown language: empty. */
export function stopwords(language: string | null): ReadonlySet<string> {
  const code = primaryLanguage(language);
  const known = stopwordSets.get(code);
  if (known) return known;
  allStopwords ??= load('stopwords-iso') as Readonly<Record<string, readonly string[]>>;
  if (!Object.hasOwn(allStopwords, code)) return none; // not cached: feeds may contain any number of made-up languages
  const set = new Set(allStopwords[code]!.map((word) => normalizeWord(word, code)));
  stopwordSets.set(code, set);
  return set;
}

// ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const APOSTROPHE = "['\\u2018\\u2019\\u02bc]";
const UNSPACED_SCRIPTS =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\uff70\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
/** A letter or digit of a script that is written without spaces. */
const UNSPACED_LETTER = `[[\\p{L}\\p{M}\\p{N}]&&${UNSPACED_SCRIPTS}]`;
const LETTERS = '\\p{L}\\p{M}\\p{Script=Cyrillic}\\u00ad\\u200c\\u200d\\u2060';
const LETTER = `[[${LETTERS}]--[${UNSPACED_SCRIPTS}\\u02bc]]`;
const LETTER_OR_DIGIT = `[[${LETTERS}\\p{N}]--[${UNSPACED_SCRIPTS}\\u02bc]]`;
const INITIAL = `[${LETTER}--[\\u{10000}-\\u{10ffff}]]`;

/** At least two characters, since a single letter may begin an acronym. */
const PLAIN_WORD = / [A-Za-z0-9]{2,}(?![A-Za-z0-9\u0080-\uffff])/y;
/** U.N. and U.S.A are one word; so is "e.g", harmlessly. */
const ACRONYM = `${INITIAL}(?:\\.${INITIAL}(?!${LETTER}))+\\.?`;
/** здоров’я, Пхен’ян: the apostrophe is part of the word. */
const INSIDE_CYRILLIC = `(?<=\\p{Script=Cyrillic})${APOSTROPHE}(?=\\p{Script=Cyrillic})`;
const WORD = new RegExp(
  `(${UNSPACED_LETTER}+)|${ACRONYM}|${LETTER_OR_DIGIT}+(?:${INSIDE_CYRILLIC}${LETTER_OR_DIGIT}+)*`,
  'gv',
);

/** Whether the text contains a script that is written without spaces between words. */
export function hasUnspacedScript(text: string): boolean {
  return UNSPACED_SIGN.test(text);
}
const UNSPACED_SIGN = new RegExp(UNSPACED_LETTER, 'v');

// Languages that attach case endings to names with an apostrophe: Ukrayna'da.
const apostropheSuffixes: ReadonlySet<string> = new Set(['tr', 'az', 'kk', 'uz', 'fi', 'et']);

/** Whether a word one character after the previous one is a suffix of it. */
function isSuffix(text: string, raw: string, offset: number, suffixes: boolean): boolean {
  const mayHang = raw === 's' || raw === 'S' || (suffixes && raw.length <= 7);
  return mayHang && /['\u2018\u2019\u02bc]/.test(text[offset - 1]!);
}

// ── words of unspaced scripts ───────────────────────────────────────────────────────────────────────────────────────

let segmenter: Intl.Segmenter | undefined;

/** Segments a run of an unspaced script into words, by dictionary. The locale makes no difference for these scripts. */
export function segmentRun(run: string): Iterable<{ readonly segment: string; readonly index: number }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return segmenter.segment(run);
}

function visitSegments(run: string, offset: number, gap: Gap, visit: Visit): void {
  for (const { segment, index } of segmentRun(run)) visit(segment, offset + index, index === 0 ? gap : 0);
}

// ── gaps ────────────────────────────────────────────────────────────────────────────────────────────────────────────

// Characters between words → gap; any other character: 0.
const gaps = new Map<string, Gap>();
for (const sign of ',:;()[]{}<>|/\\\u2013\u2014\u3001\uff0c\uff1a\uff1b\u061b\u060c\u2022\u00b7=+@#') gaps.set(sign, 1);
for (const sign of '!?\u2026\u3002\uff01\uff1f\u061f\u0964') gaps.set(sign, 2);
for (const sign of '\n\r\u2028\u2029') gaps.set(sign, 3);

function gapBetween(text: string, from: number, to: number): Gap {
  let gap: Gap = 0;
  for (let at = from; at < to; at += 1) {
    if (text[at] === ' ') continue;
    const here = text[at] === '.' ? gapOfPoint(text, from, at) : (gaps.get(text[at]!) ?? 0);
    if (here > gap) gap = here;
  }
  return gap;
}

const BEGINS_WITH_LETTER = new RegExp(`^${LETTER}`, 'v');
const LAST_LETTERS = new RegExp(`${LETTER}*$`, 'v');

// A period ends a sentence unless it follows an initial or a title (St. Petersburg, Gen. Lee) or is inside a token (3.5, example.org).
function gapOfPoint(text: string, wordEnd: number, at: number): Gap {
  if (BEGINS_WITH_LETTER.test(text.slice(at + 1, at + 3))) return 1;
  if (at !== wordEnd) return 2;
  return isTitleAbbreviation(text, wordEnd) ? 0 : 2;
}

const abbreviations: ReadonlySet<string> = new Set(
  'st ste mr mrs ms dr prof gen lt col sgt capt maj sen rep gov hon rev pres jr sr vs mt ft no inc corp ltd co bros им св ул г'.split(
    ' ',
  ),
);

function isTitleAbbreviation(text: string, wordEnd: number): boolean {
  const word = LAST_LETTERS.exec(text.slice(Math.max(0, wordEnd - 6), wordEnd))![0];
  if (word.length === 1) return word !== word.toLowerCase() && word !== 'I';
  return abbreviations.has(word.toLowerCase());
}
