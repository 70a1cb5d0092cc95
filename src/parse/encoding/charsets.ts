/** Maps encoding labels to supported encodings (WHATWG Encoding Standard), and decodes bytes. */
import iconv from 'iconv-lite';
import { loadMap } from '../../data/load.js';

/** Label without punctuation → the encoding that it means in practice (WHATWG Encoding 4.2). */
const SUPERSETS: ReadonlyMap<string, string> = new Map(
  [...loadMap<readonly string[]>('encodings')].flatMap(([charset, labels]) =>
    labels.map((label) => [label, charset] as const),
  ),
);

/** iconv-lite supports these names, but documents do not use them. */
const NOT_CHARSETS = /^(?:base64|hex|binary|internal|utf-?7.*|cesu-?8)$/;

/** null: unknown or not supported. */
export function resolveCharset(label: string): string | null {
  const name = label.trim().toLowerCase();
  const charset = SUPERSETS.get(name.replace(/[^a-z0-9]/g, '')) ?? name;
  return !NOT_CHARSETS.test(charset) && iconv.encodingExists(charset) ? charset : null;
}

export function isMultiByte(charset: string): boolean {
  return /^(?:gb|big5|euc|shift|cp9|iso-2022|hz|utf)/.test(charset);
}

export function decodeBytes(bytes: Uint8Array, charset: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return charset === 'utf-8' ? buffer.toString('utf8') : iconv.decode(buffer, charset);
}

/** Reads invalid bytes in UTF-8 as windows-1252, so that no character is lost. */
export function decodeMostlyUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let good = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(decodeBytes(bytes.subarray(good, at), 'utf-8'), decodeBytes(bytes.subarray(at, at + 1), 'windows-1252'));
    at += 1;
    good = at;
  }
  parts.push(decodeBytes(bytes.subarray(good), 'utf-8'));
  return parts.join('');
}

/** `strays`: bytes outside any valid sequence. */
export function countUtf8(bytes: Uint8Array): { sequences: number; strays: number } {
  let sequences = 0;
  let strays = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 1) sequences += 1;
    if (length === 0) strays += 1;
    at += length || 1;
  }
  return { sequences, strays };
}

/** Length of the well-formed UTF-8 sequence at an index (Unicode table 3-7); 0: invalid. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  const [low, high] = SECOND_BYTE[lead] ?? [0x80, 0xbf];
  if (second < low || second > high) return 0;
  for (let next = at + 2; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

const SECOND_BYTE: Readonly<Record<number, readonly [number, number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};
