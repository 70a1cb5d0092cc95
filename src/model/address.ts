/** Validates addresses and completes those that people type, such as `feed:https://…` and `paper.example/feed`. */

/** Whether `new URL(value, base)` succeeds. `URL.canParse` of Node 20 wrongly rejects U+0080 to U+00FF. */
export function isAddress(value: string, base?: string): boolean {
  try {
    new URL(value, base);
    return true;
  } catch {
    return false;
  }
}

const BARE_HOST = /^(?:\/\/)?(?=[\w-]+(?:\.[\w-]+)+(?::\d|\/|$))/;

/** Removes `feed:`, which old browsers put before feeds. */
export function removeFeedScheme(address: string): string {
  return address.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://');
}

/** Adds `https://` before a host name and `http://` before a number with a port. Other values are unchanged. */
export function addScheme(address: string): string {
  return address.replace(BARE_HOST, /^(?:\/\/)?[\d.]+:/.test(address) ? 'http://' : 'https://');
}

/** Accepts `feed:` links and bare host names. null: not a web address. */
export function completeWebAddress(given: string): string | null {
  const bare = removeFeedScheme(given.trim());
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? bare : `https://${bare}`;
  return isAddress(url) && /^https?:$/.test(new URL(url).protocol) ? new URL(url).href : null;
}
