/** Formats tables, times, durations and counts for a terminal. */

/** The first row is the heading. Columns except the last are padded to their widest cell. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => measureWidth(row[column] ?? ''))));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - measureWidth(cell))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `2026-11-24 09:07`, in UTC; null: `-`. */
export function formatMinute(date: Date | null): string {
  return date === null ? '-' : date.toISOString().slice(0, 16).replace('T', ' ');
}

export function formatSpan(minutes: number): string {
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

export function formatCount(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

export function listFew(items: readonly string[], most: number, separator = ', '): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(separator)}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `3 new, 1 corrected`: omits zero counts except the first. */
export function listCounts(counts: readonly (readonly [count: number, what: string])[]): string {
  return counts
    .filter(([count], i) => count > 0 || i === 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
}

/** Terminal columns: East Asian wide characters and emoji take two. */
function measureWidth(text: string): number {
  let width = 0;
  for (const letter of text.replace(/\p{M}/gu, '')) {
    width +=
      /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff00-\uff60]/u.test(
        letter,
      )
        ? 2
        : 1;
  }
  return width;
}
