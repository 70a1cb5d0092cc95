/** A publisher's Text as plain words: decoded by its type, and freed of escapes that were put on twice. */
import type { Text } from '../model/item.js';
import { htmlText } from '../text/escape.js';
import { htmlToText, type TextOptions } from '../text/html.js';
import { plainLine, plainLines } from '../text/plain.js';

/** No title, name or category is longer. */
const LINE_LIMIT = 2_000;

/** One line of plain text; empty where there is none. A literal `<b>` in a text of type `text` stays. */
export function lineOf(text: Text | null): string {
  return text === null ? '' : cutHard(plainLine(readEscapesLeft(plainTextOf(text, {}))), LINE_LIMIT);
}

/** Plain text, a paragraph a line, without what stands around an article. */
export function proseOf(text: Text | null, limit: number): string {
  return text === null ? '' : plainLines(readEscapesLeft(plainTextOf(text, { parts: 'prose', limit })));
}

/** A name that came as bare text, though publishers put markup into it, escaped any number of times. */
export function nameOf(value: string | null): string {
  let name = value ?? '';
  for (let round = 0; round < 4 && MAY_BE_MARKUP.test(name); round++)
    name = lineOf({ type: 'html', value: name, base: null });
  return lineOf({ type: 'text', value: name, base: null });
}

const MAY_BE_MARKUP = /<[a-z/!]|&[#a-z]/i;

/** HTML of a Text, whatever its type: plain text becomes paragraphs. A CDATA section put on twice is taken off. */
export function htmlOf(text: Text): string {
  return text.type === 'html' ? withoutCdata(text.value) : paragraphs(text.value);
}

function plainTextOf(text: Text, options: TextOptions): string {
  return text.type === 'html' ? htmlToText(withoutCdata(text.value), options) : text.value.slice(0, options.limit);
}

function withoutCdata(html: string): string {
  const trimmed = html.trim();
  if (!trimmed.startsWith('<![CDATA[')) return html;
  return trimmed.slice('<![CDATA['.length, trimmed.endsWith(']]>') ? -']]>'.length : undefined);
}

function paragraphs(text: string): string {
  return htmlText(text)
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => `<p>${trimmedLines(part).join('<br>')}</p>`)
    .join('');
}

function trimmedLines(part: string): string[] {
  return part.split('\n').map((line) => line.trim());
}

const TYPOGRAPHY: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
};
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{3,6}));/gi;

/**
 * `Trump&#8217;s` in what should be plain is an escape too many, never a word: read until none is left. `&lt;` and `&gt;`
 * stay, since an article may well speak of markup.
 */
export function readEscapesLeft(text: string): string {
  let before = text;
  for (let round = 0; round < 8 && before.includes('&'); round++) {
    const after = before.replace(REFERENCE, readReference);
    if (after === before) break;
    before = after;
  }
  return before;
}

function readReference(reference: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return TYPOGRAPHY[name] ?? reference;
  const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
  return code > 31 && code <= 0x10ffff && code !== 60 && code !== 62 ? String.fromCodePoint(code) : reference;
}

/** Never through a surrogate pair. */
function cutHard(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : text
        .slice(0, limit)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd();
}
