/** Derives the slug of an article from its id, so that headline changes do not affect its address. */
import { hash } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'; // RFC 4648 6, lower case
const LENGTH = 12;

/** First 12 characters of base32(SHA-256(id)). */
export function toSlug(id: string): string {
  const digest = hash('sha256', id, 'buffer');
  let slug = '';
  for (let bit = 0; slug.length < LENGTH; bit += 5) slug += BASE32[readFiveBits(digest, bit)];
  return slug;
}

function readFiveBits(bytes: Uint8Array, bit: number): number {
  const byte = bit >> 3;
  const pair = (bytes[byte]! << 8) | (bytes[byte + 1] ?? 0);
  return (pair >> (11 - (bit & 7))) & 31;
}
