/** Splits text into words, with what stands between them: for topics, stories and everything else that reads words. */
import { createRequire } from 'node:module';
import { primaryLanguage } from './stem.js';
import { giveUnits, takeUnits } from './units.js';

/**
 * What stands before a word: `0` nothing, white space or a hyphen (one phrase may go on) · `1` a comma, colon, bracket or
 * the like · `2` the end of a sentence · `3` the end of a paragraph (a line break), or the word is the first.
 */
export type Gap = 0 | 1 | 2 | 3;

/**
 * Walks through the words of a plain text: `raw` is the slice of the text at `offset`. Possessive `’s` is left out, `U.N.` is
 * one word, elided articles (`l’Ukraine`) are words of their own. Runs of Chinese, Japanese, Thai and the like are cut by
 * `Intl.Segmenter`, or handed over whole to `visitRun`, since cutting is slow. Never throws.
 */
export function eachWord(
  text: string,
  language: string | null,
  visit: (raw: string, offset: number, gap: Gap) => void,
  visitRun?: VisitSpan,
): void {
  eachWordSpan(text, language, (start, end, gap) => visit(text.slice(start, end), start, gap), visitRun);
}

/** `units`: those of the text, as `takeUnits` gives them. */
type VisitSpan = (start: number, end: number, gap: Gap, units: Uint16Array) => void;

/** The same for those who need not have every word cut out. */
export function eachWordSpan(text: string, language: string | null, visit: VisitSpan, visitRun?: VisitSpan): void {
  const units = takeUnits(text);
  walk(text, units, language, visit, visitRun);
  giveUnits(units);
}

function walk(
  text: string,
  units: Uint16Array,
  language: string | null,
  visit: VisitSpan,
  visitRun: VisitSpan | undefined,
): void {
  const suffixes = apostropheSuffixes.has(primaryLanguage(language));
  const length = text.length;
  let at = 0;
  let last = 0; // end of the word before
  let first = true;
  while (at < length) {
    const kind = kinds[units[at]!] || kindAt(text, at);
    if (kind < unspaced) {
      at += 1;
      continue;
    }
    const gap = first ? 3 : at - last === 1 && units[last] === space ? 0 : gapBetween(text, last, at);
    const end = kind === unspaced ? endOfRun(text, at, unspaced) : endOfWord(text, units, at);
    if (kind === unspaced && visitRun) visitRun(at, end, gap, units);
    else if (kind === unspaced) visitSegments(text, units, at, end, gap, visit);
    else if (first || !isSuffix(units, at, end, last, suffixes)) visit(at, end, gap, units);
    first = false;
    last = end;
    at = end;
  }
}

/** Lower case, NFKC, no soft hyphens, joiners, points, apostrophes or Arabic vowel signs; ё is е and ß is ss. */
export function normalizeWord(raw: string, language: string | null): string {
  if (/^[a-z0-9]+$/.test(raw)) return raw;
  const code = primaryLanguage(language);
  const turkic = code === 'tr' || code === 'az'; // I is ı there, İ is i
  const lower = turkic ? raw.normalize('NFKC').toLocaleLowerCase('tr') : raw.toLowerCase();
  if (/^[a-z0-9]+$/.test(lower)) return lower;
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

const other = 1;
const apostrophe = 2;
/** Scripts written without spaces. */
const unspaced = 3;
// All from here on are what other words are made of.
const letter = 4;
const cyrillic = 5;
const digit = 6;

// 0: not looked at yet, or half of a pair. Loops look here themselves: V8 does not always put `kindAt` into them, and each letter then costs a call.
const kinds = new Uint8Array(0x10000);
kinds[0] = other; // what stands behind the last unit, too

function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const known = kinds[unit]!;
  if (known !== 0) return known;
  if (unit >= 0xd800 && unit <= 0xdfff) return kindOfPair(text, at, unit);
  kinds[unit] = kindOf(String.fromCharCode(unit));
  return kinds[unit]!;
}

// The second half of a pair counts as its first half does.
function kindOfPair(text: string, at: number, unit: number): number {
  const from = unit >= 0xdc00 && at > 0 ? at - 1 : at;
  return kindOf(String.fromCodePoint(text.codePointAt(from)!));
}

function kindOf(char: string): number {
  if (/['\u2018\u2019\u02bc]/.test(char)) return apostrophe;
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\uff70\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
      char,
    )
  )
    return /[\p{L}\p{M}\p{N}]/u.test(char) ? unspaced : other;
  if (/\p{Script=Cyrillic}/u.test(char)) return cyrillic;
  if (/\p{N}/u.test(char)) return digit;
  return /[\p{L}\p{M}]/u.test(char) || '\u00ad\u200c\u200d\u2060'.includes(char) ? letter : other;
}

/** True where the text holds a script that is written without spaces between words. */
export function hasUnspacedScript(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (kindAt(text, at) === unspaced) return true;
  return false;
}

function endOfRun(text: string, start: number, kind: number): number {
  let end = start + 1;
  while (end < text.length && kindAt(text, end) === kind) end += 1;
  return end;
}

function endOfWord(text: string, units: Uint16Array, start: number): number {
  let end = start;
  for (; ; end += 1) {
    const kind = kinds[units[end]!] || kindAt(text, end);
    if (kind >= letter) continue;
    if (kind !== apostrophe || !insideCyrillic(text, end, start)) break;
  }
  return end - start === 1 && units[end] === point ? endOfAcronym(text, start, end) : end;
}

// здоров’я, Пхен’ян: the sign is a part of the word.
function insideCyrillic(text: string, at: number, start: number): boolean {
  return at > start && kindAt(text, at - 1) === cyrillic && at + 1 < text.length && kindAt(text, at + 1) === cyrillic;
}

const space = 32;
const point = 46;

// U.N. and U.S.A are one word; "e.g" too, which does no harm.
function endOfAcronym(text: string, start: number, end: number): number {
  if (!isLetter(text, start)) return end;
  let at = end;
  while (text.charCodeAt(at) === point && isLetter(text, at + 1) && !isLetter(text, at + 2)) at += 2;
  if (at === end) return end;
  return text.charCodeAt(at) === point ? at + 1 : at;
}

function isLetter(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const kind = kindAt(text, at);
  return kind === letter || kind === cyrillic;
}

// Languages that hang case endings on names with an apostrophe: Ukrayna'da.
const apostropheSuffixes: ReadonlySet<string> = new Set(['tr', 'az', 'kk', 'uz', 'fi', 'et']);

function isSuffix(units: Uint16Array, start: number, end: number, last: number, suffixes: boolean): boolean {
  if (start !== last + 1 || kinds[units[last]!] !== apostrophe) return false;
  if (end - start === 1 && (units[start]! | 32) === 115) return true; // ’s
  return suffixes && end - start <= 7;
}

// ── words of unspaced scripts ───────────────────────────────────────────────────────────────────────────────────────

let segmenter: Intl.Segmenter | undefined;

/** Where words begin and end in a run of an unspaced script, by dictionary. The locale does not matter to these scripts. */
export function segmentRun(run: string): Iterable<{ readonly segment: string; readonly index: number }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return segmenter.segment(run);
}

function visitSegments(text: string, units: Uint16Array, start: number, end: number, gap: Gap, visit: VisitSpan): void {
  let before = gap;
  for (const { segment, index } of segmentRun(text.slice(start, end))) {
    visit(start + index, start + index + segment.length, before, units);
    before = 0;
  }
}

// ── gaps ────────────────────────────────────────────────────────────────────────────────────────────────────────────

// Each sign that may stand between words → its gap; what is not listed joins.
const gaps = new Map<number, Gap>();
for (const char of ',:;()[]{}<>|/\\\u2013\u2014\u3001\uff0c\uff1a\uff1b\u061b\u060c\u2022\u00b7=+@#')
  gaps.set(char.charCodeAt(0), 1);
for (const char of '!?\u2026\u3002\uff01\uff1f\u061f\u0964') gaps.set(char.charCodeAt(0), 2);
for (const char of '\n\r\u2028\u2029') gaps.set(char.charCodeAt(0), 3);

function gapBetween(text: string, from: number, to: number): Gap {
  let gap: Gap = 0;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    const here = unit === point ? gapOfPoint(text, from, at) : (gaps.get(unit) ?? 0);
    if (here > gap) gap = here;
  }
  return gap;
}

// A point ends a sentence unless it ends an initial or a title (St. Petersburg, Gen. Lee) or stands inside (3.5, example.org).
function gapOfPoint(text: string, wordEnd: number, at: number): Gap {
  if (isLetter(text, at + 1)) return 1;
  if (at !== wordEnd) return 2;
  return isAbbreviation(text, wordEnd) ? 0 : 2;
}

const abbreviations: ReadonlySet<string> = new Set(
  'st ste mr mrs ms dr prof gen lt col sgt capt maj sen rep gov hon rev pres jr sr vs mt ft no inc corp ltd co bros им св ул г'.split(
    ' ',
  ),
);

function isAbbreviation(text: string, wordEnd: number): boolean {
  let start = wordEnd;
  while (start > 0 && wordEnd - start < 6 && isLetter(text, start - 1)) start -= 1;
  const word = text.slice(start, wordEnd);
  if (word.length === 1) return word !== word.toLowerCase() && word !== 'I';
  return abbreviations.has(word.toLowerCase());
}
