/** URL validation, without `URL.canParse`, which has a bug in Node 20. */

/**
 * True where `new URL(value, base)` would not throw (WHATWG URL). Node 20's own `URL.canParse` returns false for every address with a
 * character between U+0080 and U+00FF once its callers are compiled: its fast path takes Latin-1 for UTF-8.
 */
export function isAddress(value: string, base?: string): boolean {
  try {
    new URL(value, base);
    return true;
  } catch {
    return false;
  }
}
