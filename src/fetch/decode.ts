/** Content-Encoding undone, with the decoded bytes counted: a bomb of a gigabyte stops at our limit (RFC 9110 8.4). */
import { promisify } from 'node:util';
import zlib from 'node:zlib';

type Options = { readonly maxOutputLength: number };
interface Coding {
  readonly sync: (body: Uint8Array, options: Options) => Uint8Array;
  readonly async: (body: Uint8Array, options: Options) => Promise<Uint8Array>;
}

/** Up to so many bytes the main thread is quicker than a trip to the thread pool. */
const SMALL = 64 * 1024;

const GZIP: Coding = { sync: zlib.gunzipSync, async: promisify<Uint8Array, Options, Uint8Array>(zlib.gunzip) };
const BROTLI: Coding = {
  sync: zlib.brotliDecompressSync,
  async: promisify<Uint8Array, Options, Uint8Array>(zlib.brotliDecompress),
};

/** Some servers name a character set here; what they send is plain. */
const PLAIN = new Set(['', 'identity', 'none', 'utf-8', '8bit', 'binary']);

const CODINGS: ReadonlyMap<string, Coding> = new Map([['gzip', GZIP], ['x-gzip', GZIP], ['br', BROTLI], ...zstd()]);

/** `ours`: a reason of ours, of which `fetch/http.ts` makes an error. */
export type Decoded =
  | { readonly kind: 'decoded'; readonly body: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'undecodable'; readonly reason: 'unsupported' | 'damaged'; readonly cause: unknown };

export async function decodeBody(body: Uint8Array, encoding: string | undefined, maxBytes: number): Promise<Decoded> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (PLAIN.has(name)) return { kind: 'decoded', body };
  const coding = CODINGS.get(name);
  // Nothing of ours asks for two codings, one on top of the other, nor for one that this runtime cannot read.
  if (coding === undefined) return { kind: 'undecodable', reason: 'unsupported', cause: name };
  if (body.length === 0) return { kind: 'decoded', body };
  try {
    const options = { maxOutputLength: maxBytes };
    return {
      kind: 'decoded',
      body: body.length <= SMALL ? coding.sync(body, options) : await coding.async(body, options),
    };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'too-large' };
    return { kind: 'undecodable', reason: 'damaged', cause: error };
  }
}

/** Node 22.15 and later. */
function zstd(): [string, Coding][] {
  const { zstdDecompressSync, zstdDecompress } = zlib as unknown as {
    readonly zstdDecompressSync?: Coding['sync'];
    readonly zstdDecompress?: typeof zlib.gunzip;
  };
  if (zstdDecompressSync === undefined || zstdDecompress === undefined) return [];
  return [['zstd', { sync: zstdDecompressSync, async: promisify<Uint8Array, Options, Uint8Array>(zstdDecompress) }]];
}
