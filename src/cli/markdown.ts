/** Strangers' words in Markdown, as GitHub shows it: they stay words. */

/** Longer ones are cut: a headline is not a page. */
const MOST_LETTERS = 240;

/** What no reader sees: control characters, what turns the direction of writing, unassigned and private ones. ZWNJ and ZWJ belong to words. */
const UNSEEN = /[^\P{C}\u200c\u200d]/gu;

/** All other punctuation of ASCII means something to Markdown or HTML somewhere; a colon does within a word alone. */
const MARKUP = /[!#$&*+<=>@[\\\]^_`{|}~]|:(?=\S)/g;

/**
 * One line that makes no markup, link, mention, picture or row, wherever in a line it stands but at its beginning. A space without width parts what
 * GitHub links even where it is written as an entity: `@name`, `#1`, `GH-1`, addresses, commits.
 */
export function markdownText(words: string): string {
  const line = words
    .slice(0, 8 * MOST_LETTERS)
    .replace(/\s+/gu, ' ')
    .replace(UNSEEN, '')
    .trim();
  const letters = [...line];
  const cut = letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : line;
  return cut
    .replace(MARKUP, (letter) => `&#${letter.charCodeAt(0)};${/[@#:]/.test(letter) ? '&#8203;' : ''}`)
    .replace(/\b(gh)-(?=\d)/gi, '$1&#8203;-')
    .replace(/\b(www)\./gi, '$1&#8203;.')
    .replace(/\b[0-9a-f]{7,40}\b/gi, (commit) => commit.replace(/.{6}(?=.)/g, '$&&#8203;'));
}

/** A table as lines, with a blank one before it. Cells are escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return ['', line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(markdownText)))];
}
