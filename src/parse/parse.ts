/** Parses a document: decodes its bytes, then reads it as the first format that it has. */
import type { ParsedFeed } from '../model/item.js';
import { parseCdf } from './cdf.js';
import { type DecodedText, decodeDocument } from './encoding/decode.js';
import { parseJsonFeed } from './json-feed/json-feed.js';
import { parseRssAtom } from './rss-atom/rss-atom.js';
import { unrecognized } from './unrecognized.js';

/**
 * Reads a feed in any supported format: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, CDF. Problems of the document and
 * repairs are listed in `warnings`; a bad item does not affect the others.
 *
 * @param body the document in bytes or as text.
 * @param about its Content-Type, for the encoding, and its URL, for relative addresses.
 * @throws {ParseError} PARSE_UNRECOGNIZED where it is no feed (`details.is` says what it is), PARSE_MALFORMED where
 *   nothing could be read, PARSE_LIMIT where it is larger than 10 MB.
 */
export async function parseFeed(
  body: Uint8Array | string,
  about: { readonly contentType?: string | null; readonly url?: string | null } = {},
): Promise<ParsedFeed> {
  return parseText(decodeDocument(body, about.contentType ?? null), about.url ?? null);
}

/** The second half of `parseFeed`. A parser returns null for a document in another format. @throws {ParseError} */
export async function parseText({ text, warnings }: DecodedText, url: string | null): Promise<ParsedFeed> {
  const feed = parseJsonFeed(text, url) ?? parseCdf(text, url) ?? (await parseRssAtom(text, url));
  if (feed === null) throw unrecognized(text);
  return { ...feed, warnings: [...warnings, ...feed.warnings] };
}
