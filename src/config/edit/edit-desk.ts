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
): { readonly text: string; readonly entries: readonly EditedEntry[] } | null {
  const document = parseDocument(text);
  const list = document.contents;
  if (document.errors.length > 0 || (list !== null && !isSeq(list))) return null;
  if (list?.flow === true && list.items.length > 0) return null;
  const values = (document.toJS() ?? []) as DeskDecision[];
  const old = values.map((before, index): Entry => ({ index, before, written: {}, after: before }));
  const entries = [...old];
  // The first of several entries counts.
  const places = new Map(old.toReversed().map((entry) => [urlKey(String(entry.before?.article)), entry]));
  const decided = articles.map(({ name, keys }) => {
    const [known] = keys.flatMap((key) => places.get(key) ?? []).sort((a, b) => a.index - b.index);
    const made = { index: entries.length, before: { article: escapeVariables(name) }, written: {}, after: null };
    const entry: Entry = known ?? made;
    if (known === undefined) entries.push(entry);
    for (const key of keys) places.set(key, entry);
    decideEntry(entry, escapeReferences(changes));
    return entry;
  });
  // From the end: the offsets before an entry stay.
  const kept = old.reduceRight((one, entry) => editEntry(one, list as YAMLSeq, entry), text);
  const edited = appendEntries(kept, list, entries.slice(old.length).flatMap(({ after }) => (after === null ? [] : [after]))); // biome-ignore format: one line
  const left = entries.filter(({ after }) => after !== null);
  if (!parsesAs(edited, left.map(({ after }) => after))) return null; // biome-ignore format: one line
  const lines = listEntryLines(edited);
  const lineOf = new Map(left.map((entry, i) => [entry, lines[i]!]));
  const takeBack = ({ before, written }: Entry) => Object.keys(before).filter((key) => written[key] === null);
  return { text: edited, entries: decided.map((one) => ({ line: lineOf.get(one) ?? null, takenBack: takeBack(one) })) };
}

interface Entry {
  readonly index: number;
  readonly before: DeskDecision;
  written: DeskDecision;
  /** null: not in the file. */
  after: DeskDecision | null;
}

function decideEntry(entry: Entry, changes: DeskDecision): void {
  const { before } = entry;
  const written = keepOtherTopics(before, changes);
  const after = Object.fromEntries(Object.entries({ ...before, ...written }).filter(([, value]) => value !== null));
  entry.written = written;
  if (isDeepStrictEqual(before, after)) return;
  // A note alone is not a decision.
  const isEmpty = Object.keys(after).every(
    (key) => key === 'article' || (key === 'note' && written.note === undefined),
  );
  entry.after = isEmpty ? null : after;
}

function editEntry(text: string, list: YAMLSeq, { index, before, written, after }: Entry): string {
  if (after === before) return text;
  if (after !== null) return replaceItem(text, list, index, written);
  const left = cutItem(text, list, index, '') ?? text;
  // An empty file would count as lost.
  return left.trim() === '' ? HEAD : left;
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

function appendEntries(old: string, list: YAMLSeq | null, entries: readonly DeskDecision[]): string {
  if (entries.length === 0) return old;
  const [from = 0, to = 0] = list?.flow === true ? list.range! : [];
  const text = to === 0 ? old : old.slice(0, from) + old.slice(to).replace(/^\r?\n/, '');
  const newline = detectNewline(text);
  const start = `${/^( *)- /m.exec(text)?.[1] ?? ''}- `;
  const flow = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true } as const;
  const lines = entries.map((entry) => start + stringify(entry, flow).trimEnd() + newline);
  return `${text}${text === '' || text.endsWith('\n') ? '' : newline}${lines.join('')}`;
}
