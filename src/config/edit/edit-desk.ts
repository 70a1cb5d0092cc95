/** Changes one entry of the desk file and preserves all other comments, order and layout. */
import { isDeepStrictEqual } from 'node:util';
import { isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { urlKey } from '../../text/url/url.js';
import { createLineLookup, escapeVariables } from '../yaml.js';
import { cutItem, detectNewline, escapeReferences, parsesAs, replaceItem } from './edit-list.js';
import { withFileLock } from './file-lock.js';
import { refuseEdit } from './refuse-edit.js';
import { readToEdit, replaceFile } from './replace-file.js';

export type DeskDecision = Readonly<Record<string, unknown>>;

/** An article to decide about. */
export interface DeskArticle {
  /** In a new entry. */
  readonly name: string;
  /** The `urlKey` of each name that an entry may have for it. */
  readonly keys: readonly string[];
}

export interface EditedEntry {
  /** From 1; null if the article has no entry any more. */
  readonly line: number | null;
  readonly takenBack: readonly string[];
}

export interface EditedDesk {
  readonly text: string;
  /** In the order of the articles. */
  readonly entries: readonly EditedEntry[];
}

const HEAD = '# Decisions about single articles, one entry for each article. `newsloom desk` edits this file, too.\n\n';

/**
 * Changes the entries of all articles at once. In `changes`, null removes a key, `topics` are merged into existing ones, and a
 * function of `topics` gets the existing ones. Throws ConfigError CONFIG_INVALID if the edit would lose anything.
 */
export async function editDeskFile(
  path: string,
  articles: readonly DeskArticle[],
  changes: DeskDecision,
): Promise<readonly EditedEntry[]> {
  return withFileLock(path, async () => {
    const before = (await readToEdit(path)) ?? HEAD;
    const message = 'newsloom cannot edit this list because of its YAML layout; write it as a list of "- " entries';
    const edited = applyDecision(before, articles, changes) ?? refuseEdit(path, 'desk', message);
    if (edited.text !== before) await replaceFile(path, edited.text);
    return edited.entries;
  });
}

/** null if the file would not parse to the old values plus this change. */
export function applyDecision(
  text: string,
  articles: readonly DeskArticle[],
  changes: DeskDecision,
): EditedDesk | null {
  const document = parseDocument(text);
  const list = document.contents;
  if (document.errors.length > 0 || (list !== null && !isSeq(list))) return null;
  if (list?.flow === true && list.items.length > 0) return null;
  const values = (document.toJS() ?? []) as DeskDecision[];
  const edits = planEdits(values, articles, escapeReferences(changes));
  const changed = [...new Set(edits)].filter(({ isSame }) => !isSame);
  const [added, old] = [changed.filter(({ index }) => index >= values.length), changed.filter(({ index }) => index < values.length)]; // biome-ignore format: one list each
  // From the end: the offsets before an entry stay.
  const kept = old.sort((a, b) => b.index - a.index).reduce((one, edit) => editEntry(one, list as YAMLSeq, edit), text);
  const edited =
    added.length === 0
      ? kept
      : appendEntries(
          removeEmptyList(kept, list),
          added.map(({ after }) => after),
        );
  const removed = new Set(old.flatMap(({ index, isEmpty }) => (isEmpty ? index : [])));
  const replaced = new Map(old.map(({ index, after }) => [index, after]));
  const left = values.flatMap((value, i) => (removed.has(i) ? [] : [replaced.get(i) ?? value]));
  if (!parsesAs(edited, [...left, ...added.map(({ after }) => after)])) return null;
  const places = [...values.keys()].filter((i) => !removed.has(i)).concat(added.map(({ index }) => index));
  const lines = new Map(listEntryLines(edited).map((line, i) => [places[i], line]));
  return {
    text: edited,
    entries: edits.map(({ index, takenBack }) => ({ line: lines.get(index) ?? null, takenBack })),
  };
}

interface EntryEdit {
  /** In the file; new entries follow. */
  readonly index: number;
  readonly written: DeskDecision;
  readonly after: DeskDecision;
  readonly isSame: boolean;
  readonly isEmpty: boolean;
  readonly takenBack: readonly string[];
}

/** For each article. Articles with one entry have one edit. */
function planEdits(
  values: readonly DeskDecision[],
  articles: readonly DeskArticle[],
  changes: DeskDecision,
): readonly EntryEdit[] {
  const places = new Map<string, number>();
  for (const [i, value] of [...values.entries()].reverse())
    if (typeof value?.article === 'string') places.set(urlKey(value.article), i);
  const planned = new Map<number, EntryEdit>();
  let next = values.length;
  return articles.map(({ name, keys }) => {
    const known = Math.min(next, ...keys.map((key) => places.get(key) ?? next));
    const before = values[known] ?? { article: escapeVariables(name) };
    const edit = planned.get(known) ?? planEdit(known, before, changes);
    planned.set(known, edit);
    if (known === next) {
      for (const key of keys) places.set(key, next);
      next += 1;
    }
    return edit;
  });
}

function planEdit(index: number, before: DeskDecision, changes: DeskDecision): EntryEdit {
  const written = keepOtherTopics(before, changes);
  const after = mergeChanges(before, written);
  // A note alone is not a decision.
  const isEmpty = Object.keys(after).every(
    (key) => key === 'article' || (key === 'note' && written.note === undefined),
  );
  const isSame = isDeepStrictEqual(before, after);
  return {
    index,
    written,
    after,
    isSame,
    isEmpty,
    takenBack: Object.keys(before).filter((key) => written[key] === null),
  };
}

function editEntry(text: string, list: YAMLSeq, { index, written, isEmpty }: EntryEdit): string {
  return isEmpty ? removeEntry(text, list, index) : replaceItem(text, list, index, written);
}

function mergeChanges(before: DeskDecision, changes: DeskDecision): DeskDecision {
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));
}

function keepOtherTopics({ topics: known = [] }: DeskDecision, changes: DeskDecision): DeskDecision {
  const { topics } = changes;
  if (typeof topics === 'function') return { ...changes, topics: topics(known) };
  if (!Array.isArray(known) || !Array.isArray(topics)) return changes;
  const decided = new Set(topics.map((topic: string) => topic.slice(1)));
  const kept = known.filter((topic) => !decided.has(String(topic).slice(1)));
  return { ...changes, topics: [...kept, ...topics] };
}

function listEntryLines(text: string): number[] {
  const list = parseDocument(text).contents;
  const findLine = createLineLookup(text);
  return isSeq(list) ? list.items.map((item) => findLine((item as YAMLMap).range![0]).line) : [];
}

function appendEntries(text: string, entries: readonly DeskDecision[]): string {
  const newline = detectNewline(text);
  const indent = /^( *)- /m.exec(text)?.[1] ?? '';
  const lines = entries.map((entry) => {
    const line = stringify(entry, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trimEnd();
    return `${indent}- ${line}${newline}`;
  });
  return `${text}${text === '' || text.endsWith('\n') ? '' : newline}${lines.join('')}`;
}

/** An empty file would count as lost. */
function removeEntry(text: string, list: YAMLSeq, index: number): string {
  const left = cutItem(text, list, index, '') ?? text;
  return left.trim() === '' ? HEAD : left;
}

function removeEmptyList(text: string, list: YAMLSeq | null): string {
  if (list?.flow !== true) return text;
  const [from, to] = list.range!;
  return text.slice(0, from) + text.slice(to).replace(/^\r?\n/, '');
}
