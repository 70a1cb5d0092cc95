/**
 * PostgreSQL's text holds neither U+0000 nor lone surrogates, both of which publishers send, and its JSON has no name for them. They are
 * written with an escape: no two strings become one, and strings without them stay as they are, and so does their order.
 */

/** A code point that is no character. */
const ESCAPE = '\ufdd0';
const SPECIAL = /[\0\ufdd0]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPED = /\ufdd0(?:([0-9a-f]{4})|([BU]))/g;

export function escapeText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(ESCAPE)) return text;
  return text.replace(SPECIAL, (unit) => ESCAPE + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

export function unescapeText(text: string): string {
  if (!text.includes(ESCAPE)) return text;
  return text.replace(ESCAPED, (_, code: string | undefined, backslash: string | undefined) => {
    if (backslash !== undefined) return backslash === 'B' ? '\\\\' : '\\u';
    return String.fromCharCode(Number.parseInt(code!, 16));
  });
}

/** SQL: a column of JSON as PostgreSQL can read it, `\u0000` and all. `unescapeText` takes it back from any part of the text. */
export function readableJson(column: string): string {
  return `replace(replace(${column}, '\\\\', '${ESCAPE}B'), '\\u', '${ESCAPE}U')::json`;
}
