/** Decodes Content-Encoding (RFC 9110 8.4) with an output limit, which stops decompression bombs. */
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { RoomForLarge } from '../ports/fetcher.js';
import { LARGE_BODY } from './client.js';

type Unpack = (body: Uint8Array, options: zlib.ZlibOptions & zlib.BrotliOptions) => Promise<Uint8Array>;

/** Output chunk size. Each chunk is a task in Node's thread pool. */
const PIECE_BYTES = 128 * 1024;

/** Codings treated as unencoded. Some servers put a character set here. */
const PLAIN = new Set(['', 'identity', 'none', 'utf-8', '8bit', 'binary']);

const { gunzip, brotliDecompress } = zlib;
/** From Node 22.15. */
const { zstdDecompress } = zlib as { readonly zstdDecompress?: typeof gunzip };

const CODINGS: Readonly<Record<string, Unpack | undefined>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  zstd: zstdDecompress && promisify(zstdDecompress),
};

export type Decoded =
  | { readonly kind: 'decoded'; readonly body: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'undecodable'; readonly reason: 'unsupported' | 'damaged'; readonly cause: unknown };

/** Calls `room` before it decodes a large document. */
export async function decodeBody(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
  room: RoomForLarge,
): Promise<Decoded> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (PLAIN.has(name)) return { kind: 'decoded', body };
  const unpack = Object.hasOwn(CODINGS, name) ? CODINGS[name] : undefined;
  // We never accept multiple codings or a coding that this runtime lacks.
  if (unpack === undefined) return { kind: 'undecodable', reason: 'unsupported', cause: name };
  if (body.length === 0) return { kind: 'decoded', body };
  const small = await decompress(Math.min(LARGE_BODY, maxBytes), body, unpack);
  if (small.kind !== 'too-large' || maxBytes <= LARGE_BODY) return small;
  await room(maxBytes);
  return await decompress(maxBytes, body, unpack);
}

async function decompress(maxOutputLength: number, body: Uint8Array, unpack: Unpack): Promise<Decoded> {
  try {
    return { kind: 'decoded', body: await unpack(body, { maxOutputLength, chunkSize: PIECE_BYTES }) };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'too-large' };
    return { kind: 'undecodable', reason: 'damaged', cause: error };
  }
}
