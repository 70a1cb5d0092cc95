/** Normalises plain text for display and comparison: white space, invisible characters, Unicode normal form. */

/** Control characters, lone surrogates, the BOM, and bidi controls that could reorder the rest of a page. */
const INVISIBLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF\p{Surrogate}]+/gu;
/** A single joiner is needed in Persian and emoji; two in a row have no meaning. */
const ZERO_WIDTH = /[\u200B-\u200D\u2060]{2,}/g;

/** Text without a match needs no normalisation. */
const UNUSUAL = /[^\n -~\u00A1-\u02FF\u2010-\u2027\uE000-\uF8FF]| {2}/;

/** One line: no invisible characters, white space collapsed and trimmed, NFC. Idempotent. */
export function plainLine(text: string): string {
  if (!text.includes('\n') && !UNUSUAL.test(text)) return text.trim();
  return collapse(visible(text)).trim().normalize('NFC');
}

/** Replaces each run of white space by one space. Single spaces, the most common case, do not match. */
export function collapse(text: string): string {
  return text.replace(/ \s+|[^\S \uFEFF]\s*/g, ' ');
}

/** Like `plainLine`, but keeps line breaks. */
export function plainLines(text: string): string {
  const isUnusual = UNUSUAL.test(text);
  const lines = isUnusual ? visible(text).split('\n').map(collapse) : text.split('\n');
  const plain = lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
  return isUnusual ? plain.normalize('NFC') : plain;
}

function visible(text: string): string {
  return text.replace(INVISIBLE, '').replace(ZERO_WIDTH, '');
}

export function withoutZeroWidth(text: string): string {
  return text.replace(/[\u00AD\u200B-\u200D\u2060]+/g, '');
}

/** Reduces a text to its letters and digits, for comparison. */
export function lettersOnly(text: string): string {
  return (isAscii(text) ? text : text.normalize('NFKC'))
    .toLowerCase()
    .replace(/(?! ?[a-z0-9])[^\p{L}\p{N}]+/gu, ' ') // a space before an ASCII letter or digit needs no replacement
    .trim();
}

/** ASCII needs no normalisation. */
export function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}
