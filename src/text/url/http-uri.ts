/** Converts addresses to absolute http(s) URIs in ASCII (RFC 3986), as feeds require. */
import { parseUrl } from './parse-url.js';

/** Brackets only around an IPv6 address. */
const URI = /^https?:\/\/(?:\[[\dA-Fa-f:.]+\])?(?:[!#$&-;=?-Z_a-z~]|%[\dA-Fa-f]{2})*$/;
/** Addresses that parse and need no change; the last label of the host contains only letters. */
const COMMON = /^https?:\/\/(?:(?!xn--)[a-z\d-]+\.)+[a-z]{2,}(?:[/?#](?:[!#$&-;=?-Z_a-z~]|%[\dA-Fa-f]{2})*)?$/;
const NOT_IN_URI = /["<>\\^`{|}[\]\s]|[^\x21-\x7e]|%(?![\dA-Fa-f]{2})/gu;

/** Escapes invalid characters and removes credentials. null: not an absolute http(s) address. */
export function toHttpUri(value: string): string | null {
  if (COMMON.test(value)) return value;
  const url = parseUrl(value);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (URI.test(value) && !/^https?:\/\/[^/?#]*@/i.test(value)) return value;
  url.username = '';
  url.password = '';
  const { origin } = url;
  return origin + url.href.slice(origin.length).replace(NOT_IN_URI, (c) => (c === '%' ? '%25' : encodeURIComponent(c)));
}
