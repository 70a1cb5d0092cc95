/** Decompresses a document that is compressed itself: `sitemap.xml.gz`. */
import { gunzipSync } from 'node:zlib';
import { ParseError } from '../../model/errors.js';
import { PARSE_LIMITS } from '../limits.js';

/** Detects gzip (RFC 1952) by its first bytes. @throws {ParseError} PARSE_LIMIT, PARSE_MALFORMED */
export function decompressBody(body: Uint8Array): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return gunzipSync(body, { maxOutputLength: PARSE_LIMITS.documentBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new ParseError(
        'PARSE_LIMIT',
        `decompressed, the document is larger than ${PARSE_LIMITS.documentBytes / 1024 / 1024} MB`,
      );
    throw new ParseError('PARSE_MALFORMED', 'the compressed document (gzip) is damaged');
  }
}
