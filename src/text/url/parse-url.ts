/** Parses an address or returns null, like `URL.parse` (from Node 22). */

/** WHATWG URL. Never throws. Does not use `URL.canParse`, which is wrong about Latin-1 letters on Node 20 (see model/address.ts). */
export function parseUrl(value: string, base: string | null = null): URL | null {
  try {
    return base === null || base === '' ? new URL(value) : new URL(value, base);
  } catch {
    return null;
  }
}
