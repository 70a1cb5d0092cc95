/** Defines the order in which files are renamed into place, so that no head links to a file that does not exist yet. */

/** The first match counts. */
const RANKS: readonly (readonly [RegExp, number])[] = [
  [/^(archive|articles|images|icons)\/|^(style\.css|newsloom-latest\.js)$/, 0],
  [/^(topics|sources|stories)\//, 1],
  [/^(all|stories)\.[^/]+$/, 3],
  [/^manifest\.json$/, 5],
  [/^(index\.html|status\.[^/]+|[^/]+\.opml|(fragments|frames)\/.*)$/, 4],
];
const OTHERS = 2;

/** 0 is renamed first. */
export function renameRank(path: string): number {
  return RANKS.find(([pattern]) => pattern.test(path))?.[1] ?? OTHERS;
}

/** Replaced files come first: a full archive document must have its next-archive link before the next document appears. */
export function renameTurn(path: string, replaces: boolean): number {
  return renameRank(path) + (replaces ? 0 : 0.5);
}

/** Compares by rank, then in code-unit order. Files are removed in reverse order. */
export function byRank(a: string, b: string): number {
  return renameRank(a) - renameRank(b) || (a < b ? -1 : 1);
}
