/** Reads RSS 0.9 to 2.0, RDF and Atom 0.3 and 1.0: well-formed documents with rss-parser, others with the tolerant parser; one mapping. */
import { ParseError } from '../../model/errors.js';
import type { ParsedFeed } from '../../model/item.js';
import type { Parser } from '../parser.js';
import { unrecognized } from '../unrecognized.js';
import { collectWarnings } from '../warnings.js';
import type { XmlDocument } from '../xml/element.js';
import { type FeedRoot, findFeedRoot } from '../xml/root.js';
import { parseWithRssParser } from '../xml/rss-parser.js';
import { parseTolerantly } from '../xml/tolerant-parser.js';
import { feedOf, hasContent } from './feed-fields.js';

type About = { readonly url: string | null };

export const rssAtomParser: Parser = {
  kind: 'rss-atom',
  accepts: (text) => findFeedRoot(text) !== null,
  parse: async (text, about) => {
    const root = findFeedRoot(text);
    if (!root) throw new ParseError('PARSE_UNRECOGNIZED', 'no RSS or Atom in this document');
    return (await readByRssParser(text, root, about)) ?? readTolerantly(text, root, about);
  },
};

/** null where the document needs the tolerant parser. A property test checks that both give the same result. */
export async function readByRssParser(text: string, root: FeedRoot, about: About): Promise<ParsedFeed | null> {
  const document = await parseWithRssParser(text, root);
  if (!document) return null;
  const warnings = collectWarnings();
  const feed = feedOf(document, about, warnings);
  return { ...feed, warnings: warnings.list() };
}

/** @throws {ParseError} PARSE_MALFORMED or PARSE_UNRECOGNIZED where nothing could be read. */
export function readTolerantly(text: string, root: FeedRoot, about: About): ParsedFeed {
  const warnings = collectWarnings();
  const document = parseTolerantly(text, root, about.url, warnings);
  const feed = feedOf(withoutWrapping(document), about, warnings);
  if (!document.complete && !hasContent(feed)) throw nothingRead(text, root);
  return { ...feed, warnings: warnings.list() };
}

/** A feed root in the middle of the text may not have been one. */
function nothingRead(text: string, root: FeedRoot): ParseError {
  return root.isFirst
    ? new ParseError('PARSE_MALFORMED', 'nothing in this document could be read')
    : unrecognized(text);
}

/** A `channel` as root is RSS. */
function withoutWrapping(document: XmlDocument): XmlDocument {
  return document.rootName === 'channel' ? { ...document, rootName: 'rss' } : document;
}
