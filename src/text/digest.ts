/** A short name of some bytes: equal for equal bytes, and in practice for no others. */
import { hash } from 'node:crypto';

export function contentDigest(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'base64url').slice(0, 22);
}
