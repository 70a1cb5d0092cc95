/** Reads the chunks of a PNG (W3C PNG 5) and keeps only those needed to show it. Removes metadata. */
import { crc32 } from 'node:zlib';
import type { PictureSize } from '../ports/picture-tools.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const NEEDED = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

export interface CleanPng extends PictureSize {
  readonly bytes: Uint8Array;
}

/** null: not a complete PNG. */
export function readCleanPng(given: Uint8Array): CleanPng | null {
  const png = Buffer.from(given.buffer, given.byteOffset, given.length);
  if (!png.subarray(0, 8).equals(SIGNATURE)) return null;
  const kept: Buffer[] = [SIGNATURE];
  const found = new Set<string>();
  for (let at = 8; at + 12 <= png.length; ) {
    const end = at + 12 + png.readUInt32BE(at);
    if (end > png.length || crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4)) return null;
    const name = png.toString('latin1', at + 4, at + 8);
    if (found.size === 0 && (name !== 'IHDR' || end !== 33)) return null;
    found.add(name);
    if (NEEDED.has(name)) kept.push(png.subarray(at, end));
    if (name !== 'IEND') at = end;
    else if (!found.has('IDAT')) return null;
    else return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), bytes: Buffer.concat(kept) };
  }
  return null;
}
