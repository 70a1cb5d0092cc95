/** Prepares a text for the tolerant parser: drops or escapes what would mislead it. Every step takes linear time. */
import { truncateText } from '../limits.js';
import type { Warnings } from '../warnings.js';
import { type DocumentEntities, NO_ENTITIES, readEntities } from './references.js';

export interface PreprocessedXml {
  readonly text: string;
  readonly entities: DocumentEntities;
}

/** @param start offset of the root element, as in `FeedRoot`. */
export function preprocess(text: string, start: number, warnings: Warnings): PreprocessedXml {
  const prolog = text.slice(0, start);
  const doctype = prolog.indexOf('<!DOCTYPE') >= 0 ? prolog.slice(prolog.indexOf('<!DOCTYPE')) : '';
  if (doctype !== '') warnings.add('skipped the document type: external parts are not fetched');
  return {
    text: escapeLoneBrackets(unwrapUnclosed(dropForbidden(text.slice(start), warnings), warnings), warnings),
    entities: doctype === '' ? NO_ENTITIES : readEntities(truncateText(doctype, 100_000)),
  };
}

/** Characters that XML 1.0 2.2 forbids, and byte order marks inside the text. */
export const FORBIDDEN_CHARACTERS = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff]+/g;

function dropForbidden(text: string, warnings: Warnings): string {
  const clean = text.replace(FORBIDDEN_CHARACTERS, '');
  if (clean.length !== text.length) warnings.add('characters that XML forbids were dropped');
  return clean.isWellFormed() ? clean : clean.replace(/[\ud800-\udfff]/gu, '');
}

/** An unclosed CDATA section or comment would hide the rest of the feed. Removes its opening if items end after it. */
function unwrapUnclosed(text: string, warnings: Warnings): string {
  let open = text;
  for (const [mark, end] of OPAQUE) {
    const last = open.lastIndexOf(mark);
    if (last < 0 || last < Math.max(open.lastIndexOf(end), open.lastIndexOf(']]>'))) continue;
    if (!/<\/(?:item|entry|channel|feed)\s*>/i.test(open.slice(last))) continue;
    warnings.add(`${mark} was never closed`);
    open = open.slice(0, last) + open.slice(last + mark.length);
  }
  return open;
}

const OPAQUE = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
] as const;

/** Escapes `<` that does not begin a tag (`5 < 6`), except in CDATA and comments. */
function escapeLoneBrackets(text: string, warnings: Warnings): string {
  const escaped = text.replace(OPAQUE_OR_LONE_BRACKET, (found) => (found === '<' ? '&lt;' : found));
  if (escaped !== text) warnings.add('a < outside a tag was read as text');
  return escaped;
}

const OPAQUE_OR_LONE_BRACKET = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<(?![A-Za-z_:!?/\u00c0-\uffff])/g;
