/** Parses a document: decodes its bytes, then reads it with the first parser that accepts it. */
import { ParseError } from '../model/errors.js';
import type { ParsedFeed } from '../model/item.js';
import { type Declaration, HTML_DECLARATION, XML_DECLARATION } from './encoding/declarations.js';
import { decode } from './encoding/decode.js';
import { feedFormats } from './feed-formats.js';
import { PARSE_LIMITS } from './limits.js';
import { unrecognized } from './unrecognized.js';
import { collectWarnings } from './warnings.js';

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

export interface DecodedText {
  readonly text: string;
  /** Problems of its encoding. */
  readonly warnings: readonly string[];
}

/** The first half of `parseFeed`. @throws {ParseError} PARSE_LIMIT */
export function decodeDocument(body: Uint8Array | string, contentType: string | null): DecodedText {
  return decodeBounded(body, contentType, XML_DECLARATION);
}

/** Decodes a page, which may name its encoding within (`<meta charset>`). @throws {ParseError} PARSE_LIMIT */
export function decodeHtml(body: Uint8Array, contentType: string | null): DecodedText {
  return decodeBounded(body, contentType, HTML_DECLARATION);
}

function decodeBounded(body: Uint8Array | string, contentType: string | null, declaration: Declaration): DecodedText {
  const warnings = collectWarnings();
  if (body.length > PARSE_LIMITS.documentBytes) throw tooLarge(body.length);
  const text =
    typeof body === 'string' ? body.replace(/^\ufeff/, '') : decode(body, contentType, warnings, declaration);
  if (text.length > PARSE_LIMITS.documentBytes) throw tooLarge(text.length);
  return { text, warnings: warnings.list() };
}

/** The second half of `parseFeed`. @throws {ParseError} */
export async function parseText({ text, warnings }: DecodedText, url: string | null): Promise<ParsedFeed> {
  for (const format of feedFormats) {
    const parser = await format.load();
    if (!parser.accepts(text)) continue;
    const feed = await parser.parse(text, { url });
    return { ...feed, warnings: [...warnings, ...feed.warnings] };
  }
  throw unrecognized(text);
}

function tooLarge(size: number): ParseError {
  return new ParseError('PARSE_LIMIT', `the document is larger than ${PARSE_LIMITS.documentBytes / 1024 / 1024} MB`, {
    details: { size },
  });
}
