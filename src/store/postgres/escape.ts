/**
 * PostgreSQL's text holds neither U+0000 nor lone surrogates, both of which publishers send. They are written with an escape: no two
 * strings become one, and strings without them stay as they are, and so does their order.
 */

/** A control character that no format of feeds allows. */
const ESCAPE = '\u001a';
const SPECIAL = /[\0\u001a]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPED = /\u001a([0-9a-f]{4})/g;

export function escapeText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(ESCAPE)) return text;
  return text.replace(SPECIAL, (unit) => ESCAPE + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

export function unescapeText(text: string): string {
  if (!text.includes(ESCAPE)) return text;
  return text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
