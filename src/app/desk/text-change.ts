/** One change of a text: the lines that differ, and how to take them back from a later text. */

export interface TextChange {
  /** Number of the first line that differs, from 1. */
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** The nearest unchanged lines, which find the place again. */
  readonly above: readonly string[];
  readonly below: readonly string[];
}

const CONTEXT = 2;

/** `null` for a missing file. */
export function compareTexts(before: string | null, after: string | null): TextChange {
  const [old, fresh] = [splitLines(before), splitLines(after)];
  const most = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < most && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  return {
    line: start + 1,
    removed: old.slice(start, old.length - end),
    added: fresh.slice(start, fresh.length - end),
    above: fresh.slice(Math.max(0, start - CONTEXT), start),
    below: fresh.slice(fresh.length - end).slice(0, CONTEXT),
  };
}

/** The text without the change; null: its lines were changed since, or their place is not certain. */
export function revertChange(text: string, { removed, added, above, below }: TextChange): string | null {
  const lines = splitLines(text);
  const isAt = (at: number, part: readonly string[]) => at >= 0 && part.every((line, i) => lines[at + i] === line);
  const places = lines.flatMap((_, at) => (isAt(at, added) ? at : [])).concat(added.length === 0 ? lines.length : []);
  const [isAfter, isBefore] = [
    (at: number) => isAt(at - above.length, above),
    (at: number) => isAt(at + added.length, below),
  ];
  const choices = [
    places.filter((at) => isAfter(at) && isBefore(at)),
    places.filter((at) => (above.length > 0 && isAfter(at)) || (below.length > 0 && isBefore(at))),
    added.length === 0 ? [] : places,
  ];
  const [at] = choices.find((some) => some.length === 1) ?? [];
  return at === undefined ? null : [...lines.slice(0, at), ...removed, ...lines.slice(at + added.length)].join('');
}

/** Lines with their line ends. */
export function splitLines(text: string | null): string[] {
  return text?.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
