/** Removes secrets from addresses, for logs, reports and published pages. */
import { parseUrl } from './parse-url.js';

const MASK = '***';

/**
 * The address with user name, password, fragment, every query value and every path segment that looks like a key hidden.
 * What is no URL at all comes back as `(not an address)`, since it may hold anything. `${` comes back as a config has to say it: our
 * messages advise to copy addresses, and `${NAME}` in those of strangers must not be filled in.
 */
export function redactUrl(url: string): string {
  const parsed = parseUrl(url);
  if (parsed === null) return '(not an address)';
  const user = parsed.username || parsed.password ? `${MASK}@` : '';
  const path = parsed.pathname.split('/').map(hideKey).join('/');
  const address = `${parsed.protocol}//${user}${parsed.host}${path}${redactQuery(parsed.search)}`;
  return address.replaceAll('${', () => '$${');
}

/** A text such as an error message with every address in it redacted. */
export function redactUrls(words: string): string {
  return words.replace(/https?:\/\/[^\s"'<>)]+/g, redactUrl);
}

/** The address as it is where nothing in it could be a secret, so that it may be published; else null. `secrets`: see `withoutSecrets`. */
export function publicUrl(url: string, secrets: readonly string[] = []): string | null {
  return redactUrl(url) === url && withoutSecrets(url, secrets) === url ? url : null;
}

/** The words with each of these values hidden, which came from the environment: what they are cannot be told by their looks. */
export function withoutSecrets(words: string, secrets: readonly string[]): string {
  return secrets.reduce((one, secret) => one.replaceAll(secret, MASK), words);
}

/**
 * Whether a path segment may be the key of a private feed, or hold one: an assignment, a UUID, or a long run of letters and digits that
 * no one would read aloud. Not `news`, `the-long-title-24` or `@name`.
 */
export function looksLikeKey(segment: string): boolean {
  return segment.includes('=') || segment.split(/[:;,!@]|%3[ABD]/i).some(isKey);
}

function isKey(part: string): boolean {
  const bare = part.replace(/\.[a-z]{1,5}$/, '');
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(bare)) return true;
  if (/^(?:[A-Za-z]{32,}|\d{20,})$/.test(bare)) return true;
  const changes = bare.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  if (/^\w{12,}$/.test(bare) && changes > 2) return true;
  return /^[\w~%.-]{20,}$/.test(bare) && /\d/.test(bare) && /^[^-]{20,}|[A-Z]/.test(bare) && /[A-Za-z]/.test(bare);
}

/** Query values are hidden whatever their name, and words without one: any of them may be a key. */
function redactQuery(search: string): string {
  return search.replace(/=[^&]+/g, `=${MASK}`).replace(/([?&])[^=&]+(?=&|$)/g, `$1${MASK}`);
}

function hideKey(segment: string): string {
  return looksLikeKey(segment) ? MASK : segment;
}
