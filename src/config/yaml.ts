/** Parses a YAML file into values, with the line and column of each. */

import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import {
  ALIASES,
  describeYamlError,
  findCommentLoss,
  isFatalYamlError,
  NOT_UTF8,
  selectYamlErrors,
} from '../text/yaml.js';

export type Path = readonly (string | number)[];

/** Line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlProblem extends Place {
  readonly path: Path;
  readonly message: string;
  readonly unset?: string;
}

export interface ConfigFile {
  readonly name: string;
  /** null if it does not parse; undefined if it is empty. */
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
  readonly substitutions: readonly { readonly path: Path; readonly name: string; readonly value: string }[];
  /** The position of a key or its value. A missing path has the position of its nearest existing parent. */
  place(path: Path, of: 'key' | 'value'): Place;
  /** The scalar before substitution of environment variables; undefined if it is not a scalar. */
  written(path: Path): string | undefined;
}

/** Reads YAML 1.2, replaces `${NAME}` and turns `$${` into `${`. Never throws: errors are in `problems`. */
export function readYaml(name: string, text: string, env: Readonly<Record<string, string | undefined>>): ConfigFile {
  const at = createLineLookup(text);
  const document = parseDocument(text, { prettyErrors: false, merge: true });
  const mistakes: YamlProblem[] = [];
  const invalid = text.indexOf('\ufffd');
  if (invalid >= 0) mistakes.push({ ...at(invalid), path: [], message: NOT_UTF8 });
  for (const error of selectYamlErrors(document.errors, text)) {
    const path = findPath(document, error.pos[0]);
    const isTwice = error.code === 'DUPLICATE_KEY';
    const message = isTwice ? `duplicate key "${path.at(-1)}"` : describeYamlError(error, text);
    mistakes.push({ ...at(error.pos[0]), path, message });
  }
  const cut = MAY_BE_CUT.test(text) ? findCutTexts(document) : [];
  for (const { path, offset, message } of cut) mistakes.push({ ...at(offset), path, message });
  const { filledIn, missing: unknown } = MAY_CONTAIN_REFERENCE.test(text)
    ? substituteVariables(document, env)
    : NO_SUBSTITUTIONS;
  for (const missing of unknown) {
    const path = findPath(document, missing.offset);
    mistakes.push({
      ...at(missing.offset),
      path,
      message: `environment variable ${missing.unset} is not set`,
      unset: missing.unset,
    });
  }
  const broken = document.errors.some(isFatalYamlError);
  const values = broken ? { value: null } : toValues(document);
  if (values.message !== undefined) mistakes.push({ ...at(0), path: [], message: values.message });
  return {
    name,
    value: values.value,
    problems: mistakes,
    substitutions: filledIn,
    place: (path, of) => at(findOffset(document, path, of)),
    written: (path) => readWrittenScalar(findNode(document, path)),
  };
}

export function createLineLookup(text: string): (offset: number) => Place {
  const lines = new LineCounter();
  for (const start of [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]) lines.addNewLine(start);
  return (offset) => {
    const { line, col: column } = lines.linePos(offset);
    return { line, column };
  };
}

/** Finds comments without a leading space. The fast check avoids visiting every value of a long file. */
const MAY_BE_CUT = /[ \t]#[^\s#!-]/;

/** Keys whose values are prose. */
const PROSE = ['title', 'summary', 'label', 'note'];

function findCutTexts(document: Document): { path: Path; offset: number; message: string }[] {
  const found: { path: Path; offset: number; message: string }[] = [];
  visit(document, {
    Pair(_, { key, value }, ancestors) {
      const message = isScalar(key) && PROSE.includes(String(key.value)) ? findCommentLoss(value) : null;
      if (message === null) return;
      const path = [...listContainerSteps(ancestors as Node[], { key }), String((key as { value: unknown }).value)];
      found.push({ path, offset: (value as MaybeNode)?.range?.[0] ?? 0, message });
    },
  });
  return found;
}

function toValues(document: Document): { value: unknown; message?: string } {
  try {
    const value: unknown = document.toJS();
    return { value: value === null ? undefined : dropEmptyKeys(value) };
  } catch (error) {
    return {
      value: null,
      message: error instanceof RangeError || error instanceof ReferenceError ? ALIASES : (error as Error).message,
    };
  }
}

/** Drops keys without a value (everything below is commented out). */
function dropEmptyKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropEmptyKeys);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(kept.map(([key, one]) => [key, dropEmptyKeys(one)]));
}

/** `${NAME}`, or `$${` for a literal `${`. */
const ENV_REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** `${NAME}` stays literal. A replacement character would make the file look like invalid UTF-8. */
export function escapeVariables(text: string): string {
  return text.replaceAll('\ufffd', '').replaceAll('${', () => '$${');
}

/** A reference or an escape. The fast check avoids visiting every value of a long file. */
const MAY_CONTAIN_REFERENCE = /\$\{|\\/;

const NO_SUBSTITUTIONS: ReturnType<typeof substituteVariables> = { missing: [], filledIn: [] };

function substituteVariables(document: Document, env: Readonly<Record<string, string | undefined>>) {
  const missing: { offset: number; unset: string }[] = [];
  const filledIn: { path: Path; name: string; value: string }[] = [];
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      node.source = node.value;
      node.value = node.value.replace(ENV_REFERENCE, (whole, name: string | undefined) => {
        if (name === undefined) return '${';
        const value = env[name];
        // The whole value. A file of variables may contain an empty line.
        if (value !== undefined && (value !== '' || whole !== node.source)) {
          filledIn.push({ path: findPath(document, node.range?.[0] ?? 0), name, value });
          return value;
        }
        missing.push({ offset: node.range?.[0] ?? 0, unset: name });
        return whole;
      });
    },
  });
  return { filledIn, missing };
}

type MaybeNode = Node | null | undefined;

function findNode(document: Document, path: Path): MaybeNode {
  let node = document.contents as MaybeNode;
  for (const step of path) node = resolveAlias(document, findChild(resolveAlias(document, node), step)?.value);
  return node;
}

function resolveAlias(document: Document, node: MaybeNode): MaybeNode {
  return isAlias(node) ? node.resolve(document) : node;
}

/** Of duplicate keys the last counts, as in the values. */
function findChild(node: MaybeNode, step: string | number): { key: MaybeNode; value: MaybeNode } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)] as MaybeNode;
    return item == null ? undefined : { key: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair && { key: pair.key as MaybeNode, value: pair.value as MaybeNode };
}

function findOffset(document: Document, path: Path, of: 'key' | 'value'): number {
  const parent = findNode(document, path.slice(0, -1));
  const child = path.length === 0 ? { key: parent, value: parent } : findChild(parent, path.at(-1)!);
  if (child === undefined) return path.length === 0 ? 0 : findOffset(document, path.slice(0, -1), of);
  // A missing value has no position of its own.
  const node = of === 'key' || !isWritten(child.value) ? child.key : child.value;
  return node?.range?.[0] ?? 0;
}

function isWritten(node: MaybeNode): boolean {
  return node?.range != null && (!isScalar(node) || node.range[1] > node.range[0]);
}

function findPath(document: Document, offset: number): Path {
  let found: Path = [];
  visit(document, {
    Pair(_, pair, ancestors) {
      const start = (pair.key as MaybeNode)?.range?.[0];
      const end = ((pair.value as MaybeNode) ?? (pair.key as MaybeNode))?.range?.[2];
      if (start === undefined || end === undefined || offset < start || offset >= Math.max(end, start + 1)) return;
      found = [...listContainerSteps(ancestors as Node[], pair), String(isScalar(pair.key) ? pair.key.value : '')];
    },
    Node(key, node, ancestors) {
      const inside = node.range && offset >= node.range[0] && offset < Math.max(node.range[1], node.range[0] + 1);
      if (typeof key === 'number' && inside) found = listContainerSteps(ancestors as Node[], node);
    },
  });
  return found;
}

function listContainerSteps(ancestors: readonly unknown[], last: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  ancestors.forEach((one, index) => {
    const next = ancestors[index + 1] ?? last;
    if (isSeq(one)) path.push(one.items.indexOf(next));
    if (isPairLike(one) && isScalar(one.key)) path.push(String(one.key.value));
  });
  return path;
}

function isPairLike(value: unknown): value is { key: unknown } {
  return typeof value === 'object' && value !== null && 'key' in value && !isMap(value) && !isSeq(value);
}

function readWrittenScalar(node: MaybeNode): string | undefined {
  if (!isScalar(node)) return undefined;
  return node.source ?? String(node.value);
}
