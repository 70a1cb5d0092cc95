/** Explains YAML errors to people who rarely write YAML. */
import { isScalar, Scalar, type YAMLError } from 'yaml';

export const NOT_UTF8 = 'a character that is not UTF-8: save the file as UTF-8';

export const ALIASES = 'undefined or excessive YAML aliases ("*name"): write the values out';

const WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab: YAML is indented with spaces only',
  MULTIPLE_DOCS: 'a second document ("---"): use one document per file',
  BLOCK_AS_IMPLICIT_KEY: 'a value that contains ": ": put it in quotes',
  MULTILINE_IMPLICIT_KEY: 'a line without ":" after its key, or not indented as those around it',
  UNEXPECTED_TOKEN:
    'unexpected YAML syntax: indent the keys of one entry equally, and quote values that contain ": ", " #" or quotes',
  BAD_DQ_ESCAPE:
    'an invalid "\\" in double quotes: put the text (such as an expression) in single quotes, or write each "\\" twice',
  BLOCK_IN_FLOW: 'a value that contains ": " or "- " inside of { } or [ ]: put it in quotes',
  BAD_SCALAR_START: 'a value that begins with a reserved character: put it in quotes',
};

const BARE_REFERENCE = `"\${" inside of { } or [ ]: put the value in quotes, as "\${NAME}"`;

function isBareReference(offset: number, text: string): boolean {
  return text.slice(offset - 1, offset + 1) === `\${`;
}

const EMPTY_LIST = /(?:^|[\s:])\[ *\][ \r]*(?:#.*\r?)?(?:\n[ \t\r]*(?:#.*\r?)?)*$/;
const ENTRY_BELOW_EMPTY_LIST = 'an entry below "[]", which is an empty list: remove the "[]"';

/** @param text the document with the error. */
export function describeYamlError({ code, message, pos: [offset] }: YAMLError, text: string): string {
  if (isBareReference(offset, text)) return BARE_REFERENCE;
  if (isUnclosed(code, message)) return UNCLOSED;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  if (/^ *\t/.test(line)) return WORDS.TAB_AS_INDENT!;
  if (/^ *-\s/.test(text.slice(offset)) && EMPTY_LIST.test(text.slice(0, offset))) return ENTRY_BELOW_EMPTY_LIST;
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && /^ *-\s/.test(text.slice(offset))) return MISPLACED_ENTRY;
  if (message.startsWith('Implicit map keys')) return WORDS.MULTILINE_IMPLICIT_KEY!;
  return WORDS[code] ?? message.split('\n', 1)[0]!;
}

const UNCLOSED = 'an unclosed bracket';
const MISPLACED_ENTRY = 'a "- " that is not indented as those above it';

function isUnclosed(code: string, message: string): boolean {
  return code === 'BAD_INDENT' && message.startsWith('Flow');
}

/** Codes of errors that may only follow from an earlier one. */
const FOLLOWS = /^UNEXPECTED_TOKEN|^BAD_INDENT|^MISSING_CHAR|IMPLICIT_KEY/;

/** YAML reports an unclosed bracket at the next key. Moves the error to the bracket. */
function locateOpening(error: YAMLError, text: string): YAMLError {
  if (!isUnclosed(error.code, error.message)) return error;
  error.pos = [findOpening(error.message.includes('sequence') ? '[]' : '{}', text, error.pos[0]), error.pos[0]];
  return error;
}

/** The last unclosed bracket before `end`. Ignores quotes and comments, so it may fall back to the last bracket. */
function findOpening([open, close]: string, text: string, end: number): number {
  let closed = 0;
  for (let at = end - 1; at > 0; at--) {
    if (text[at] === close) closed++;
    else if (text[at] === open && closed-- === 0) return at;
  }
  return Math.max(0, text.lastIndexOf(open!, end - 1));
}

/** Drops errors that only follow from an earlier one. */
export function selectYamlErrors(all: readonly YAMLError[], text: string): readonly YAMLError[] {
  const bare = all.findIndex(({ pos: [offset] }) => isBareReference(offset, text));
  const errors = bare < 0 ? all : all.slice(0, bare + 1);
  const first = errors.findIndex(isFatalYamlError);
  return errors
    .filter((error, at) => at <= first || first < 0 || !FOLLOWS.test(error.code))
    .map((error) => locateOpening(error, text));
}

/** Duplicate keys are not fatal: the last one counts. */
export function isFatalYamlError({ code }: Pick<YAMLError, 'code'>): boolean {
  return code !== 'DUPLICATE_KEY';
}

/** Text that became a comment by mistake: `No #1 ferry` reads as `No`. null: none. */
export function findCommentLoss(node: unknown): string | null {
  if (!isScalar(node) || node.type !== Scalar.PLAIN || typeof node.value !== 'string') return null;
  const [line = ''] = node.comment?.split('\n', 1) ?? [];
  return line === '' || /^[\s#!-]/.test(line) ? null : `the text ends before "#${line}": put it in quotes`;
}
