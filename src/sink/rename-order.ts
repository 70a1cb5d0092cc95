/** Orders the renaming of files so that no head links to a missing file. */

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

/** Replaced files come first: a full archive document needs its next-archive link before the next document appears. */
export function renameTurn(path: string, replaces: boolean): number {
  return renameRank(path) + (replaces ? 0 : 0.5);
}

/** Compares by rank, then by code units. Removal uses the reverse order. */
export function compareRanks(a: string, b: string): number {
  return renameRank(a) - renameRank(b) || (a < b ? -1 : 1);
}
