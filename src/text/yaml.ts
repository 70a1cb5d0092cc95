/** Mistakes in YAML, in words for people who do not write it every day. */
import { isScalar, Scalar, type YAMLError } from 'yaml';

export const NOT_UTF8 = 'a character that is not UTF-8: save the file as UTF-8';

export const ALIASES = 'YAML aliases ("*name") that lead nowhere or too far: write the values out';

const WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab: YAML is indented with spaces only',
  MULTIPLE_DOCS: 'a second document ("---"): one file holds one',
  BLOCK_AS_IMPLICIT_KEY: 'a value that has ": " in it: put it in quotes',
  MULTILINE_IMPLICIT_KEY: 'a line without ":" after its key, or not indented as those around it',
  UNEXPECTED_TOKEN:
    'nothing that YAML expects here: indent the keys of one entry alike, and quote values that have ": ", " #" or quotes in them',
  BAD_DQ_ESCAPE:
    'a "\\" that double quotes do not take: put the text (such as an expression) in single quotes, or write each "\\" twice',
  BLOCK_IN_FLOW: 'a value that has ": " or "- " in it, inside of { } or [ ]: put it in quotes',
  BAD_SCALAR_START: 'a value that begins with a sign that YAML keeps for itself: put it in quotes',
};

const BARE_REFERENCE = `"\${" inside of { } or [ ]: put the value in quotes, as "\${NAME}"`;

function isBareReference(offset: number, text: string): boolean {
  return text.slice(offset - 1, offset + 1) === `\${`;
}

/** `[]`, then nothing but blank lines and comments. */
const EMPTY_LIST = /(?:^|[\s:])\[ *\][ \r]*(?:#.*\r?)?(?:\n[ \t\r]*(?:#.*\r?)?)*$/;
const ENTRIES_OF_EMPTY_LIST = 'an entry below "[]", which says that the list is empty: take the "[]" away';

/** `text`: the document with the error. */
export function yamlProblem({ code, message, pos: [offset] }: YAMLError, text: string): string {
  if (isBareReference(offset, text)) return BARE_REFERENCE;
  if (isUnclosed(code, message)) return UNCLOSED;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  if (/^ *\t/.test(line)) return WORDS.TAB_AS_INDENT!;
  if (/^ *-\s/.test(text.slice(offset)) && EMPTY_LIST.test(text.slice(0, offset))) return ENTRIES_OF_EMPTY_LIST;
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && /^ *-\s/.test(text.slice(offset))) return MISPLACED_ENTRY;
  if (message.startsWith('Implicit map keys')) return WORDS.MULTILINE_IMPLICIT_KEY!;
  return WORDS[code] ?? message.split('\n', 1)[0]!;
}

const UNCLOSED = 'a bracket that nothing closes';
const MISPLACED_ENTRY = 'a "- " that is not indented as those above it';

function isUnclosed(code: string, message: string): boolean {
  return code === 'BAD_INDENT' && message.startsWith('Flow');
}

/** What the parser makes of the rest. */
const FOLLOWS = /^UNEXPECTED_TOKEN|^BAD_INDENT|^MISSING_CHAR|IMPLICIT_KEY/;

/** YAML finds what is not closed where the next key begins; it is told where it was opened. */
function atItsBeginning(error: YAMLError, text: string): YAMLError {
  if (!isUnclosed(error.code, error.message)) return error;
  error.pos = [openedAt(error.message.includes('sequence') ? '[]' : '{}', text, error.pos[0]), error.pos[0]];
  return error;
}

/** The last bracket before `end` that none closes; the last one where another stands in quotes or in a comment. */
function openedAt([open, close]: string, text: string, end: number): number {
  let closed = 0;
  for (let at = end - 1; at > 0; at--) {
    if (text[at] === close) closed++;
    else if (text[at] === open && closed-- === 0) return at;
  }
  return Math.max(0, text.lastIndexOf(open!, end - 1));
}

/** Without those that only follow from another before them. */
export function yamlErrors(all: readonly YAMLError[], text: string): readonly YAMLError[] {
  const bare = all.findIndex(({ pos: [offset] }) => isBareReference(offset, text));
  const errors = bare < 0 ? all : all.slice(0, bare + 1);
  const first = errors.findIndex(breaks);
  return errors
    .filter((error, at) => at <= first || first < 0 || !FOLLOWS.test(error.code))
    .map((error) => atItsBeginning(error, text));
}

/** Whether nothing can be read of a document with this error; of two equal keys the last counts. */
export function breaks({ code }: Pick<YAMLError, 'code'>): boolean {
  return code !== 'DUPLICATE_KEY';
}

/** What a plain text has lost to a comment that was none: `No #1 ferry` reads as `No`. null: nothing. */
export function lostToComment(node: unknown): string | null {
  if (!isScalar(node) || node.type !== Scalar.PLAIN || typeof node.value !== 'string') return null;
  const [line = ''] = node.comment?.split('\n', 1) ?? [];
  return line === '' || /^[\s#!-]/.test(line) ? null : `the text ends before "#${line}": put it in quotes`;
}
