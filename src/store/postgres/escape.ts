/**
 * Escapes U+0000 and lone surrogates, which publishers send but PostgreSQL's text and JSON cannot store. The escape is injective. It keeps
 * other strings and their order.
 */

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

/** SQL: a JSON column that PostgreSQL can parse, even with `\u0000`. `unescapeText` reverses this in any part of the text. */
export function readableJson(column: string): string {
  return `replace(replace(${column}, '\\\\', '${ESCAPE}B'), '\\u', '${ESCAPE}U')::json`;
}
