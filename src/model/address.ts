/** Addresses: whether one is valid (without `URL.canParse`, which has a bug in Node 20), and what people write for one: `feed:https://…`, `paper.example/feed`. */

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

const BARE = /^(?:\/\/)?(?=[\w-]+(?:\.[\w-]+)+(?::\d|\/|$))/;

/** Without `feed:`, which browsers once put before feeds. */
export function withoutFeedScheme(address: string): string {
  return address.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://');
}

/** `https://` before what begins with the name of a host, `http://` before a number with a port; all else as it is. */
export function withScheme(address: string): string {
  return address.replace(BARE, /^(?:\/\/)?[\d.]+:/.test(address) ? 'http://' : 'https://');
}
