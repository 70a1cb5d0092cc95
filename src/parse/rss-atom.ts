/** RSS 0.9 to 2.0, RDF and Atom 0.3 and 1.0: at a glance where the XML is usual, by rss-parser where it is large and ordinary, else through the repair; one mapping for all. */
import { ParseError } from '../model/errors.js';
import type { ParsedFeed } from '../model/item.js';
import type { XmlDocument } from './element.js';
import { feedOf, saysAnything, writtenItems } from './feed-fields.js';
import type { Parser } from './kinds.js';
import { OrderLost } from './reading.js';
import { cleanText } from './repair/clean-text.js';
import { readTree } from './repair/read-tree.js';
import { findRoot, type Root } from './root.js';
import { unrecognized } from './unrecognized.js';
import { readUsual } from './usual-xml.js';
import { collectWarnings } from './warnings.js';

type About = { readonly url: string | null };

export const rssAtom: Parser = {
  kind: 'rss-atom',
  accepts: (text) => findRoot(text) !== null,
  parse: async (text, about) => {
    const root = findRoot(text);
    if (!root) throw new ParseError('PARSE_UNRECOGNIZED', 'no RSS or Atom in this document');
    const fast = text.length < LARGE ? parseUsual(text, root, about) : await parseOrdinary(text, root, about);
    return fast ?? parseRepaired(text, root, about);
  },
};

/** Characters. What is larger is rss-parser's, and is read in a thread. */
const LARGE = 128 * 1024;

/** Null where the document needs the repair. */
export function parseUsual(text: string, root: Root, about: About): ParsedFeed | null {
  const document = readUsual(text, root, about.url);
  if (document === null) return null;
  const warnings = collectWarnings();
  const feed = feedOf(withoutWrapping(document), about, 'repair', warnings);
  return { ...feed, warnings: warnings.list() };
}

/** Null where the document needs the repair. */
export async function parseOrdinary(text: string, root: Root, about: About): Promise<ParsedFeed | null> {
  // 37 ms to load, and a run in which little is new has no large document to read.
  const { readOrdinary } = await import('./ordinary.js');
  const document = await readOrdinary(text, root);
  if (!document || writtenItems(document).length < countTags(text, root.name === 'feed' ? '<entry' : '<item'))
    return null;
  const warnings = collectWarnings();
  try {
    const feed = feedOf(document, about, 'ordinary', warnings);
    return { ...feed, warnings: warnings.list() };
  } catch (error) {
    if (error instanceof OrderLost) return null;
    throw error;
  }
}

/** Start tags of items, wherever they stand: some may be where rss-parser does not look. */
function countTags(text: string, tag: string): number {
  let count = 0;
  for (let at = text.indexOf(tag); at >= 0; at = text.indexOf(tag, at + tag.length)) {
    if (/[\s/>]/.test(text[at + tag.length] ?? '')) count += 1;
  }
  return count;
}

export function parseRepaired(text: string, root: Root, about: About): ParsedFeed {
  const warnings = collectWarnings();
  const document = readTree(cleanText(text, root.start, warnings), about.url, warnings);
  if (!document) throw new ParseError('PARSE_MALFORMED', 'no element in this document could be read');
  const feed = feedOf(withoutWrapping(document), about, 'repair', warnings);
  if (!document.complete && !saysAnything(feed)) throw nothingRead(text, root);
  return { ...feed, warnings: warnings.list() };
}

/** The beginning of a feed inside something else was none. */
function nothingRead(text: string, root: Root): ParseError {
  return root.clean ? new ParseError('PARSE_MALFORMED', 'nothing in this document could be read') : unrecognized(text);
}

/** A channel or a list of items as the root is RSS. */
function withoutWrapping(document: XmlDocument): XmlDocument {
  return document.rootName === 'channel' ? { ...document, rootName: 'rss' } : document;
}
