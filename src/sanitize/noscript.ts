/** Lazy loaders keep the real picture in a noscript beside an empty one: here it takes its place. */

/** More than this many in one piece are no pictures. */
const MOST = 200;

/** A noscript whose picture stands nowhere else becomes that picture; all others stay (the sanitiser drops them). Linear. */
export function withNoscriptPictures(html: string): string {
  const pieces = html.split(/<\/noscript\s*>/i);
  if (pieces.length === 1 || pieces.length > MOST) return html;
  return pieces
    .map((piece, index) => (index < pieces.length - 1 ? piece.replace(/<noscript\b[^>]*>([\s\S]*)$/i, swap) : piece))
    .join('');

  function swap(whole: string, inner: string): string {
    const picture = /<img\b[^>]*>/i.exec(unescaped(inner))?.[0];
    const src = picture === undefined ? undefined : /\ssrc\s*=\s*["']?([^"'\s>]+)/i.exec(picture)?.[1];
    const known = src === undefined || html.indexOf(src) !== html.lastIndexOf(src);
    return picture === undefined || known ? `${whole}</noscript>` : picture;
  }
}

/** Some loaders escape the twin. */
function unescaped(inner: string): string {
  return /^\s*&lt;img\b/i.test(inner)
    ? inner.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')
    : inner;
}
