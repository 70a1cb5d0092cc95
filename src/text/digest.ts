/** Computes a short digest that identifies bytes. */
import { hash } from 'node:crypto';

export function contentDigest(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'base64url').slice(0, 22);
}
