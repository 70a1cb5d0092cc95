/** Turns schema errors into messages with file, line and column. */
import type { z } from 'zod';
import type { ConfigProblem } from '../model/errors.js';
import type { ConfigText } from './files.js';
import { listKnownKeys } from './json-schema.js';
import { configSchema, type WrittenConfig } from './schema.js';
import { didYouMean } from './suggest.js';
import { removePassword } from './values.js';
import type { Path } from './yaml.js';

type Issue = z.core.$ZodIssue;

export interface Shape {
  /** null if there are problems. */
  readonly config: WrittenConfig | null;
  readonly problems: readonly ConfigProblem[];
}

export function checkShape(text: ConfigText): Shape {
  const first = configSchema.safeParse(text.value);
  const result = first.success ? first : configSchema.safeParse(convertTypes(text, first.error.issues));
  if (result.success) return { config: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => describeIssue(text, issue, []));
  return { config: null, problems };
}

/** Converts strings from environment variables if the schema expects a number or boolean. */
function convertTypes(text: ConfigText, issues: readonly Issue[]): unknown {
  const value = structuredClone(text.value);
  for (const issue of issues) {
    const path = issue.path as Path;
    const expected = findExpectedType(issue);
    if (expected === null || !text.written(path)?.includes('${')) continue;
    const holder = path.slice(0, -1).reduce<unknown>((one, step) => (one as Record<string, unknown>)[step], value);
    const slot = holder as Record<string | number, unknown>;
    slot[path.at(-1)!] = convertText(String(slot[path.at(-1)!]), expected);
  }
  return value;
}

/** The expected type of a value; of several alternatives, the first with a type error. */
function findExpectedType(issue: Issue): string | null {
  const wrong = issue.code === 'invalid_union' ? issue.errors.flat() : [issue];
  const found = wrong.find((one) => one.code === 'invalid_type');
  return found !== undefined && 'expected' in found ? String(found.expected) : null;
}

function convertText(value: string, expected: string): unknown {
  if (expected === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  const digits = /^-?\d+(\.\d+)?$/.test(value) && (expected === 'number' || expected === 'int');
  return digits ? Number(value) : value;
}

function describeIssue(text: ConfigText, issue: Issue, outer: Path): ConfigProblem[] {
  const path = [...outer, ...(issue.path as Path)];
  if (issue.code === 'unrecognized_keys') {
    const known = listKnownKeys(path);
    return issue.keys.map((key) =>
      text.problem(
        [...path, key],
        `unknown key${didYouMean(key, known) || `; known keys: ${known.join(', ')}`}`,
        'key',
      ),
    );
  }
  if (issue.code === 'invalid_union') return describeUnion(text, issue, path);
  if (issue.code === 'invalid_key') return [text.problem(path, issue.issues[0]?.message ?? issue.message, 'key')];
  return [text.problem(path, formatIssue(issue, readValue(text.value, path), text.written(path), path))];
}

/** Selects the alternative that fails deeper than at its type. */
function describeUnion(
  text: ConfigText,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
): ConfigProblem[] {
  const meant = issue.errors.find(
    (branch) => !branch.some((one) => one.code === 'invalid_type' && one.path.length === 0),
  );
  if (meant !== undefined) return meant.flatMap((one) => describeIssue(text, one, path));
  const value = readValue(text.value, path);
  if (value === undefined) return [text.problem(path, 'required, but missing')];
  const expected = issue.errors.flat().map((one) => ('expected' in one ? formatType(String(one.expected)) : ''));
  return [text.problem(path, `expected ${expected.join(' or ')}, found ${describeType(value)}`)];
}

function formatIssue(issue: Issue, value: unknown, written: string | undefined, path: Path): string {
  const mayBeSecret = ['headers', 'run', 'command', 'env'].some((key) => path.includes(key));
  const quoted = written === undefined || mayBeSecret ? '' : ` ("${removePassword(written)}")`;
  if (value === undefined) return 'required, but missing';
  switch (issue.code) {
    case 'invalid_type':
      // The schema has its own message if the type would not help.
      if (!issue.message.startsWith('Invalid input')) return `${issue.message}${quoted}`;
      return `expected ${formatType(issue.expected)}, found ${describeType(value)}${quoted}${adviseType(issue.expected, value)}`;
    case 'invalid_value':
      if (issue.values.length === 1) return `must be ${String(issue.values[0])}${quoted}`;
      return `must be one of ${issue.values.join(', ')}${quoted}${didYouMean(String(value), issue.values.map(String))}`;
    case 'too_small':
      return issue.origin === 'array'
        ? `needs at least ${issue.minimum} entries`
        : `must be at least ${issue.minimum}${quoted}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `may have at most ${issue.maximum} entries`
        : `must be at most ${issue.maximum}${quoted}`;
    default:
      return `${issue.message}${quoted}${findHint(issue.message, String(value))}`;
  }
}

function findHint(message: string, value: string): string {
  if (message.includes('time zone')) return didYouMean(value, Intl.supportedValuesOf('timeZone'));
  return HINTS.find(([about, when]) => message.includes(about) && when.test(value))?.[2] ?? '';
}

const HINTS: readonly (readonly [string, RegExp, string])[] = [
  ['URL', /^feed:/i, '; write https:// instead of feed:'],
  ['URL', /^[\w-]+(\.[\w-]+)+(\/|$)/i, '; write https:// before it'],
  ['mailto', /^[^\s@:]+@[^\s@]+$/, '; write mailto: before it'],
  ['language', /^[a-z]{2,3}_[A-Za-z]{2,4}$/, '; write "-" instead of "_"'],
  ['an id', /[A-Z]/, '; use lower case'],
];

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

function formatType(expected: string): string {
  return TYPES[expected] ?? expected;
}

function describeType(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return formatType(typeof value);
}

function adviseType(expected: string, value: unknown): string {
  // In YAML 1.2, yes and no are words.
  if (expected === 'boolean' && /^(?:yes|on|true)$/i.test(String(value))) return '; write true';
  if (expected === 'boolean' && /^(?:no|off|false)$/i.test(String(value))) return '; write false';
  return expected === 'string' && typeof value !== 'object' ? '; put it in quotes' : '';
}

function readValue(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((one, step) => (one as Record<string, unknown> | null | undefined)?.[step], value);
}
