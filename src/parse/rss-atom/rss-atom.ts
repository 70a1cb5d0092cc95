/** Reads RSS 0.9 to 2.0, RDF and Atom 0.3 and 1.0. Documents that are not well-formed go to the tolerant parser. */
import { ParseError } from '../../model/errors.js';
import type { ParsedFeed } from '../../model/item.js';
import { createUnrecognizedError } from '../unrecognized.js';
import { collectWarnings } from '../warnings.js';
import { findFeedRoot, firstElement } from '../xml/root.js';
import { parseWithRssParser } from '../xml/rss-parser.js';
import { parseTolerantly } from '../xml/tolerant-parser.js';
import { hasContent, toParsedFeed } from './feed-fields.js';

/** null: neither RSS nor Atom. @throws {ParseError} PARSE_MALFORMED or PARSE_UNRECOGNIZED */
export async function parseRssAtom(text: string, url: string | null): Promise<ParsedFeed | null> {
  const root = findFeedRoot(text);
  if (root === null) return null;
  const warnings = collectWarnings();
  const document = (await parseWithRssParser(text, root)) ?? parseTolerantly(text, root, url, warnings);
  const feed = toParsedFeed(document, url, warnings);
  // A feed root in the middle of a text may belong to something else.
  const isEmbedded = firstElement(text)?.start !== root.start;
  if ((document.complete && !isEmbedded) || hasContent(feed)) return feed;
  throw root.isFirst
    ? new ParseError('PARSE_MALFORMED', 'nothing in this document could be read')
    : createUnrecognizedError(text);
}
