/** Plain text as it may be shown and compared: one line, no invisible tricks, one spelling of each character. */
import { detachString } from './own-copy.js';

/** Bidi embeddings, overrides and isolates turn the rest of a page around; the BOM shows as nothing. */
const DIRECTION = /[\u202A-\u202E\u2066-\u2069\uFEFF]/g;
/** A single joiner spells Persian and emoji; two in a row spell nothing. */
const ZERO_WIDTH = /[\u200B-\u200D\u2060]{2,}/g;
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Letters and signs, for between the brackets of a pattern, that plain text leaves as they are: Latin and Cyrillic with their
 * punctuation. None is taken out, none is white space, and none is spelled otherwise in NFC.
 */
export const STEADY = '!-~\u00A1-\u02FF\u0400-\u0481\u048A-\u052F\u2010-\u2027\u2030-\u205E';

/**
 * One look at a text of nothing else, single spaces between, replaces four. (Such a text is normalised all the same: V8 then
 * writes it anew in one byte a letter where it can, and all that reads it takes half the time.)
 */
const STEADY_LINE = new RegExp(`^[${STEADY}]+(?: [${STEADY}]+)*$`);
const STEADY_LINES = new RegExp(`^[${STEADY}]+(?:[ \n][${STEADY}]+)*$`);

/** One line: invisible characters out, white space collapsed and trimmed, NFC. Idempotent. */
export function plainLine(text: string): string {
  return (STEADY_LINE.test(text) ? text : collapse(visible(text)).trim()).normalize('NFC');
}

/** Each run of white space made one space. Single spaces, which most runs are, are passed over. */
export function collapse(text: string): string {
  return text.replace(/ \s+|[^\S ]\s*/g, ' ');
}

/** As `plainLine`, keeping line ends. */
export function plainLines(text: string): string {
  if (STEADY_LINES.test(text)) return text.normalize('NFC');
  return visible(text)
    .split('\n')
    .map((line) => collapse(line).trim())
    .filter((line) => line !== '')
    .join('\n')
    .normalize('NFC');
}

/** Any of the above: most texts hold none. */
const SUSPECT =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B-\u200D\u202A-\u202E\u2060\u2066-\u2069\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]/;

function visible(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(CONTROL, '').replace(LONE_SURROGATE, '').replace(DIRECTION, '').replace(ZERO_WIDTH, '');
}

const ASCII = /^[\u0000-\u007F]*$/;

/** What two texts have in common when only letters and digits count: for asking whether a summary merely repeats its title. */
export function lettersOnly(text: string): string {
  const known = letters.get(text);
  if (known !== undefined) return known;
  const read = ASCII.test(text) ? asciiLetters(text) : anyLetters(text);
  if (letters.size >= REMEMBERED) letters.clear();
  if (text.length <= 200) letters.set(detachString(text), read);
  return read;
}

/**
 * False where `lettersOnly` of the two begins with another sign, as it mostly does: asked before, since it costs next to nothing.
 * True where it may begin with the same, and where one of them says nothing.
 */
export function mayBeginAlike(a: string, b: string): boolean {
  const [here, there] = [firstSign(a), firstSign(b)];
  return here === there || here === null || there === null;
}

/** The letter or digit that a text begins with, past its quotes and dashes; null where that is not ASCII, or where there is none. */
function firstSign(text: string): string | null {
  const sign = text[text.search(/[a-z0-9\u0080-\u200f\u2028-\uffff]/i)] ?? '';
  return /[a-z0-9]/i.test(sign) ? sign.toLowerCase() : null;
}

/** Names of publications, headlines: the same few are asked for again and again. */
const letters = new Map<string, string>();
const REMEMBERED = 500;

function asciiLetters(text: string): string {
  return text
    .toLowerCase()
    .replace(/ [^a-z0-9]+|[^a-z0-9 ][^a-z0-9]*/g, ' ')
    .trim();
}

function anyLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ [^\p{L}\p{N}]+|[^\p{L}\p{N} ][^\p{L}\p{N}]*/gu, ' ')
    .trim();
}
