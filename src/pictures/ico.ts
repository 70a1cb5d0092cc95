/** Extracts pictures from a Windows icon file (favicon.ico). */

/** Limit of pictures to read. Real files have at most sixteen. */
const MOST = 32;

/** Returns the PNG files in their order. Skips bitmaps. */
export function extractIcoPngs(given: Uint8Array): Uint8Array[] {
  const ico = Buffer.from(given.buffer, given.byteOffset, given.length);
  if (ico.length < 6 || ico.readUInt32LE(0) !== 0x0001_0000) return [];
  const found: Uint8Array[] = [];
  for (let i = 0; i < Math.min(ico.readUInt16LE(4), MOST); i++) {
    const at = 6 + 16 * i;
    if (at + 16 > ico.length) break;
    const [length, from] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
    const entry = ico.subarray(from, from + length);
    if (entry.length > 8 && entry.readUInt32BE(0) === 0x8950_4e47) found.push(entry);
  }
  return found;
}
