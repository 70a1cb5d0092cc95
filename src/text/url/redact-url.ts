/** Removes secrets from addresses, for logs, reports and published pages. */
import { parseUrl } from './parse-url.js';

const MASK = '***';

/**
 * Hides credentials, fragment, query values and path segments that look like keys. An invalid URL becomes `(not an
 * address)`. Escapes `${`, so that a copied address cannot insert an environment variable into a config.
 */
export function redactUrl(url: string): string {
  const parsed = parseUrl(url);
  if (parsed === null) return '(not an address)';
  const user = parsed.username || parsed.password ? `${MASK}@` : '';
  const path = parsed.pathname
    .split('/')
    .map((segment) => (looksLikeKey(segment) ? MASK : segment))
    .join('/');
  const address = `${parsed.protocol}//${user}${parsed.host}${path}${redactQuery(parsed.search)}`;
  return address.replaceAll('${', () => '$${');
}

/** Redacts every address in a text such as an error message. */
export function redactUrls(words: string): string {
  return words.replace(/https?:\/\/[^\s"'<>)]+/g, redactUrl);
}

/** null: the address may contain a secret. @param secrets see `hideSecrets`. */
export function toPublicUrl(url: string, secrets: readonly string[] = []): string | null {
  return redactUrl(url) === url && hideSecrets(url, secrets) === url ? url : null;
}

/** Hides values that came from the environment. */
export function hideSecrets(words: string, secrets: readonly string[]): string {
  return secrets.reduce((one, secret) => one.replaceAll(secret, MASK), words);
}

/** Whether a path segment may contain a key: an assignment, a UUID, or a long run of letters and digits. */
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

/** Hides all query values, and words without a name: any of them may be a key. */
function redactQuery(search: string): string {
  return search.replace(/=[^&]+/g, `=${MASK}`).replace(/([?&])[^=&]+(?=&|$)/g, `$1${MASK}`);
}
