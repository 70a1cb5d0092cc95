/** Tests whether a parser would re-nest sanitised HTML: removing an element can leave a `<p>` directly in a `<p>`. */

const ends = (parents: string, children: string) =>
  children.split(' ').map((child) => [child, new Set(parents.split(' '))] as const);

/** Child element → open parents that its start tag ends (HTML 13.1.2.4, as in the sanitiser's parser). */
const ENDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...ends('tr th td', 'tr'),
  ...ends('th', 'th'),
  ...ends('thead th td', 'td'),
  ...ends('li', 'li'),
  ...ends('dd dt', 'dd dt'),
  ...ends('rt rp', 'rt rp'),
  ...ends('thead tbody', 'tbody tfoot'),
  ...ends(
    'p',
    'address article aside blockquote details div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul',
  ),
]);

/** Takes the output of `tidyHtml`. Takes linear time. */
export function isWellNested(html: string): boolean {
  const open: string[] = [];
  for (const [, end, name, rest] of html.matchAll(/<(\/?)([a-z0-9]+)([^<>]*)>/g)) {
    if (end === '/') open.pop();
    else if (ENDS.get(name!)?.has(open.at(-1) ?? '') === true) return false;
    else if (!rest!.endsWith('/')) open.push(name!);
  }
  return true;
}
