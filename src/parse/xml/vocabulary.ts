/** Classifies feed elements for the XML parsers: text, single lines, and elements that end unclosed ones. */

import type table from '../../data/feed-elements.json';
import { loadTable } from '../../data/load.js';

/** Element names of each field by precedence, and by class. */
export const FEED_ELEMENTS = loadTable<typeof table>('feed-elements');

const { classes } = FEED_ELEMENTS;

/** Child elements of these are markup, kept in order as HTML. */
export const TEXT_ELEMENTS: ReadonlySet<string> = new Set(classes.text);

/** Contain one line: a feed element inside them indicates a missing end tag. */
const LINE_ELEMENTS = new Set(classes.line);

/** Contain longer text, whose markup may use element names of feeds. */
const LONG_TEXT_ELEMENTS = new Set(classes.longText);

const FIELD_ELEMENTS = new Set(classes.field);

const ALSO_HTML = new Set(classes.alsoHtml);

export const ITEM_ELEMENTS: ReadonlySet<string> = new Set(['item', 'entry']);

/** Their end tags count even beyond the depth limit. */
export const STRUCTURE_ELEMENTS = new Set('item entry channel feed rss rdf:RDF atom:feed atom:entry'.split(' '));

/** Elements that may contain items. Any other element that is open before an item is unclosed or meaningless. */
export const ITEM_HOLDERS = new Set('channel feed rss rdf:RDF atom:feed items'.split(' '));

export function impliesMissingEnd(open: string, next: string): boolean {
  const field =
    FIELD_ELEMENTS.has(next) || (next.includes(':') && !next.startsWith('xhtml:') && LINE_ELEMENTS.has(next));
  if (!field) return false;
  return LINE_ELEMENTS.has(open) || (LONG_TEXT_ELEMENTS.has(open) && !ALSO_HTML.has(next));
}
