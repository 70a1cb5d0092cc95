/** Classifies feed elements for the XML parsers: text, single lines, and elements that end unclosed ones. */

import type table from '../../data/feed-elements.json';
import { loadTable } from '../../data/load.js';

/** Names of elements of feeds: of each field by precedence, and in classes. */
export const FEED_ELEMENTS = loadTable<typeof table>('feed-elements');

const { classes } = FEED_ELEMENTS;

/** Child elements of these are markup, kept in order as HTML. */
export const TEXT_ELEMENTS: ReadonlySet<string> = new Set(classes.text);

/** Contain one line: a feed element that begins inside them indicates a missing end tag. */
const LINE_ELEMENTS = new Set(classes.line);

/** Contain longer text, whose markup may have element names that feeds have too. */
const LONG_TEXT_ELEMENTS = new Set(classes.longText);

/** Elements of a channel or an item. */
const FIELD_ELEMENTS = new Set(classes.field);

/** Names that are elements of HTML too. */
const ALSO_HTML = new Set(classes.alsoHtml);

export const ITEM_ELEMENTS: ReadonlySet<string> = new Set(['item', 'entry']);

/** End tags of these count even beyond the depth limit. */
export const STRUCTURE_ELEMENTS = new Set('item entry channel feed rss rdf:RDF atom:feed atom:entry'.split(' '));

/** Elements that may contain items. Any other element open at the beginning of an item is unclosed, or a wrapper without meaning. */
export const ITEM_HOLDERS = new Set('channel feed rss rdf:RDF atom:feed items'.split(' '));

/** Whether an open element must be unclosed, given that a field of a feed begins. */
export function mustEndBefore(open: string, next: string): boolean {
  const field =
    FIELD_ELEMENTS.has(next) || (next.includes(':') && !next.startsWith('xhtml:') && LINE_ELEMENTS.has(next));
  if (!field) return false;
  return LINE_ELEMENTS.has(open) || (LONG_TEXT_ELEMENTS.has(open) && !ALSO_HTML.has(next));
}
