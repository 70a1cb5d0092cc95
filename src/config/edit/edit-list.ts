/** Adds to and removes from a list of the config, and preserves existing comments, order and layout. */
import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isNode, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Licence } from '../../model/source.js';
import { resolveIncludedPath } from '../paths.js';
import { escapeVariables } from '../yaml.js';
import { refuseEdit } from './refuse-edit.js';
import { readToEdit, replaceFile } from './replace-file.js';

/** Omitted keys take their defaults. */
export interface NewSource {
  readonly id: string;
  readonly url: string;
  readonly kind?: 'page' | 'sitemap' | 'json' | 'opml';
  readonly page?: Readonly<Record<string, string>>;
  readonly sitemap?: Readonly<Record<string, string>>;
  readonly json?: Readonly<Record<string, string | readonly string[]>>;
  readonly title?: string;
  readonly icon?: string;
  readonly topics?: readonly string[];
  readonly content?: Licence;
  readonly every?: string;
  readonly proxy?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly rules?: readonly object[];
  readonly allowPrivateAddresses?: true;
}

export interface NewTopic {
  readonly id: string;
  readonly label: string;
  readonly parent?: string;
  readonly any?: readonly string[];
}

type Changes = Readonly<Record<string, unknown>>;

type List = 'sources' | 'topics' | 'rules';

/**
 * Returns the path of the last changed file. If `check` rejects or an edit would lose anything (ConfigError
 * CONFIG_INVALID), all files are restored.
 */
export async function addToLists(
  configPath: string,
  added: readonly (readonly [List, readonly object[]])[],
  check: () => Promise<unknown>,
): Promise<string> {
  const lists = added.filter(([, items]) => items.length > 0);
  return await changeFiles(lists, check, async ([list, items]) => {
    const file = await locateListFile(configPath, list);
    const edited = addItems(
      file.text,
      file.keys,
      items.map((item) => escapeReferences(item)),
    );
    const message = `newsloom cannot add to the list of ${list} because of its YAML layout; add them by hand`;
    return { ...file, edited: edited ?? refuseEdit(file.path, list, message) };
  });
}

/** Removes the item at `index` with its comments. Returns and throws as `addToLists` does. */
export async function removeFromList(
  configPath: string,
  list: List,
  index: number,
  check: () => Promise<unknown>,
): Promise<string> {
  return await changeFiles([list], check, async () => {
    const file = await locateListFile(configPath, list);
    const edited = removeItem(file.text, file.keys, index);
    return { ...file, edited: edited ?? refuseEdit(file.path, list, explainNotRemovable(file, list, index)) };
  });
}

/** Changes keys of an entry; null removes one, and a function gets the old value. A pack's entry gets one of its own. Returns and throws as above. */
export async function changeListEntry(
  configPath: string,
  list: List,
  { index, id }: { readonly index: number; readonly id: string },
  changes: Changes,
  check: () => Promise<unknown>,
): Promise<string> {
  return await changeFiles([escapeReferences(changes)], check, async (made) => {
    const file = await locateListFile(configPath, list);
    const own = parseDocument(file.text).getIn(file.keys, true);
    const isOwn = isSeq(own) && index < own.items.length;
    const old = isOwn ? (own.toJSON() as Changes[])[index]! : {};
    const resolve = ([key, value]: [string, unknown]) => [key, typeof value === 'function' ? value(old[key]) : value];
    const written = Object.fromEntries(Object.entries(made).map(resolve));
    const edited = isOwn ? changeItem(file, index, written) : addItems(file.text, file.keys, [{ id, ...written }]);
    const message = 'newsloom cannot edit this entry because of its YAML layout; edit it by hand';
    return { ...file, edited: edited ?? refuseEdit(file.path, list, message) };
  });
}

/** In a list, only the values that differ change. null if the text would not parse to the old values with these changes. */
function changeItem({ text, keys }: EditedFile, index: number, changes: Changes): string | null {
  const edited = Object.entries(changes).reduce((before, [key, value]) => {
    const list = parseDocument(before).getIn(keys, true) as YAMLSeq;
    const entry = list.items[index];
    const old = isMap(entry) ? entry.get(key, true) : null;
    const replaced = isSeq(old) && Array.isArray(value) ? replaceValues(before, old, value) : null;
    return replaced ?? replaceItem(before, list, index, { [key]: value });
  }, text);
  const merge = (item: unknown) =>
    Object.fromEntries(Object.entries({ ...(item as object), ...changes }).filter(([, value]) => value !== null));
  const isRight = parsesWithChange(edited, text, keys, (items) => items.map((one, i) => (i === index ? merge(one) : one))); // biome-ignore format: one call
  return isRight ? edited : null;
}

/** null if no old value stays. Values in another order fail the check of the result. */
function replaceValues(text: string, list: YAMLSeq, values: readonly unknown[]): string | null {
  const old = list.toJSON() as unknown[];
  const isIn = (one: unknown, all: readonly unknown[]) => all.some((other) => isDeepStrictEqual(one, other));
  const ranges = (list.items as { readonly range?: readonly number[] }[]).map(({ range = [] }) => range);
  if (!old.some((one) => isIn(one, values))) return null;
  // Each piece has the separator before the next one.
  const pieces = ranges.map(([from = 0, to = 0], i) => text.slice(from, ranges[i + 1]?.[0] ?? to));
  const kept = pieces.filter((_, i) => isIn(old[i], values)).join('');
  const [start = 0, end = 0] = [ranges[0]?.[0], ranges.at(-1)?.[1]];
  const flow = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true } as const;
  const added = values.filter((one) => !isIn(one, old)).map((one) => stringify([one], flow).trimEnd().slice(2, -2));
  const indent = ' '.repeat(start - text.lastIndexOf('\n', start) - 3);
  const separator = list.flow ? ', ' : `${detectNewline(text)}${indent}- `;
  const all = [kept.replace(list.flow ? /,\s*$/ : /\s*\n *- *$/, ''), ...added].join(separator);
  return text.slice(0, start) + all + text.slice(end);
}

async function changeFiles<T>(
  changes: readonly T[],
  check: () => Promise<unknown>,
  edit: (change: T) => Promise<EditedFile & { readonly edited: string }>,
): Promise<string> {
  const before: EditedFile[] = [];
  try {
    for (const change of changes) {
      const { edited, ...file } = await edit(change);
      await replaceFile(file.path, edited);
      before.unshift(file);
    }
    await check();
  } catch (error) {
    for (const { path, text } of before) await replaceFile(path, text).catch(() => {});
    throw error;
  }
  return before[0]!.path;
}

function explainNotRemovable({ text, keys }: EditedFile, list: List, index: number): string {
  const own = parseDocument(text).getIn(keys, true);
  if (isSeq(own) && index < own.items.length)
    return `newsloom cannot edit the list of ${list} because of its YAML layout; remove the entry by hand`;
  return 'it comes from a pack: write its id into "without" of "extends"';
}

/** Addresses and titles come from pages, redirects and other people's lists: `${NAME}` in them must stay text. */
export function escapeReferences<T>(value: T): T {
  const inside = (one: unknown): unknown => {
    if (typeof one === 'string') return escapeVariables(one);
    if (Array.isArray(one)) return one.map(inside);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, part]) => [key, inside(part)]));
  };
  return inside(value) as T;
}

/** The text of a file for one list, with blank lines between entries. Empty if there are none. */
export function renderList(items: readonly object[]): string {
  return items.map((item) => renderItem(escapeReferences(item), '', '\n')).join('\n');
}

interface EditedFile {
  readonly path: string;
  readonly text: string;
  readonly keys: readonly string[];
}

async function locateListFile(configPath: string, list: List): Promise<EditedFile> {
  const text = (await readToEdit(configPath)) ?? '';
  const named: unknown = parseDocument(text).get(list);
  if (typeof named !== 'string') return { path: configPath, text, keys: [list] };
  const path = resolveIncludedPath(configPath, named);
  if (named.includes('${'))
    refuseEdit(configPath, list, `the file of the ${list} comes from an environment variable: edit it by hand`);
  return { path, text: (await readToEdit(path)) ?? '', keys: [] };
}

/** null if the new text would not parse to the old values plus the added ones. */
export function addItems(text: string, keys: readonly string[], added: readonly object[]): string | null {
  const document = parseDocument(text);
  const list = document.getIn(keys, true);
  const edited =
    isSeq(list) && list.items.length > 0 && list.flow !== true
      ? appendItems(text, list, added)
      : list === undefined && isMap(document.contents) && document.contents.flow !== true
        ? appendKey(text, `${keys[0]}`, added)
        : restoreLineEnds(text, rewriteDocument(document, keys, added));
  return parsesWithChange(edited, text, keys, (items) => [...items, ...added]) ? edited : null;
}

/** null if the new text would not parse to the old values minus the item. */
export function removeItem(text: string, keys: readonly string[], index: number): string | null {
  const document = parseDocument(text);
  const list = document.getIn(keys, true);
  if (!isSeq(list) || index >= list.items.length) return null;
  const left = (items: readonly unknown[]) => items.filter((_, at) => at !== index);
  const cut =
    list.flow !== true ? cutItem(text, list, index, `${keys.length > 0 ? '  ' : ''}[]${detectNewline(text)}`) : null;
  if (cut !== null && parsesWithChange(cut, text, keys, left)) return cut;
  list.items.splice(index, 1);
  if (list.items.length === 0) list.flow = true;
  const whole = renderDocument(document);
  const edited = whole === null ? null : restoreLineEnds(text, whole);
  return edited !== null && parsesWithChange(edited, text, keys, left) ? edited : null;
}

function appendKey(text: string, key: string, items: readonly object[]): string {
  const newline = detectNewline(text);
  const lines = items.map((item) => renderItem(item, '  ', newline)).join('');
  return `${text}${text.endsWith('\n') ? '' : newline}${key}:${newline}${lines}`;
}

export function detectNewline(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** A rewritten document uses line feeds only. */
function restoreLineEnds(text: string, edited: string): string {
  return edited.replace(/\r?\n/g, detectNewline(text));
}

/** null if another item refers to the removed one. */
function renderDocument(document: Document): string | null {
  try {
    return document.toString({ lineWidth: 0 });
  } catch {
    return null;
  }
}

/** `none` replaces the only item. null if its line contains anything else. */
export function cutItem(text: string, list: YAMLSeq, index: number, none: string): string | null {
  const [start = 0, end = 0] = (list.items[index] as { range?: readonly number[] } | undefined)?.range ?? [];
  const dash = text.lastIndexOf('-', start);
  const line = text.lastIndexOf('\n', dash) + 1;
  const indent = text.slice(line, dash);
  if (indent.trim() !== '') return null;
  const behind = findItemEnd(text, end, indent);
  if (list.items.length === 1) return text.slice(0, line) + none + text.slice(behind);
  const isSpaced = index > 0 || /^[ \t]*\r?\n/.test(text.slice(behind));
  const gap = isSpaced ? /\n[ \t]*(\r?\n)$/.exec(text.slice(0, line))?.[1] : undefined;
  return text.slice(0, line - (gap?.length ?? 0)) + text.slice(behind);
}

/** null removes a key. Returns the same text if the item's layout prevents the change. */
export function replaceItem(text: string, list: YAMLSeq, index: number, changes: Changes): string {
  const [from, to] = (list.items[index] as YAMLMap).range!;
  const column = from - text.lastIndexOf('\n', from) - 1;
  const entry: Document = parseDocument(' '.repeat(column) + text.slice(from, to));
  if (!isMap(entry.contents)) return text;
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) entry.contents.delete(key);
    // Keeps the trailing comment of a replaced value.
    else entry.contents.set(key, typeof value === 'object' ? entry.createNode(value, { flow: true }) : value);
  }
  const lines = renderEntry(entry)?.trimEnd().split('\n');
  if (lines === undefined) return text;
  const written = lines.join(`\n${' '.repeat(column)}`) + (text[to - 1] === '\n' ? '\n' : '');
  return text.slice(0, from) + restoreLineEnds(text, written) + text.slice(to);
}

/** undefined if it has an alias with an anchor in another entry. */
function renderEntry(entry: Document): string | undefined {
  try {
    return entry.toString({ lineWidth: 0, flowCollectionPadding: true });
  } catch {
    return undefined;
  }
}

function appendItems(text: string, list: YAMLSeq, added: readonly object[]): string {
  const [start = 0, end = 0] = (list.items.at(-1) as { range?: readonly number[] }).range ?? [];
  const newline = detectNewline(text);
  const dash = text.lastIndexOf('-', start);
  const indent = ' '.repeat(dash - text.lastIndexOf('\n', dash) - 1);
  const gap = list.items.length > 1 && /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, dash)) ? newline : '';
  const behind = findItemEnd(text, end, indent);
  const items = added.map((item) => gap + renderItem(item, indent, newline)).join('');
  return `${text.slice(0, behind)}${text.slice(0, behind).endsWith('\n') ? '' : newline}${items}${text.slice(behind)}`;
}

/** The offset after the item's last line, including comments with its indentation. */
export function findItemEnd(text: string, at: number, indent: string): number {
  const line = text[at - 1] === '\n' ? at : text.indexOf('\n', at) + 1;
  if (line === 0) return text.length;
  return line + (new RegExp(`^(?:${indent}[ \\t]+#.*(?:\\n|$))*`).exec(text.slice(line))?.[0].length ?? 0);
}

function renderItem(item: object, indent: string, newline: string): string {
  const lines = stringify({ ...item }, { lineWidth: 0 })
    .replace(/\n$/, '') // not trimEnd: a title may end in other kinds of spaces
    .split('\n');
  return lines.map((line, i) => `${indent}${i === 0 ? '- ' : '  '}${line}${newline}`).join('');
}

/** Rewrites the whole document with its comments, for an empty, missing or flow-style list. */
function rewriteDocument(document: Document, keys: readonly string[], added: readonly object[]): string {
  const items = added.map((item) => document.createNode({ ...item }));
  const list = document.getIn(keys, true);
  if (isSeq(list)) {
    list.flow = false;
    for (const item of items) list.add(item);
  } else if (keys.length === 0) {
    const made = document.createNode(added.map((item) => ({ ...item })));
    const was = document.contents;
    if (isNode(was)) made.commentBefore = was.commentBefore ?? was.comment ?? null;
    document.contents = made;
  } else {
    const made = document.createNode(added.map((item) => ({ ...item })));
    // Entries that are commented out.
    if (isNode(list)) made.comment = list.comment ?? null;
    document.setIn(keys, made);
  }
  return document.toString({ lineWidth: 0 });
}

function parsesWithChange(
  edited: string,
  before: string,
  [key]: readonly string[],
  change: (items: readonly unknown[]) => readonly unknown[],
): boolean {
  const was: unknown = parseDocument(before).toJS();
  const list = key === undefined ? was : (was as Record<string, unknown> | null)?.[key];
  const changed = change(Array.isArray(list) ? list : []);
  const expected = key === undefined ? changed : { ...(was as object | null), [key]: changed };
  return parsesAs(edited, expected);
}

export function parsesAs(text: string, expected: unknown): boolean {
  try {
    const read = parseDocument(text);
    return read.errors.length === 0 && isDeepStrictEqual(read.toJS() ?? [], expected);
  } catch {
    return false; // an alias without its anchor
  }
}
