/** URLs without their secrets, fit for a log, a report or a published page: come here before you print an address of a source. */
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

/** Words that may quote addresses, such as those of an error, with every address in them redacted. */
export function redactUrls(words: string): string {
  return words.replace(/https?:\/\/[^\s"'<>)]+/g, redactUrl);
}

/** The address as it is where nothing in it could be a secret, so that it may be published; else null. */
export function publicUrl(url: string): string | null {
  return redactUrl(url) === url ? url : null;
}

/** Query values are hidden whatever their name: an editor may fill any of them from the environment. */
function redactQuery(search: string): string {
  return search.replace(/=[^&]+/g, `=${MASK}`).replace(/^\?[^=&]{20,}$/, `?${MASK}`);
}

/** A long run of letters and digits that no one would read aloud: private feeds often carry their key in the path. */
function hideKey(segment: string): string {
  const bare = segment.replace(/\.[a-z]{1,5}$/, '');
  const looksRandom =
    /^[\w~%.-]{20,}$/.test(bare) && /\d/.test(bare) && /^[^-]{20,}|[A-Z]/.test(bare) && /[A-Za-z]/.test(bare);
  return looksRandom ? MASK : segment;
}
