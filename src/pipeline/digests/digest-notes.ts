/** What the store keeps of digests: which moment each has reached, and its closed issues as they were. */
import type { z as Zod } from 'zod';
import type { Issue } from '../../model/asked/digest.js';
import { z } from '../../model/zod.js';
import type { Store } from '../../ports/store/store.js';
import { contentDigest } from '../../text/digest.js';

export type NoteStore = Pick<Store, 'note' | 'saveMeta'>;

const dateField = z.union([z.string(), z.date()]).pipe(z.coerce.date());
const link = {
  id: z.string(),
  url: z.string(),
  title: z.string(),
  publication: z.string(),
  publishedAt: dateField,
};

/** An issue as it is stored, and published beside its pages (`digests/<id>/<n>.json`). */
export const issueNote = z.object({
  number: z.int().min(1),
  closedAt: dateField,
  title: z.string(),
  items: z.array(
    z.object({
      ...link,
      sourceId: z.string(),
      summary: z.string(),
      language: z.string().nullable(),
      others: z.array(z.object(link)),
      more: z.int().min(0),
    }),
  ),
});

/** An issue, with its text for feeds, which stays as it is whatever newsloom writes later. Empty: restored, and in no feed any more. */
export interface StoredIssue extends Issue {
  readonly content: string;
}
const storedIssue = issueNote.extend({ content: z.string() });

const state = z.object({
  /** The last moment at which an issue closed, or had nothing to close with. Milliseconds. */
  closedAt: z.number(),
  /** Articles up to this ref were there by then. */
  upTo: z.number(),
  /** Increased with each change of any issue; 0: there is none yet. */
  revision: z.number(),
  /** When the last issue closed. Milliseconds; null: there is none yet. */
  issuedAt: z.number().nullable(),
  /** The licences under which its issues show what they show. */
  rights: z.record(z.string(), z.string()),
});
export type DigestState = Zod.output<typeof state>;

const row = z.object({
  number: z.int().min(1),
  closedAt: dateField,
  title: z.string(),
  /** Changes with the issue. */
  digest: z.string(),
  /** Ids of all articles that it shows. */
  ids: z.array(z.string()),
});
/** What is looked up in all issues. */
export type IssueRow = Zod.output<typeof row>;

/** null: it has not begun. */
export async function readDigestState(store: NoteStore, id: string): Promise<DigestState | null> {
  return await read(store, `digest ${id}`, state);
}

export async function saveDigestState(store: NoteStore, id: string, value: DigestState): Promise<void> {
  await store.saveMeta(`digest ${id}`, JSON.stringify(value));
}

/** Oldest first. */
export async function readIssueRows(store: NoteStore, id: string): Promise<readonly IssueRow[]> {
  return (await read(store, `digest ${id} issues`, z.array(row))) ?? [];
}

export async function readIssue(store: NoteStore, id: string, number: number): Promise<StoredIssue | null> {
  return await read(store, issueKey(id, number), storedIssue);
}

/** The issues of a digest, new or changed, with the list of all. */
export async function saveIssues(store: NoteStore, id: string, issues: readonly StoredIssue[]): Promise<void> {
  const rows = new Map((await readIssueRows(store, id)).map((one) => [one.number, one]));
  for (const issue of issues) {
    const text = JSON.stringify(issue);
    await store.saveMeta(issueKey(id, issue.number), text);
    rows.set(issue.number, { ...rowOf(issue), digest: contentDigest(text) });
  }
  const sorted = [...rows.values()].sort((a, b) => a.number - b.number);
  await store.saveMeta(`digest ${id} issues`, JSON.stringify(sorted));
}

function rowOf({ number, closedAt, title, items }: Issue): Omit<IssueRow, 'digest'> {
  const ids = items.flatMap((item) => [item.id, ...item.others.map((other) => other.id)]);
  return { number, closedAt, title, ids };
}

function issueKey(id: string, number: number): string {
  return `digest ${id} issue ${number}`;
}

async function read<T extends Zod.ZodType>(store: NoteStore, key: string, shape: T): Promise<Zod.output<T> | null> {
  const value = await store.note(key, (found) => shape.safeParse(found).success);
  return value === null ? null : shape.parse(value);
}
