/** Reads an XML feed with each of the two parsers, and maps both results. */
import type { ParsedFeed } from '../../src/model/item.js';
import { toParsedFeed } from '../../src/parse/rss-atom/feed-fields.js';
import { collectWarnings } from '../../src/parse/warnings.js';
import { type FeedRoot, findFeedRoot } from '../../src/parse/xml/root.js';
import { parseWithRssParser } from '../../src/parse/xml/rss-parser.js';
import { parseTolerantly } from '../../src/parse/xml/tolerant-parser.js';

const URL = 'https://where.example/feed';

/** null: the tolerant parser must read it, or it has no feed root. */
export async function readWithRssParser(text: string): Promise<ParsedFeed | null> {
  const root = findFeedRoot(text);
  const document = root && (await parseWithRssParser(text, root));
  return document && toParsedFeed(document, URL, collectWarnings());
}

export function readTolerantly(text: string): ParsedFeed {
  const root: FeedRoot = findFeedRoot(text)!;
  const warnings = collectWarnings();
  return toParsedFeed(parseTolerantly(text, root, URL, warnings), URL, warnings);
}
