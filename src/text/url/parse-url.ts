/** Parses an address or returns null, like `URL.parse` (from Node 22). */

/** Never throws. Avoids `URL.canParse`, which fails on Latin-1 letters in Node 20 (see model/address.ts). */
export function parseUrl(value: string, base: string | null = null): URL | null {
  try {
    return base === null || base === '' ? new URL(value) : new URL(value, base);
  } catch {
    return null;
  }
}
