/** Parses a feed document: decodes its bytes, then tries each format. */
import type { ParsedFeed } from '../model/item.js';
import { parseCdf } from './cdf.js';
import { type DecodedText, decodeDocument } from './encoding/decode.js';
import { parseJsonFeed } from './json-feed/json-feed.js';
import { parseRssAtom } from './rss-atom/rss-atom.js';
import { createUnrecognizedError } from './unrecognized.js';

/**
 * Reads a feed in any supported format: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, CDF. `warnings` lists
 * problems and repairs. An invalid item does not affect the others.
 *
 * @param body the document in bytes or as text.
 * @param about its Content-Type, for the encoding, and its URL, for relative addresses.
 * @throws {ParseError} PARSE_UNRECOGNIZED: not a feed (`details.is` has the kind of document). PARSE_MALFORMED: nothing
 * was readable. PARSE_LIMIT: larger than 10 MB.
 */
export async function parseFeed(
  body: Uint8Array | string,
  about: { readonly contentType?: string | null; readonly url?: string | null } = {},
): Promise<ParsedFeed> {
  return parseText(decodeDocument(body, about.contentType ?? null), about.url ?? null);
}

/** @throws {ParseError} */
export async function parseText({ text, warnings }: DecodedText, url: string | null): Promise<ParsedFeed> {
  const feed = parseJsonFeed(text, url) ?? parseCdf(text, url) ?? (await parseRssAtom(text, url));
  if (feed === null) throw createUnrecognizedError(text);
  return { ...feed, warnings: [...warnings, ...feed.warnings] };
}
