/** Stored state of digests: progress and closed issues. */

import type { ArticleRef } from '../../../model/article.js';
import type { Issue } from '../../../model/digest.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';

export type NoteStore = Pick<Store, 'readJson' | 'saveMeta'>;

/** `content`: the feed content, fixed when the issue closed. Empty: restored, and no longer in a feed. */
export interface StoredIssue extends Issue {
  readonly content: string;
}
export interface DigestState {
  /** Last closing time, whether or not an issue had content. Milliseconds. */
  readonly closedAt: number;
  readonly upTo: ArticleRef;
  /** Increases with each change of an issue; 0: no issues. */
  readonly revision: number;
  /** Closing time of the last issue. Milliseconds; null: no issues. */
  readonly issuedAt: number | null;
  readonly rights: Readonly<Record<string, string>>;
}

export interface IssueRow extends Pick<Issue, 'number' | 'closedAt' | 'title'> {
  readonly digest: string;
  readonly ids: readonly string[];
}
type WrittenRow = Omit<IssueRow, 'closedAt'> & { readonly closedAt: string };

/** null: not started. */
export async function readDigestState(store: NoteStore, id: string): Promise<DigestState | null> {
  return await store.readJson<DigestState>(`digest ${id}`);
}

export async function saveDigestState(store: NoteStore, id: string, value: DigestState): Promise<void> {
  await store.saveMeta(`digest ${id}`, JSON.stringify(value));
}

/** Oldest first. */
export async function readIssueRows(store: NoteStore, id: string): Promise<readonly IssueRow[]> {
  const rows = (await store.readJson<WrittenRow[]>(`digest ${id} issues`)) ?? [];
  return rows.map((row) => ({ ...row, closedAt: new Date(row.closedAt) }));
}

export async function readIssue(store: NoteStore, id: string, number: number): Promise<StoredIssue | null> {
  const { storedIssue } = await import('./issue-note.js');
  const value = await store.readJson(issueKey(id, number));
  return value === null ? null : storedIssue.parse(value);
}

export async function saveIssues(store: NoteStore, id: string, issues: readonly StoredIssue[]): Promise<void> {
  const rows = new Map((await readIssueRows(store, id)).map((one) => [one.number, one]));
  for (const issue of issues) {
    const text = JSON.stringify(issue);
    await store.saveMeta(issueKey(id, issue.number), text);
    rows.set(issue.number, { ...toIssueRow(issue), digest: contentDigest(text) });
  }
  const sorted = [...rows.values()].sort((a, b) => a.number - b.number);
  await store.saveMeta(`digest ${id} issues`, JSON.stringify(sorted));
}

function toIssueRow({ number, closedAt, title, items }: Issue): Omit<IssueRow, 'digest'> {
  const ids = items.flatMap((item) => [item.id, ...item.others.map((other) => other.id)]);
  return { number, closedAt, title, ids };
}

function issueKey(id: string, number: number): string {
  return `digest ${id} issue ${number}`;
}
