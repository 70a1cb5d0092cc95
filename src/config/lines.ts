/** Offsets of a text as lines and columns. */

/** Line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Lines {
  placeOf(offset: number): Place;
  /** The offset at which a line begins. */
  startOf(line: number): number;
}

export function linesOf(text: string): Lines {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return {
    placeOf(offset) {
      const line = starts.findLastIndex((start) => start <= offset) + 1;
      return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
    },
    startOf: (line) => starts[line - 1] ?? text.length,
  };
}
