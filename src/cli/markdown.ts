/** Escapes untrusted text for GitHub's Markdown. */

const MOST_LETTERS = 240;

/** Control, bidirectional, unassigned and private characters. ZWNJ and ZWJ are part of words. */
const UNSEEN = /[^\P{C}\u200c\u200d]/gu;

/** All ASCII punctuation with a meaning in Markdown or HTML. A colon has one only inside a word. */
const MARKUP = /[!#$&*+<=>@[\\\]^_`{|}~]|:(?=\S)/g;

/** One line without markup. Zero-width spaces break what GitHub links despite entities: `@name`, `#1`, commits. */
export function escapeMarkdown(words: string): string {
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

export function renderMarkdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return ['', line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(escapeMarkdown)))];
}
