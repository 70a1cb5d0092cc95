/** Addresses as feeds may print them: an absolute http(s) URI in plain ASCII (RFC 3986), or nothing. */

const CLEAN = /^https?:\/\/(?:[!#$&-;=?-Z_a-z~[\]]|%[\dA-Fa-f]{2})+$/;
const USERINFO = /^https?:\/\/[^/?#]*@/i;
const FORBIDDEN = /["<>\\^`{|}\s]|[^\x21-\x7e]|%(?![\dA-Fa-f]{2})/gu;

/** Null where the value is no absolute http(s) address. Credentials are left out. */
export function httpUri(value: string): string | null {
  if (CLEAN.test(value) && !USERINFO.test(value) && URL.canParse(value)) return value;
  return repaired(value);
}

function repaired(value: string): string | null {
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.username = '';
  url.password = '';
  return url.href.replace(FORBIDDEN, (c) => (c === '%' ? '%25' : encodeURIComponent(c)));
}
