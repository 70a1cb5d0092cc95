/** Escapes plain text for HTML. */

/** For text between tags; quotes are not escaped. */
export function htmlText(text: string): string {
  return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

/** For text between tags or inside double quotes. */
export function htmlSafe(text: string): string {
  return htmlText(text).replaceAll('"', '&quot;');
}
