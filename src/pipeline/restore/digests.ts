/** Restores closed digest issues from their published JSON files. */
import type { EditionSettings } from '../../compose/settings.js';
import type { ArticleRef } from '../../model/article.js';
import type { DigestSettings } from '../../model/digest.js';
import type { Sink } from '../../ports/sink.js';
import type { Store } from '../../ports/store/store.js';
import { issueId, issueInputs } from '../publish/digests/digest-files.js';
import { readIssueRows, type StoredIssue, saveDigestState, saveIssues } from '../publish/digests/digest-notes.js';
import { issueNote } from '../publish/digests/issue-note.js';
import { listLicences } from '../publish/digests/revise-issues.js';
import { listPublishedDocuments, readPublishedDocument } from './published-documents.js';

/**
 * `upTo`: the last restored article, taken as the state when the last issue closed. Resolves with the inputs of issue files by path,
 * so that the next run keeps these files.
 */
export async function restoreDigests(
  {
    store,
    sink,
    settings,
  }: { readonly store: Store; readonly sink: Pick<Sink, 'read'>; readonly settings: EditionSettings },
  paths: readonly string[],
  upTo: ArticleRef,
  problems: string[],
): Promise<ReadonlyMap<string, string>> {
  const inputs = new Map<string, string>();
  for (const digest of settings.digests ?? []) {
    const issues = await readIssues(digest, paths, { sink, settings, problems });
    const last = issues.at(-1);
    if (last === undefined) continue;
    await saveIssues(store, digest.id, issues);
    const rights = listLicences(settings);
    const closedAt = last.closedAt.getTime();
    await saveDigestState(store, digest.id, { closedAt, upTo, revision: last.number, issuedAt: closedAt, rights });
    for (const row of await readIssueRows(store, digest.id)) {
      const folder = `digests/${digest.id}/`;
      const mail = `${folder}mail/${row.number}`;
      for (const path of [`${folder}${row.number}.html`, `${folder}${row.number}.json`, `${mail}.htm`, `${mail}.txt`])
        inputs.set(path, issueInputs(row));
    }
  }
  return inputs;
}

/** Returns the oldest first. */
async function readIssues(
  digest: DigestSettings,
  paths: readonly string[],
  about: { readonly sink: Pick<Sink, 'read'>; readonly settings: EditionSettings; readonly problems: string[] },
): Promise<StoredIssue[]> {
  const contents = await readPublishedContents(digest, paths, about);
  const issues: StoredIssue[] = [];
  const folder = `digests/${digest.id}/`;
  for (const path of paths.filter(
    (one) => one.startsWith(folder) && /^[1-9]\d*\.json$/.test(one.slice(folder.length)),
  )) {
    const bytes = await about.sink.read(path);
    try {
      const issue = issueNote.parse(JSON.parse(Buffer.from(bytes ?? '').toString('utf8')));
      const content = contents.get(issueId(digest, issue.number, about.settings));
      issues.push({ ...issue, content: content ?? '' });
    } catch {
      about.problems.push(bytes === null ? `${path} is missing` : `${path} is not a digest issue`);
    }
  }
  return issues.sort((a, b) => a.number - b.number);
}

/** Maps issue ids to their content in the digest's feed. */
async function readPublishedContents(
  { id }: DigestSettings,
  paths: readonly string[],
  { sink, problems }: { readonly sink: Pick<Sink, 'read'>; readonly problems: string[] },
): Promise<ReadonlyMap<string, string>> {
  const heads = paths.filter((path) => path.startsWith(`digests/${id}.`));
  const [document] = listPublishedDocuments(heads);
  if (document === undefined) return new Map();
  const feed = await readPublishedDocument(document, sink, () => false, problems);
  return new Map((feed?.items ?? []).map((entry) => [entry.id, entry.contentHtml ?? '']));
}
