/** Suggests the most similar known word for an unknown one. */

/** `; did you mean "title"?`, or an empty string. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = findNearest(word, known);
  return near === null ? '' : `; did you mean "${near}"?`;
}

/** The closest word within edits of a third of the letters; null if none. */
function findNearest(word: string, known: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const measured = known.map((one) => ({ one, far: measureDistance(word.toLowerCase(), one.toLowerCase()) }));
  const best = measured.reduce((least, one) => (one.far < least.far ? one : least), { one: '', far: limit + 1 });
  return best.far <= limit ? best.one : null;
}

/** Edit distance: insertions, deletions, substitutions and transpositions (optimal string alignment). */
function measureDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (rows[i - 1]?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swap));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
