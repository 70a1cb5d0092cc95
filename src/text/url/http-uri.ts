/** Addresses as feeds may print them: an absolute http(s) URI in plain ASCII (RFC 3986), or nothing. */
import { parseUrl } from './parse-url.js';

const URI = /^https?:\/\/(?:[!#$&-;=?-Z_a-z~[\]]|%[\dA-Fa-f]{2})+$/;
const NOT_IN_URI = /["<>\\^`{|}\s]|[^\x21-\x7e]|%(?![\dA-Fa-f]{2})/gu;

/** As it is written where that is one, else escaped. Null where the value is no absolute http(s) address. Credentials are left out. */
export function httpUri(value: string): string | null {
  const url = parseUrl(value);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (URI.test(value) && !/^https?:\/\/[^/?#]*@/i.test(value)) return value;
  url.username = '';
  url.password = '';
  return url.href.replace(NOT_IN_URI, (c) => (c === '%' ? '%25' : encodeURIComponent(c)));
}
