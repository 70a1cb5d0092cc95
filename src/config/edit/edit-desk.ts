/** Changes one entry of the desk file and preserves all other comments, order and layout. */
import { isDeepStrictEqual } from 'node:util';
import { isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { createLineLookup, escapeVariables } from '../yaml.js';
import { cutItem, detectNewline, escapeReferences, parsesAs, replaceItem } from './edit-list.js';
import { withFileLock } from './file-lock.js';
import { refuseEdit } from './refuse-edit.js';
import { readToEdit, replaceFile } from './replace-file.js';

export type DeskDecision = Readonly<Record<string, unknown>>;

export interface EditedDesk {
  readonly text: string;
  /** Line of the entry, from 1; null if the empty entry was removed. */
  readonly line: number | null;
  readonly takenBack: readonly string[];
}

const HEAD = '# Decisions about single articles, one entry for each article. `newsloom desk` edits this file, too.\n\n';

/**
 * In `changes`, null removes a key, and `topics` are merged into existing ones. Throws ConfigError CONFIG_INVALID if
 * the edit would lose anything.
 */
export async function editDeskFile(
  path: string,
  article: string,
  isOf: (article: string) => boolean,
  changes: DeskDecision,
): Promise<EditedDesk> {
  return withFileLock(path, async () => {
    const before = (await readToEdit(path)) ?? HEAD;
    const message = 'newsloom cannot edit this list because of its YAML layout; write it as a list of "- " entries';
    const edited = applyDecision(before, article, isOf, changes) ?? refuseEdit(path, 'desk', message);
    if (edited.text !== before) await replaceFile(path, edited.text);
    return edited;
  });
}

/** null if the file would not parse to the old values plus this change. */
export function applyDecision(
  text: string,
  article: string,
  isOf: (article: string) => boolean,
  changes: DeskDecision,
): EditedDesk | null {
  const document = parseDocument(text);
  const list = document.contents;
  if (document.errors.length > 0 || (list !== null && !isSeq(list))) return null;
  if (list?.flow === true && list.items.length > 0) return null;
  const values = (document.toJS() ?? []) as Record<string, unknown>[];
  const index = values.findIndex((value) => typeof value?.article === 'string' && isOf(value.article));
  const before = index < 0 ? { article: escapeVariables(article) } : values[index]!;
  const written = keepOtherTopics(before, escapeReferences(changes));
  const after = mergeChanges(before, written);
  const takenBack = Object.keys(before).filter((key) => written[key] === null);
  if (isDeepStrictEqual(before, after)) return { text, line: index < 0 ? null : findEntryLine(text, index), takenBack };
  // A note alone is not a decision.
  const isEmpty = Object.keys(after).every(
    (key) => key === 'article' || (key === 'note' && written.note === undefined),
  );
  const edited =
    index < 0
      ? appendEntry(removeEmptyList(text, list), after)
      : isEmpty
        ? removeEntry(text, list as YAMLSeq, index)
        : replaceItem(text, list as YAMLSeq, index, written);
  const expected =
    index < 0 ? [...values, after] : values.flatMap((value, i) => (i !== index ? [value] : isEmpty ? [] : [after]));
  if (!parsesAs(edited, expected)) return null;
  return {
    text: edited,
    line: isEmpty ? null : findEntryLine(edited, index < 0 ? expected.length - 1 : index),
    takenBack,
  };
}

function mergeChanges(before: DeskDecision, changes: DeskDecision): DeskDecision {
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));
}

function keepOtherTopics({ topics: known }: DeskDecision, changes: DeskDecision): DeskDecision {
  const { topics } = changes;
  if (!Array.isArray(known) || !Array.isArray(topics)) return changes;
  const decided = new Set(topics.map((topic: string) => topic.slice(1)));
  const kept = known.filter((topic) => !decided.has(String(topic).slice(1)));
  return { ...changes, topics: [...kept, ...topics] };
}

function findEntryLine(text: string, index: number): number {
  const list = parseDocument(text).contents as YAMLSeq;
  return createLineLookup(text)(findEntryStart(list, index)).line;
}

function findEntryStart(list: YAMLSeq, index: number): number {
  return (list.items[index] as YAMLMap).range![0];
}

function appendEntry(text: string, entry: DeskDecision): string {
  const newline = detectNewline(text);
  const indent = /^( *)- /m.exec(text)?.[1] ?? '';
  const line = stringify(entry, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trimEnd();
  return `${text}${text === '' || text.endsWith('\n') ? '' : newline}${indent}- ${line}${newline}`;
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
