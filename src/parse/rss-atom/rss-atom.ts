/** RSS 0.9 to 2.0, RDF and Atom 0.3 and 1.0: ordinary well-formed documents by rss-parser, all others by the tolerant parser; one mapping for both. */
import { ParseError } from '../../model/errors.js';
import type { ParsedFeed } from '../../model/item.js';
import type { Parser } from '../parser.js';
import { unrecognized } from '../unrecognized.js';
import { collectWarnings } from '../warnings.js';
import type { XmlDocument } from '../xml/element.js';
import { cleanText } from '../xml/preprocess.js';
import { findRoot, type Root } from '../xml/root.js';
import { readOrdinary } from '../xml/rss-parser.js';
import { readTree } from '../xml/tolerant-parser.js';
import { feedOf, saysAnything } from './feed-fields.js';

type About = { readonly url: string | null };

export const rssAtom: Parser = {
  kind: 'rss-atom',
  accepts: (text) => findRoot(text) !== null,
  parse: async (text, about) => {
    const root = findRoot(text);
    if (!root) throw new ParseError('PARSE_UNRECOGNIZED', 'no RSS or Atom in this document');
    return (await parseOrdinary(text, root, about)) ?? parseTolerantly(text, root, about);
  },
};

/** Null where the document needs the tolerant parser. A property test holds both to the same result. */
export async function parseOrdinary(text: string, root: Root, about: About): Promise<ParsedFeed | null> {
  const document = await readOrdinary(text, root);
  if (!document) return null;
  const warnings = collectWarnings();
  const feed = feedOf(document, about, warnings);
  return { ...feed, warnings: warnings.list() };
}

/** @throws {ParseError} PARSE_MALFORMED or PARSE_UNRECOGNIZED where nothing could be read. */
export function parseTolerantly(text: string, root: Root, about: About): ParsedFeed {
  const warnings = collectWarnings();
  const document = readTree(cleanText(text, root.start, warnings), about.url, warnings);
  if (!document) throw new ParseError('PARSE_MALFORMED', 'no element in this document could be read');
  const feed = feedOf(withoutWrapping(document), about, warnings);
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
