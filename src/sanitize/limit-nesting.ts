/** A bound on nesting before any parser keeps a stack: nobody writes a thousand levels deep by hand. */

/** Up to the next `<`, so that a page of nothing but `<a` costs no more than any other. */
const TAGS = /<(\/?)[a-z][^<>]*>/gi;
const DEEPEST = 400;

/** The same HTML where it nests less than 400 deep; else the tags beyond that are taken out and their text stays. */
export function limitNesting(html: string): string {
  if (!isDeep(html)) return html;
  let depth = 0;
  return html.replace(TAGS, (tag, end: string) => {
    depth += end === '/' ? -1 : 1;
    const level = end === '/' ? depth + 1 : depth;
    return level > DEEPEST ? '' : tag;
  });
}

/** Void elements and unclosed paragraphs count as levels here: a long page is not deep for that, so ten times as much is allowed. */
function isDeep(html: string): boolean {
  let depth = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    if (html.charCodeAt(at + 1) === 47) depth = Math.max(0, depth - 1);
    else if (++depth > DEEPEST * 10) return true;
  }
  return false;
}
