/** Content-Encoding undone, with the decoded bytes counted: a bomb of a gigabyte stops at our limit (RFC 9110 8.4). */
import { promisify } from 'node:util';
import zlib from 'node:zlib';

type Unpack = (body: Uint8Array, options: zlib.ZlibOptions & zlib.BrotliOptions) => Promise<Uint8Array>;

/** Bytes that come out at once: most documents in one piece, since each is a turn of its own in another thread. */
const PIECE_BYTES = 128 * 1024;

/** Some servers name a character set here; what they send is plain. */
const PLAIN = new Set(['', 'identity', 'none', 'utf-8', '8bit', 'binary']);

const { gunzip, brotliDecompress } = zlib;
/** Node 22.15 and later. */
const { zstdDecompress } = zlib as { readonly zstdDecompress?: typeof gunzip };

const CODINGS: Readonly<Record<string, Unpack | undefined>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  zstd: zstdDecompress && promisify(zstdDecompress),
};

/** `ours`: a reason of ours, of which `fetch/http.ts` makes an error. */
export type Decoded =
  | { readonly kind: 'decoded'; readonly body: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'undecodable'; readonly reason: 'unsupported' | 'damaged'; readonly cause: unknown };

export async function decodeBody(body: Uint8Array, encoding: string | undefined, maxBytes: number): Promise<Decoded> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (PLAIN.has(name)) return { kind: 'decoded', body };
  const unpack = Object.hasOwn(CODINGS, name) ? CODINGS[name] : undefined;
  // Nothing of ours asks for two codings, one on top of the other, nor for one that this runtime cannot read.
  if (unpack === undefined) return { kind: 'undecodable', reason: 'unsupported', cause: name };
  if (body.length === 0) return { kind: 'decoded', body };
  try {
    return { kind: 'decoded', body: await unpack(body, { maxOutputLength: maxBytes, chunkSize: PIECE_BYTES }) };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'too-large' };
    return { kind: 'undecodable', reason: 'damaged', cause: error };
  }
}
