/** Restores images that lazy loaders keep in a noscript next to a placeholder. */

/** A piece with more noscripts is left unchanged. */
const MOST = 200;

/** Replaces a noscript by its image if that occurs only there. Takes linear time. */
export function restoreNoscriptImages(html: string): string {
  const pieces = html.split(/<\/noscript\s*>/i);
  if (pieces.length === 1 || pieces.length > MOST) return html;
  return pieces.map((piece, index) => (index < pieces.length - 1 ? piece.replace(OPENED, swap) : piece)).join('');

  function swap(whole: string, inner: string | undefined): string {
    if (inner === undefined) return whole;
    const picture = IMAGE.exec(unescapeImage(inner))?.[1];
    const src = picture === undefined ? undefined : /\ssrc\s*=\s*["']?([^"'\s>]+)/i.exec(picture)?.[1];
    const known = src === undefined || html.indexOf(src) !== html.lastIndexOf(src);
    return picture === undefined || known ? `${whole}</noscript>` : picture;
  }
}

/** The content of the first noscript. An unclosed tag matches too, so that the search ends. */
const OPENED = /<noscript\b[^>]*(?:>([\s\S]*))?$/i;
const IMAGE = /(<img\b[^>]*>)|<img\b[^>]*$/i;

/** Some loaders escape the content of the noscript. */
function unescapeImage(inner: string): string {
  return /^\s*&lt;img\b/i.test(inner)
    ? inner.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')
    : inner;
}
