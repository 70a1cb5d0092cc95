/** Addresses as feeds may print them: an absolute http(s) URI in plain ASCII (RFC 3986), or nothing. */
import { parseUrl } from './parse-url.js';

const CLEAN = /^https?:\/\/(?:[!#$&-;=?-Z_a-z~[\]]|%[\dA-Fa-f]{2})+$/;
const USERINFO = /^https?:\/\/[^/?#]*@/i;
const FORBIDDEN = /["<>\\^`{|}\s]|[^\x21-\x7e]|%(?![\dA-Fa-f]{2})/gu;

/** Null where the value is no absolute http(s) address. Credentials are left out. */
export function httpUri(value: string): string | null {
  if (CLEAN.test(value) && !USERINFO.test(value) && parseUrl(value) !== null) return value;
  return repaired(value);
}

function repaired(value: string): string | null {
  const url = parseUrl(value);
  if (url === null) return null;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.username = '';
  url.password = '';
  return url.href.replace(FORBIDDEN, (c) => (c === '%' ? '%25' : encodeURIComponent(c)));
}
