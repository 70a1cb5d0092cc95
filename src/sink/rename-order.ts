/** In which order files take their places, so that no head ever names a file that is not there yet. */

/** First that fits; a path that fits none comes with the heads. */
const RANKS: readonly (readonly [RegExp, number])[] = [
  [/^(archive|articles)\/|^style\.css$/, 0],
  [/^(topics|sources)\//, 1],
  [/^(all|stories)\.[^/]+$/, 3],
  [/^manifest\.json$/, 5],
  [/^(index\.html|status\.[^/]+|[^/]+\.opml|fragments\/.*)$/, 4],
];
const OTHERS = 2;

/** 0 is renamed first. */
export function renameRank(path: string): number {
  return RANKS.find(([pattern]) => pattern.test(path))?.[1] ?? OTHERS;
}

/** For `sort`: by rank, then by code unit. Removal goes the other way round. */
export function byRank(a: string, b: string): number {
  return renameRank(a) - renameRank(b) || (a < b ? -1 : 1);
}
