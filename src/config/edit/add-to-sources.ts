/** Adds sources to the editor's config file. Existing text stays unchanged: comments, order, layout. */
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Document, isSeq, parseDocument, stringify, type YAMLSeq } from 'yaml';
import { ConfigError } from '../../model/errors.js';
import { includedPath } from '../paths.js';
import { withoutReferences } from '../yaml.js';

/** A source as written to the file; omitted keys take their defaults. */
export interface NewSource {
  readonly id: string;
  readonly url: string;
  readonly title?: string;
}

/** Returns the path of the file that was changed. Throws ConfigError CONFIG_INVALID where it cannot be edited without losing something. */
export async function addToSources(configPath: string, added: readonly NewSource[]): Promise<string> {
  const { path, text, keys } = await sourcesFile(configPath);
  const edited = withSources(text, keys, added.map(asText));
  if (edited === null)
    throw cannotEdit(path, 'the list of sources is written in a way that cannot be added to; add them by hand');
  await replaceFile(path, edited);
  return path;
}

/** Addresses and titles come from pages, redirects and lists of other people: `${NAME}` in them must stay text. */
function asText({ id, url, title }: NewSource): NewSource {
  return { id, url: withoutReferences(url), ...(title === undefined ? {} : { title: withoutReferences(title) }) };
}

interface SourcesFile {
  readonly path: string;
  readonly text: string;
  /** Path of the list in the file. */
  readonly keys: readonly string[];
}

/** The main config file, or the file that `sources` names. */
async function sourcesFile(configPath: string): Promise<SourcesFile> {
  const text = await readFile(configPath, 'utf8');
  const named: unknown = parseDocument(text).get('sources');
  if (typeof named !== 'string') return { path: configPath, text, keys: ['sources'] };
  const path = includedPath(configPath, named);
  if (named.includes('${'))
    throw cannotEdit(configPath, 'the environment says which file holds the sources: add them there by hand');
  if (/\.opml$/i.test(path))
    throw cannotEdit(path, 'sources are read from OPML: add them there, or import it into a YAML file');
  return { path, text: await readFile(path, 'utf8'), keys: [] };
}

/** The new text; null: it would not parse to the old values plus the added ones. */
export function withSources(text: string, keys: readonly string[], added: readonly object[]): string | null {
  const document = parseDocument(text);
  const list = document.getIn(keys, true);
  const edited =
    isSeq(list) && list.items.length > 0 && list.flow !== true
      ? appended(text, list, added)
      : rewritten(document, keys, added);
  return readsBack(edited, text, keys, added) ? edited : null;
}

/** Appends after the last item, with the same indentation and layout. */
function appended(text: string, list: YAMLSeq, added: readonly object[]): string {
  const [start = 0, end = 0] = (list.items.at(-1) as { range?: readonly number[] }).range ?? [];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const dash = text.lastIndexOf('-', start);
  const indent = ' '.repeat(dash - text.lastIndexOf('\n', dash) - 1);
  const gap = list.items.length > 1 && /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, dash)) ? newline : '';
  const behind = endOfListItem(text, end, indent);
  const items = added.map((source) => gap + block(source, indent, newline)).join('');
  return `${text.slice(0, behind)}${text.slice(0, behind).endsWith('\n') ? '' : newline}${items}${text.slice(behind)}`;
}

/** The offset after the item's last line and after comments with its indentation, which belong to it. */
function endOfListItem(text: string, at: number, indent: string): number {
  const line = text[at - 1] === '\n' ? at : text.indexOf('\n', at) + 1;
  if (line === 0) return text.length;
  return line + (new RegExp(`^(?:${indent}[ \\t]+#.*(?:\\n|$))*`).exec(text.slice(line))?.[0].length ?? 0);
}

function block(source: object, indent: string, newline: string): string {
  const lines = stringify({ ...source }, { lineWidth: 0 })
    .replace(/\n$/, '') // not trimEnd: a title may end in spaces of many kinds
    .split('\n');
  return lines.map((line, i) => `${indent}${i === 0 ? '- ' : '  '}${line}${newline}`).join('');
}

/** For an empty, missing or flow-style list: the whole document is stringified again, with its comments. */
function rewritten(document: Document, keys: readonly string[], added: readonly object[]): string {
  const items = added.map((source) => document.createNode({ ...source }));
  const list = document.getIn(keys, true);
  if (isSeq(list)) {
    list.flow = false;
    for (const item of items) list.add(item);
  } else if (keys.length === 0) document.contents = document.createNode(added.map((source) => ({ ...source })));
  else
    document.setIn(
      keys,
      added.map((source) => ({ ...source })),
    );
  return document.toString({ lineWidth: 0 });
}

/** Whether the edited text parses to the old values, followed by the added sources. */
function readsBack(edited: string, before: string, [key]: readonly string[], added: readonly object[]): boolean {
  const after = parseDocument(edited);
  const was: unknown = parseDocument(before).toJS();
  const list = key === undefined ? was : (was as Record<string, unknown> | null)?.[key];
  const grown = [...(Array.isArray(list) ? list : []), ...added];
  const expected = key === undefined ? grown : { ...(was as object | null), [key]: grown };
  return after.errors.length === 0 && isDeepStrictEqual(after.toJS(), expected);
}

export async function replaceFile(path: string, text: string): Promise<void> {
  const { mode } = await stat(path);
  const beside = `${path}.newsloom-new`;
  await writeFile(beside, text, { mode });
  await rename(beside, path);
}

function cannotEdit(file: string, message: string): ConfigError {
  return new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path: 'sources', message }]);
}
