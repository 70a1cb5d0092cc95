/** An address taken apart, or null: what `URL.parse` is from Node 22 on. */

/** WHATWG URL. Never throws; `URL.canParse` is not asked, since it is wrong about Latin-1 letters on Node 20 (see model/address.ts). */
export function parseUrl(value: string, base: string | null = null): URL | null {
  try {
    return base === null || base === '' ? new URL(value) : new URL(value, base);
  } catch {
    return null;
  }
}
