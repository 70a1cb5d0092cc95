/** Splits text into words, with what stands between them: for topics, stories and everything else that reads words. */
import { createRequire } from 'node:module';
import { primaryLanguage } from './stem.js';

/**
 * What stands before a word: `0` nothing, white space or a hyphen (one phrase may go on) · `1` a comma, colon, bracket or
 * the like · `2` the end of a sentence · `3` the end of a paragraph (a line break), or the word is the first.
 */
export type Gap = 0 | 1 | 2 | 3;

/**
 * Walks through the words of a plain text: `raw` is the slice of the text at `offset`. Possessive `’s` is left out, `U.N.` is
 * one word, elided articles (`l’Ukraine`) are words of their own. Runs of Chinese, Japanese, Thai and the like are cut by
 * `Intl.Segmenter`, or handed over whole to `visitRun`, since cutting is slow. Linear in the text; never throws.
 */
export function eachWord(
  text: string,
  language: string | null,
  visit: Visit,
  visitRun: Visit = (run, offset, gap) => visitSegments(run, offset, gap, visit),
): void {
  const suffixes = apostropheSuffixes.has(primaryLanguage(language));
  let last: number | null = null; // end of the word before
  for (let found = wordFrom(text, 0); found !== null; found = wordFrom(text, last)) {
    const { 0: raw, 1: run, index } = found;
    const gap = last === null ? 3 : gapBetween(text, last, index);
    if (run !== undefined) visitRun(raw, index, gap);
    else if (index - 1 !== last || !isSuffix(text, raw, index, suffixes)) visit(raw, index, gap);
    last = visitPlainWords(text, index + raw.length, visit);
  }
}

/** Most words are of ASCII alone with one space before them: those that follow at once are told by less. Returns where the last ends. */
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

/** Lower case, NFKC, no soft hyphens, joiners, points, apostrophes or Arabic vowel signs; ё is е and ß is ss. */
export function normalizeWord(raw: string, language: string | null): string {
  const code = primaryLanguage(language);
  const turkic = code === 'tr' || code === 'az'; // I is ı there, İ is i
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

/** Words of a language that say nothing of the matter, normalised as `Token.word` is. Unknown language: empty. */
export function stopwords(language: string | null): ReadonlySet<string> {
  const code = primaryLanguage(language);
  const known = stopwordSets.get(code);
  if (known) return known;
  allStopwords ??= load('stopwords-iso') as Readonly<Record<string, readonly string[]>>;
  if (!Object.hasOwn(allStopwords, code)) return none; // not remembered: feeds may name languages without end
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

/** One letter alone may begin an acronym. */
const PLAIN_WORD = / [A-Za-z0-9]{2,}(?![A-Za-z0-9\u0080-\uffff])/y;
/** U.N. and U.S.A are one word; "e.g" too, which does no harm. */
const ACRONYM = `${INITIAL}(?:\\.${INITIAL}(?!${LETTER}))+\\.?`;
/** здоров’я, Пхен’ян: the sign is a part of the word. */
const INSIDE_CYRILLIC = `(?<=\\p{Script=Cyrillic})${APOSTROPHE}(?=\\p{Script=Cyrillic})`;
const WORD = new RegExp(
  `(${UNSPACED_LETTER}+)|${ACRONYM}|${LETTER_OR_DIGIT}+(?:${INSIDE_CYRILLIC}${LETTER_OR_DIGIT}+)*`,
  'gv',
);

/** True where the text holds a script that is written without spaces between words. */
export function hasUnspacedScript(text: string): boolean {
  return UNSPACED_SIGN.test(text);
}
const UNSPACED_SIGN = new RegExp(UNSPACED_LETTER, 'v');

// Languages that hang case endings on names with an apostrophe: Ukrayna'da.
const apostropheSuffixes: ReadonlySet<string> = new Set(['tr', 'az', 'kk', 'uz', 'fi', 'et']);

/** Whether a word that one sign parts from the word before hangs on it. */
function isSuffix(text: string, raw: string, offset: number, suffixes: boolean): boolean {
  const mayHang = raw === 's' || raw === 'S' || (suffixes && raw.length <= 7);
  return mayHang && /['\u2018\u2019\u02bc]/.test(text[offset - 1]!);
}

// ── words of unspaced scripts ───────────────────────────────────────────────────────────────────────────────────────

let segmenter: Intl.Segmenter | undefined;

/** Where words begin and end in a run of an unspaced script, by dictionary. The locale does not matter to these scripts. */
export function segmentRun(run: string): Iterable<{ readonly segment: string; readonly index: number }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return run.length <= LONGEST_RUN ? segmenter.segment(run) : segmentPieces(run, segmenter);
}

/** UTF-16 units without any sign between them, as no sentence has; each step of the segmenter takes longer in a longer run. */
const LONGEST_RUN = 1_000;

function* segmentPieces(
  run: string,
  by: Intl.Segmenter,
): Iterable<{ readonly segment: string; readonly index: number }> {
  for (let start = 0; start < run.length; ) {
    const isPair = /[\uD800-\uDBFF]/.test(run[start + LONGEST_RUN - 1] ?? '');
    const end = start + LONGEST_RUN - (isPair ? 1 : 0);
    for (const { segment, index } of by.segment(run.slice(start, end))) yield { segment, index: start + index };
    start = end;
  }
}

function visitSegments(run: string, offset: number, gap: Gap, visit: Visit): void {
  for (const { segment, index } of segmentRun(run)) visit(segment, offset + index, index === 0 ? gap : 0);
}

// ── gaps ────────────────────────────────────────────────────────────────────────────────────────────────────────────

// Each sign that may stand between words → its gap; what is not listed joins.
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

// A point ends a sentence unless it ends an initial or a title (St. Petersburg, Gen. Lee) or stands inside (3.5, example.org).
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
