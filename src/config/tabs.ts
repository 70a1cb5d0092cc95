/** Tabs used as indentation: where they stand, and the text read as if they were spaces, so that what else is wrong can be told too. */
import { parseDocument } from 'yaml';

/** How wide a line's beginning was, and is now. */
export interface Shift {
  readonly was: number;
  readonly now: number;
}

export interface Mended {
  readonly text: string;
  /** The first tab of each line; line and column count from 1. */
  readonly tabs: readonly { readonly line: number; readonly column: number }[];
  /** By line number. */
  readonly shifts: ReadonlyMap<number, Shift>;
}

const INDENT = /^(?=[ -]*\t)(?:[ \t]|-(?=[ \t]))+/;
/** Columns between two tab stops: most configs are indented by two. */
const STOP = 2;

/** The text as it is where its tabs do no harm (inside block text, between a key and its value). */
export function mendTabs(text: string): Mended {
  const clean: Mended = { text, tabs: [], shifts: new Map() };
  if (!text.includes('\t') || isYaml(text)) return clean;
  const tabs = text.split('\n').flatMap((line, index) => {
    const indent = INDENT.exec(line)?.[0];
    return indent === undefined || line.trim() === '' ? [] : [{ line: index + 1, column: indent.indexOf('\t') + 1 }];
  });
  if (tabs.length === 0) return clean;
  return { ...withSpaces(text), tabs };
}

function isYaml(text: string): boolean {
  return parseDocument(text, { prettyErrors: false, uniqueKeys: false }).errors.length === 0;
}

function withSpaces(text: string): { text: string; shifts: Map<number, Shift> } {
  const shifts = new Map<number, Shift>();
  const lines = text.split('\n').map((line, index) => {
    const indent = INDENT.exec(line)?.[0];
    if (indent === undefined) return line;
    const spaces = expanded(indent);
    shifts.set(index + 1, { was: indent.length, now: spaces.length });
    return spaces + line.slice(indent.length);
  });
  return { text: lines.join('\n'), shifts };
}

function expanded(indent: string): string {
  return [...indent].reduce(
    (line, one) => (one === '\t' ? line + ' '.repeat(STOP - (line.length % STOP)) : line + one),
    '',
  );
}
