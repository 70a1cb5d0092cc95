/** Removes secrets from addresses, for logs, reports and published pages. */
import { parseUrl } from './parse-url.js';

const MASK = '***';

/**
 * The address with user name, password, fragment, all query values and path segments that look like keys masked.
 * `(not an address)` where it is no URL, since it may contain anything.
 */
export function redactUrl(url: string): string {
  const parsed = parseUrl(url);
  if (parsed === null) return '(not an address)';
  const user = parsed.username || parsed.password ? `${MASK}@` : '';
  const path = parsed.pathname.split('/').map(hideKey).join('/');
  return `${parsed.protocol}//${user}${parsed.host}${path}${redactQuery(parsed.search)}`;
}

/** A text such as an error message with every address in it redacted. */
export function redactUrls(words: string): string {
  return words.replace(/https?:\/\/[^\s"'<>)]+/g, redactUrl);
}

/** The address where redacting would not change it, so that it may be published; else null. */
export function publicUrl(url: string): string | null {
  return redactUrl(url) === url ? url : null;
}

/** All query values are hidden: the editor may take any of them from the environment. */
function redactQuery(search: string): string {
  return search.replace(/=[^&]+/g, `=${MASK}`).replace(/^\?[^=&]{20,}$/, `?${MASK}`);
}

/** Hides long random strings of letters and digits: private feeds often have their key in the path. */
function hideKey(segment: string): string {
  const bare = segment.replace(/\.[a-z]{1,5}$/, '');
  const looksRandom =
    /^[\w~%.-]{20,}$/.test(bare) && /\d/.test(bare) && /^[^-]{20,}|[A-Z]/.test(bare) && /[A-Za-z]/.test(bare);
  return looksRandom ? MASK : segment;
}
