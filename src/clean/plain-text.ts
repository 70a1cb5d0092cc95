/** Converts a publisher's text to plain text, decoding references that were escaped more than once. */
import { decodeCodePoint, decodeHTMLStrict } from 'entities/decode';
import type { Text } from '../model/item.js';
import { htmlText } from '../text/escape.js';
import { htmlToText, type TextOptions } from '../text/html.js';
import { plainLine, plainLines } from '../text/plain.js';

/** In characters, for a title, name or category. */
const LINE_LIMIT = 2_000;

/** A headline or name as one line of plain text; empty for null. A literal `<b>` in a text of type `text` is kept. */
export function toPlainLine(text: Text | null): string {
  return text === null ? '' : cleanLine(text.type === 'html' ? { ...text, value: escapeNamedTags(text.value) } : text);
}

function cleanLine(text: Text): string {
  const line = truncateLine(plainLine(decodeRemainingReferences(toPlainText(text, {}))), LINE_LIMIT);
  return VISIBLE.test(line) ? line : '';
}

/** Anything visible: zero-width characters alone do not count. */
const VISIBLE = /[^\s\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Inline markup, whose end tag may be missing. */
const LINE_MARKUP = /^(?:a|b|br|em|font|hr|i|img|li|p|small|span|strong|su[bp]|u|wbr)$/;

/**
 * Headlines may name tags and types ("How to use <video>", "Vec<String>"). A tag is a word if it is not inline and has
 * no end tag, or is unfinished ("a<b").
 */
function escapeNamedTags(html: string): string {
  if (!/<[a-z]/i.test(html)) return html;
  const ended = new Set([...html.matchAll(/<\/([a-z][^\s/<>]*)/gi)].map(([, name]) => name!.toLowerCase()));
  return html.replace(/<([a-z][^\s/<>]*)([^<>]*>?)/gi, (tag, name: string, rest: string) => {
    const key = name.toLowerCase();
    const isWord = rest.endsWith('>') ? !LINE_MARKUP.test(key) && !ended.has(key) : !rest.includes('=');
    return isWord ? `&lt;${name}${rest}` : tag;
  });
}

/** Plain text, one paragraph per line, without page furniture. */
export function toProse(text: Text | null, limit: number): string {
  if (text === null) return '';
  const prose = plainLines(decodeRemainingReferences(toPlainText(text, { parts: 'prose', limit })));
  return text.type === 'html' && ESCAPED_TAGS.test(prose) ? plainLines(htmlToText(prose, { parts: 'prose' })) : prose;
}

/** Tags in plain text: the HTML was escaped twice. An article about markup shows tags, but not links with addresses. */
const ESCAPED_TAGS = /<(?:a\s[^<>]*href|img\s[^<>]*src)=["']?(?:https?:)?\/[^<>]*>|<p(?:\s[^<>]*)?>[^<>]+<\/p>/i;

/** For untyped names, which may contain markup that was escaped several times. */
export function cleanName(value: string | null): string {
  let name = value ?? '';
  for (let round = 0; round < 4 && MAY_BE_MARKUP.test(name); round++)
    name = cleanLine({ type: 'html', value: name, base: null });
  return cleanLine({ type: 'text', value: name, base: null });
}

const MAY_BE_MARKUP = /<[a-z/!]|&[#a-z]/i;

/** Plain text becomes paragraphs. Unwraps a nested CDATA section, and HTML that was escaped twice. */
export function toHtml(text: Text): string {
  return text.type === 'html' ? unescapeWhole(unwrapMarkup(text)) : toParagraphs(htmlText(text.value));
}

const ESCAPED_BLOCK =
  /^\s*(?:&lt;!--[^&]{0,100}--&gt;\s*)?&lt;(?:p|div|h[1-6]|ul|ol|figure|blockquote|table|section|article)(?:\s|&gt;)/i;

/** HTML without tags that begins with an escaped block was escaped as a whole. */
function unescapeWhole(html: string): string {
  if (!ESCAPED_BLOCK.test(html)) return html;
  return /<[a-z/!]/i.test(html) ? html : decodeHTMLStrict(html);
}

/** For HTML without block elements. Without any tags, its line breaks count as in plain text. */
export function toLongTextHtml(text: Text): string {
  if (text.type === 'text') return toParagraphs(htmlText(text.value));
  const html = unwrapMarkup(text);
  return /<[a-z]/i.test(html) ? `<p>${html}</p>` : toParagraphs(html);
}

function toPlainText(text: Text, options: TextOptions): string {
  if (text.type === 'text') return text.value.slice(0, options.limit);
  const html = unwrapMarkup(text);
  // Without any tag, its lines are those of a plain text.
  const lines = options.parts === 'prose' && !html.includes('<') ? html.slice(0, options.limit).split('\n') : [html];
  return lines.map((line) => htmlToText(line, options)).join('\n');
}

function unwrapMarkup({ value }: Text): string {
  const html = stripCdata(value);
  return html.includes('[') ? html.replace(BUILDER, '') : html;
}

/** Shortcodes of WordPress and its page builders, which only the publisher's site can read. An excerpt may end inside one. */
const BUILDER =
  /\[\/?(?:(?:fusion|vc|et_pb)_[a-z_]{1,40}|contact-(?:form|field)(?:-7)?|caption|gallery|embed|sc_embed_player)(?:\s[^[\]]*)?(?:\]|$|(?=\[[&….]))/g;

function stripCdata(html: string): string {
  const trimmed = html.trim();
  const start = /^<?!\[CDATA\[/.exec(trimmed)?.[0];
  if (start === undefined) return html;
  return trimmed.slice(start.length, trimmed.endsWith(']]>') ? -']]>'.length : undefined);
}

/** @param text HTML without tags. */
function toParagraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => `<p>${trimLines(part).join('<br>')}</p>`)
    .join('');
}

function trimLines(part: string): string[] {
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
const REFERENCE = /&(?:#(\d{1,7});|#x([0-9a-f]{1,6});|([a-z]{3,6});|(nbsp)(?![a-z=]))/gi;

/** `Trump&#8217;s` in plain text was escaped too often. Keeps `&lt;` and `&gt;`: an article may be about markup. */
export function decodeRemainingReferences(text: string): string {
  let before = text;
  for (let round = 0; round < 8 && before.includes('&'); round++) {
    const after = before.replace(REFERENCE, decodeReference);
    if (after === before) break;
    before = after;
  }
  return before;
}

function decodeReference(reference: string, decimal?: string, hex?: string, named?: string, space?: string): string {
  const name = named ?? space;
  if (name !== undefined) return TYPOGRAPHY[name] ?? reference;
  const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
  return code > 31 && code <= 0x10ffff && code !== 60 && code !== 62 ? decodeCodePoint(code) : reference;
}

/** Never splits a surrogate pair. */
function truncateLine(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : text
        .slice(0, limit)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd();
}
