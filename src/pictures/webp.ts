/** Detects a WebP (RFC 9649) that can be published unchanged: not animated, without metadata or trailing data. */

/** Chunks with the image and its transparency. */
const NEEDED = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH']);
/** Flags of the `VP8X` header: animation, XMP, EXIF, colour profile. */
const MORE_THAN_PICTURE = 0b0010_1110;

export function isPlainWebp(given: Uint8Array): boolean {
  const webp = Buffer.from(given.buffer, given.byteOffset, given.length);
  const isRiff =
    webp.length > 20 && webp.toString('latin1', 0, 4) === 'RIFF' && webp.toString('latin1', 8, 12) === 'WEBP';
  if (!isRiff || webp.readUInt32LE(4) + 8 !== webp.length) return false;
  for (let at = 12; at < webp.length; ) {
    if (at + 8 > webp.length) return false;
    const name = webp.toString('latin1', at, at + 4);
    if (!NEEDED.has(name) || (name === 'VP8X' && (webp[at + 8]! & MORE_THAN_PICTURE) !== 0)) return false;
    const length = webp.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
    if (at > webp.length) return false;
  }
  return true;
}
