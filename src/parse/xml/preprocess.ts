/** First pass of the repair: text that no XML reader would take becomes text that ours can. Every step is linear. */
import { cut } from '../limits.js';
import type { Warnings } from '../warnings.js';
import { NO_ENTITIES, type OwnEntities, ownEntities } from './references.js';

export interface CleanText {
  readonly text: string;
  readonly entities: OwnEntities;
}

/** @param start where the root element begins, as `findRoot` has it. */
export function cleanText(text: string, start: number, warnings: Warnings): CleanText {
  const prolog = text.slice(0, start);
  const doctype = prolog.indexOf('<!DOCTYPE') >= 0 ? prolog.slice(prolog.indexOf('<!DOCTYPE')) : '';
  if (doctype !== '') warnings.add('the document type was read past: nothing of it is fetched');
  return {
    text: escapeLoneBrackets(openUnclosed(dropForbidden(text.slice(start), warnings), warnings), warnings),
    entities: doctype === '' ? NO_ENTITIES : ownEntities(cut(doctype, 100_000)),
  };
}

/** What XML 1.0 2.2 forbids, and byte order marks in the middle. */
export const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff]+/g;

function dropForbidden(text: string, warnings: Warnings): string {
  const clean = text.replace(FORBIDDEN, '');
  if (clean.length !== text.length) warnings.add('characters that XML forbids were dropped');
  return clean.isWellFormed() ? clean : clean.replace(/[\ud800-\udfff]/gu, '');
}

/** CDATA and comments that are closed nowhere would swallow the rest of the feed: their opening goes, if items end after it. */
function openUnclosed(text: string, warnings: Warnings): string {
  let open = text;
  for (const [mark, end] of OPAQUE) {
    const last = open.lastIndexOf(mark);
    if (last < 0 || last < Math.max(open.lastIndexOf(end), open.lastIndexOf(']]>'))) continue;
    if (!/<\/(?:item|entry|channel|feed)\s*>/i.test(open.slice(last))) continue;
    warnings.add(`${mark} was closed nowhere`);
    open = open.slice(0, last) + open.slice(last + mark.length);
  }
  return open;
}

const OPAQUE = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
] as const;

/** `5 < 6`: a `<` that begins no tag. CDATA and comments stay as they are. */
function escapeLoneBrackets(text: string, warnings: Warnings): string {
  if (!/<(?![A-Za-z_:!?/\u00c0-\uffff])/.test(text)) return text;
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const opaque = nextOpaque(text, at);
    const plain = text.slice(at, opaque.start);
    parts.push(plain.replace(/<(?![A-Za-z_:!?/\u00c0-\uffff])/g, '&lt;'), text.slice(opaque.start, opaque.end));
    at = opaque.end;
  }
  const escaped = parts.join('');
  if (escaped !== text) warnings.add('a < that begins no tag was read as text');
  return escaped;
}

function nextOpaque(text: string, from: number): { start: number; end: number } {
  const opening = /<!\[CDATA\[|<!--/g;
  opening.lastIndex = from;
  const found = opening.exec(text);
  if (!found) return { start: text.length, end: text.length };
  const close = text.indexOf(found[0] === '<!--' ? '-->' : ']]>', opening.lastIndex);
  return { start: found.index, end: close < 0 ? text.length : close + 3 };
}
