/** Reads the front matter of a post: YAML between two lines of `---`, with the line of each key. */
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { ALIASES, describeYamlError, findCommentLoss, NOT_UTF8, selectYamlErrors } from '../../text/yaml.js';

interface PostError {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface FrontMatter {
  readonly values: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly above: number;
  readonly mistakes: readonly PostError[];
  /** The line of a key; 1 if it is missing. */
  findLine(key: string): number;
}

const FENCED = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/m;

/** Never throws. With any entry in `mistakes`, `values` is empty. */
export function readFrontMatter(text: string): FrontMatter {
  const invalid = text.indexOf('\ufffd');
  if (invalid >= 0) return rejectFrontMatter(text, text.slice(0, invalid).split('\n').length, NOT_UTF8);
  const fenced = FENCED.exec(text);
  if (fenced === null || fenced.index > 0) {
    const message = text.startsWith('---')
      ? 'the front matter has no end: write a line of --- below it'
      : 'it has no front matter: begin the file with a line of ---, "title: …" and another line of ---';
    return rejectFrontMatter(text, 1, message);
  }
  const [whole, yaml = ''] = fenced;
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const line = (offset: number) => lines.linePos(offset).line + 1;
  const pairs = isMap(document.contents) ? document.contents.items : [];
  const keys = new Map(
    pairs.flatMap(({ key }) => (isScalar(key) ? [[String(key.value), line(key.range?.[0] ?? 0)]] : [])),
  );
  const mistakes = selectYamlErrors(document.errors, yaml).map((error) => ({
    line: line(error.pos[0]),
    message: `the front matter is not valid YAML: ${describeYamlError(error, yaml)}`,
  }));
  for (const { value } of pairs) {
    const message = findCommentLoss(value);
    if (message !== null) mistakes.push({ line: line((value as { range?: number[] }).range?.[0] ?? 0), message });
  }
  if (mistakes.length === 0 && document.contents !== null && !isMap(document.contents)) {
    mistakes.push({ line: 2, message: 'the front matter is not a list of keys: write "title: …"' });
  }
  const values = mistakes.length > 0 ? {} : readPlainValues(() => document.toJS());
  if (values === null) mistakes.push({ line: 2, message: ALIASES });
  return {
    values: values ?? {},
    body: text.slice(whole.length),
    above: whole.split('\n').length - 1,
    mistakes,
    findLine: (key) => keys.get(key) ?? 1,
  };
}

function rejectFrontMatter(text: string, line: number, message: string): FrontMatter {
  return { values: {}, body: text, above: 0, mistakes: [{ line, message }], findLine: () => 1 };
}

/** Drops keys without a value. null: `read` throws. */
export function readPlainValues(read: () => unknown): Record<string, unknown> | null {
  try {
    const value = read();
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter(([, one]) => one !== null && one !== ''));
  } catch {
    return null;
  }
}
