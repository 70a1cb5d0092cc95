/** Splits text into words and classifies the gaps between them. */
import { createRequire } from 'node:module';
import { primaryLanguage } from './stem.js';

/**
 * Before a word: `0` nothing, white space or a hyphen (a phrase may continue) · `1` a comma, colon, bracket or similar
 * · `2` the end of a sentence · `3` a line break, or the beginning of the text.
 */
export type Gap = 0 | 1 | 2 | 3;

/**
 * Visits the words of a plain text: `raw` is the slice at `offset`. Drops possessive `’s`; `U.N.` is one word; elided
 * articles (`l’Ukraine`) are separate. `Intl.Segmenter` splits runs of scripts without spaces, unless `visitRun` takes
 * them whole. Takes linear time; never throws.
 */
export function eachWord(
  text: string,
  language: string | null,
  visit: Visit,
  visitRun: Visit = (run, offset, gap) => visitSegments(run, offset, gap, visit),
): void {
  const suffixes = apostropheSuffixes.has(primaryLanguage(language));
  let last: number | null = null; // end of the previous word
  for (;;) {
    last = visitPlainWords(text, last, suffixes, visit);
    const found = matchWord(text, last ?? 0);
    if (found === null) return;
    const { 0: raw, 1: run, index } = found;
    const gap = last === null ? 3 : measureGap(text, last, index);
    if (run !== undefined) visitRun(raw, index, gap);
    else if (index - 1 !== last || !isSuffix(text, raw, index, suffixes)) visit(raw, index, gap);
    last = index + raw.length;
  }
}

/** A fast path without regular expressions. Returns the end of the last unambiguous word. */
function visitPlainWords(text: string, from: number | null, suffixes: boolean, visit: Visit): number | null {
  const { length } = text;
  const kinds = loadUnitKinds();
  let last = from;
  for (let at = last ?? 0; at < length; ) {
    let gap: Gap = last === null ? 3 : 0;
    let kind = lookUpKind(kinds, text, at);
    for (; kind >= GAP && at < length; kind = lookUpKind(kinds, text, at)) {
      const here: Gap = kind === POINT ? (gap < 2 && last !== null ? classifyPoint(text, last, at) : 0) : toGap(kind);
      if (here > gap) gap = here;
      at += 1;
    }
    const start = at;
    let before = OTHER;
    for (; kind !== OTHER && kind < GAP && at < length; kind = lookUpKind(kinds, text, at)) {
      before = kind;
      at += 1;
    }
    if (at === start || (at < length && canContinue(kind, before, at - start))) return last;
    const raw = text.slice(start, at);
    if (start - 1 !== last || !isSuffix(text, raw, start, suffixes)) visit(raw, start, gap);
    last = at;
  }
  return last;
}

/** `U.N.`, здоров’я, or an unknown sign. */
function canContinue(kind: number, before: number, length: number): boolean {
  return kind === OTHER || (kind === APOSTROPHE_SIGN && before === CYRILLIC) || (kind === POINT && length === 1);
}

type Visit = (raw: string, offset: number, gap: Gap) => void;

function matchWord(text: string, at: number): RegExpExecArray | null {
  WORD.lastIndex = at;
  return WORD.exec(text);
}

/** Lower case and NFKC, without soft hyphens, joiners, periods, apostrophes and Arabic vowel signs; ё → е, ß → ss. */
export function normalizeWord(raw: string, language: string | null): string {
  const code = primaryLanguage(language);
  const turkic = code === 'tr' || code === 'az'; // lower case of I is ı, of İ is i
  const lower = turkic ? raw.normalize('NFKC').toLocaleLowerCase('tr') : raw.toLowerCase();
  const plain = code === 'fa' ? lower.replaceAll('ي', 'ی').replaceAll('ك', 'ک') : lower; // typed with Arabic letters
  return plain
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200d\u2060.'\u2018\u2019\u02bb\u02bc\u0640\u064b-\u065f\u0670]/g, '')
    .replaceAll('ё', 'е')
    .replaceAll('ß', 'ss');
}

const load = createRequire(import.meta.url);
const none: ReadonlySet<string> = new Set();
const stopwordSets = new Map<string, ReadonlySet<string>>();
let allStopwords: Readonly<Record<string, readonly string[]>> | undefined;

/** Normalised by `normalizeWord`. Unknown language: empty. */
export function stopwords(language: string | null): ReadonlySet<string> {
  const written = primaryLanguage(language);
  const code = written === 'nb' || written === 'nn' ? 'no' : written;
  const known = stopwordSets.get(code);
  if (known) return known;
  allStopwords ??= load('stopwords-iso') as Readonly<Record<string, readonly string[]>>;
  if (!Object.hasOwn(allStopwords, code)) return none; // not cached: feeds may contain any number of made-up languages
  const set = new Set(allStopwords[code]!.map((word) => normalizeWord(word, code)));
  stopwordSets.set(code, set);
  return set;
}

/** Includes the Uzbek letter (Oʻzbek), often written as a quotation mark. */
const APOSTROPHE = "['\\u2018\\u2019\\u02bb\\u02bc]";
const UNSPACED_SCRIPTS =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\uff70\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const UNSPACED_LETTER = `[[\\p{L}\\p{M}\\p{N}]&&${UNSPACED_SCRIPTS}]`;
const LETTERS = '\\p{L}\\p{M}\\p{Script=Cyrillic}\\u00ad\\u200c\\u200d\\u2060';
/** Includes marks of emoji, which may directly precede a word: ⚡️Breaking, I ❤️NY. */
const NO_LETTERS = `[${UNSPACED_SCRIPTS}\\u02bb\\u02bc\\u20e3\\ufe0e\\ufe0f]`;
const LETTER = `[[${LETTERS}]--${NO_LETTERS}]`;
const LETTER_OR_DIGIT = `[[${LETTERS}\\p{N}]--${NO_LETTERS}]`;
const INITIAL = `[${LETTER}--[\\u{10000}-\\u{10ffff}]]`;

/** U.N. and U.S.A are one word; so is "e.g", harmlessly. */
const ACRONYM = `${INITIAL}(?:\\.${INITIAL}(?!${LETTER}))+\\.?`;
/** здоров’я, Пхен’ян: the apostrophe is part of the word. */
const INSIDE_CYRILLIC = `(?<=\\p{Script=Cyrillic})${APOSTROPHE}(?=\\p{Script=Cyrillic})`;
const WORD = new RegExp(
  `(${UNSPACED_LETTER}+)|${ACRONYM}|${LETTER_OR_DIGIT}+(?:${INSIDE_CYRILLIC}${LETTER_OR_DIGIT}+)*`,
  'gv',
);

export function hasUnspacedScript(text: string): boolean {
  return UNSPACED_SIGN.test(text);
}
const UNSPACED_SIGN = new RegExp(UNSPACED_LETTER, 'v');

// Languages that attach case endings to names with an apostrophe: Ukrayna'da.
const apostropheSuffixes: ReadonlySet<string> = new Set(['tr', 'az', 'kk', 'fi', 'et']);

const IS_APOSTROPHE = new RegExp(APOSTROPHE);

function isSuffix(text: string, raw: string, offset: number, suffixes: boolean): boolean {
  const mayHang = raw === 's' || raw === 'S' || (suffixes && raw.length <= 7);
  return mayHang && IS_APOSTROPHE.test(text[offset - 1]!);
}

let segmenter: Intl.Segmenter | undefined;

/** Uses a dictionary. The locale makes no difference for these scripts. */
export function segmentRun(run: string): Iterable<{ readonly segment: string; readonly index: number }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return run.length <= LONGEST_RUN ? segmenter.segment(run) : segmentPieces(run, segmenter);
}

/** In UTF-16 units. The segmenter becomes slower in longer runs, which real sentences do not have. */
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

// Any other character: 0.
const gaps = new Map<string, Gap>();
for (const sign of ',:;()[]{}<>|/\\\u2013\u2014\u3001\uff0c\uff1a\uff1b\u061b\u060c\u2022\u00b7=+@#') gaps.set(sign, 1);
for (const sign of '!?\u2026\u3002\uff01\uff1f\u061f\u0964') gaps.set(sign, 2);
for (const sign of '\n\r\u2028\u2029') gaps.set(sign, 3);

function measureGap(text: string, from: number, to: number): Gap {
  let gap: Gap = 0;
  for (let at = from; at < to; at += 1) {
    if (text[at] === ' ') continue;
    const here = text[at] === '.' ? classifyPoint(text, from, at) : (gaps.get(text[at]!) ?? 0);
    if (here > gap) gap = here;
  }
  return gap;
}

/** Not certain. */
const OTHER = 0;
const LETTER_SIGN = 1;
const CYRILLIC = 2;
/** Kinds from here on are between words: a comma is GAP + 1, the end of a sentence + 2, a line break + 3. */
const GAP = 3;
const POINT = 7;
const APOSTROPHE_SIGN = 8;

/** Covers scripts with letters, and punctuation. */
const KNOWN_UNITS = 0x2100;

function lookUpKind(kinds: Uint8Array, text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit < KNOWN_UNITS ? kinds[unit]! : OTHER;
}

function toGap(kind: number): Gap {
  return kind === APOSTROPHE_SIGN ? 0 : ((kind - GAP) as Gap);
}

let knownKinds: Uint8Array | undefined;

function loadUnitKinds(): Uint8Array {
  if (knownKinds !== undefined) return knownKinds;
  const all = String.fromCharCode(...Array.from({ length: KNOWN_UNITS }, (_, unit) => unit));
  const kinds = new Uint8Array(KNOWN_UNITS).fill(GAP);
  const set = (signs: RegExp, kind: number) => {
    for (const { index } of all.matchAll(signs)) kinds[index] = kind;
  };
  set(new RegExp(LETTER_OR_DIGIT, 'gv'), LETTER_SIGN);
  set(new RegExp(`[${LETTER_OR_DIGIT}&&\\p{Script=Cyrillic}]`, 'gv'), CYRILLIC);
  set(new RegExp(UNSPACED_LETTER, 'gv'), OTHER);
  for (const [sign, gap] of gaps) if (sign.charCodeAt(0) < KNOWN_UNITS) kinds[sign.charCodeAt(0)] = GAP + gap;
  set(/\./g, POINT);
  set(new RegExp(APOSTROPHE, 'g'), APOSTROPHE_SIGN);
  knownKinds = kinds;
  return kinds;
}

const BEGINS_WITH_LETTER = new RegExp(`^${LETTER}`, 'v');
const LAST_LETTERS = new RegExp(`${LETTER}*$`, 'v');

// A period ends a sentence, except after an initial or a title (St. Petersburg, Gen. Lee) or inside a token (3.5,
// example.org).
function classifyPoint(text: string, wordEnd: number, at: number): Gap {
  if (BEGINS_WITH_LETTER.test(text.slice(at + 1, at + 3))) return 1;
  if (at !== wordEnd) return 2;
  return isTitleAbbreviation(text, wordEnd) ? 0 : 2;
}

const abbreviations: ReadonlySet<string> = new Set(
  'st ste mr mrs ms dr prof gen lt col sgt capt maj sen rep gov hon rev pres jr sr vs mt ft no inc corp ltd co bros им св ул г'.split(
    ' ',
  ),
);

/** Longer than any abbreviation, as most words are. */
const LONG_END = /[A-Za-zа-яіїєґ]{5}$/;

function isTitleAbbreviation(text: string, wordEnd: number): boolean {
  const end = text.slice(Math.max(0, wordEnd - 6), wordEnd);
  if (LONG_END.test(end)) return false;
  const word = LAST_LETTERS.exec(end)![0];
  if (word.length === 1) return word !== word.toLowerCase() && word !== 'I';
  return abbreviations.has(word.toLowerCase());
}
