/** Limits the nesting of HTML before a parser builds a stack: no real article is nested that deep. */

/** Ends at the next `<`, so that a page of nothing but `<a` does not take quadratic time. */
const TAGS = /<(\/?)[a-z][^<>]*>/gi;
const DEEPEST = 400;

/** Unchanged where it nests less than 400 deep; else tags beyond that are removed and their text is kept. */
export function limitNesting(html: string): string {
  if (!isDeep(html)) return html;
  let depth = 0;
  return html.replace(TAGS, (tag, end: string) => {
    depth += end === '/' ? -1 : 1;
    const level = end === '/' ? depth + 1 : depth;
    return level > DEEPEST ? '' : tag;
  });
}

/** Counts void elements and unclosed paragraphs as levels too, so it allows ten times the depth. */
function isDeep(html: string): boolean {
  let depth = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    if (html.charCodeAt(at + 1) === 47) depth = Math.max(0, depth - 1);
    else if (++depth > DEEPEST * 10) return true;
  }
  return false;
}
