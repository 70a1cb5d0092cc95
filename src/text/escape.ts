/** Putting plain text into HTML. `xml.ts` does the same for files of ours and also drops what no file may hold. */

/** Between tags: quotes stay as they are. */
export function htmlText(text: string): string {
  return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

/** Between tags or inside double quotes. */
export function htmlSafe(text: string): string {
  return htmlText(text).replaceAll('"', '&quot;');
}
