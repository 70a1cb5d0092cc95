/** Plain text as it may be shown and compared: one line, no invisible tricks, one spelling of each character. */

/**
 * Control characters, halves of a surrogate pair, and what turns the rest of a page around (bidi embeddings, overrides and
 * isolates) or shows as nothing (the BOM).
 */
const INVISIBLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF\p{Surrogate}]+/gu;
/** A single joiner spells Persian and emoji; two in a row spell nothing. */
const ZERO_WIDTH = /[\u200B-\u200D\u2060]{2,}/g;

/**
 * Latin, its punctuation, line ends and private signs, with single spaces between, are plain as they stand: in them nothing
 * is invisible, no white space is to be collapsed, and no character has a second spelling.
 */
const UNUSUAL = /[^\n -~\u00A1-\u02FF\u2010-\u2027\uE000-\uF8FF]| {2}/;

/** One line: invisible characters out, white space collapsed and trimmed, NFC. Idempotent. */
export function plainLine(text: string): string {
  if (!text.includes('\n') && !UNUSUAL.test(text)) return text.trim();
  return collapse(visible(text)).trim().normalize('NFC');
}

/** Each run of white space made one space; single spaces, which are most of them, are left alone. */
export function collapse(text: string): string {
  return text.replace(/ \s+|[^\S ]\s*/g, ' ');
}

/** As `plainLine`, keeping line ends. */
export function plainLines(text: string): string {
  const lines = UNUSUAL.test(text) ? visible(text).split('\n').map(collapse) : text.split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .normalize('NFC');
}

function visible(text: string): string {
  return text.replace(INVISIBLE, '').replace(ZERO_WIDTH, '');
}

/** What two texts have in common when only letters and digits count: for asking whether a summary merely repeats its title. */
export function lettersOnly(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?! ?[a-z0-9])[^\p{L}\p{N}]+/gu, ' ') // a space before a plain letter stays as it is
    .trim();
}
