/** Previews digests: the next issue and its closing time. Only reads the store. */
import { toLocalDate } from '../compose/digest-boundary.js';
import type { DigestSettings, Issue } from '../model/digest.js';
import { findOffset } from '../model/page.js';
import type { Settings } from '../model/settings.js';
import type { Store } from '../ports/store/store.js';
import type { IssueWriter } from '../write/digest/issue-writer.js';
import { prepareIntroductions } from './digest-introduction.js';
import { readStore } from './open-store.js';

export interface NextIssue {
  readonly id: string;
  /** It closes with the first news after this moment. */
  readonly closesAt: Date;
}

export interface PreviewedIssue extends NextIssue {
  /** The day on which it closes, in the section's time zone: `2026-11-09`. */
  readonly day: string;
  /** null: empty so far. */
  readonly issue: Pick<Issue, 'title' | 'items'> | null;
  /** The mail in plain text and in HTML; empty without an issue. */
  readonly text: string;
  readonly html: string;
}

/** The issue if it closed now; null: no such digest. Throws StoreError. */
export async function previewDigest(settings: Settings, id: string, now: Date): Promise<PreviewedIssue | null> {
  const digest = settings.digests?.find((one) => one.id === id);
  if (digest === undefined) return null;
  return await readStore(settings.store, async (store) => {
    const { previewIssue } = await import('../pipeline/publish/digests/close-issues.js');
    const deps = await openDigests(settings, store);
    const { closesAt, issue } = await previewIssue(digest, now, deps);
    const day = toLocalDate(closesAt, (at) => findOffset(deps.zone, at));
    if (issue === null) return { id, closesAt, day, issue, text: '', html: '' };
    return { id, closesAt, day, issue, ...renderMail(await deps.writer(), digest, issue) };
  });
}

/** The last closed issue as a mail; null: none. Throws StoreError. */
export async function renderLastIssue(settings: Settings, digest: DigestSettings) {
  return await readStore(settings.store, async (store) => {
    const { readIssue, readIssueRows } = await import('../pipeline/publish/digests/digest-notes.js');
    const row = (await readIssueRows(store, digest.id)).at(-1);
    const issue = row === undefined ? null : await readIssue(store, digest.id, row.number);
    if (issue === null) return null;
    return { issue, ...renderMail(await (await openDigests(settings, store)).writer(), digest, issue) };
  });
}

async function openDigests(settings: Settings, store: Store) {
  const { createDigestDeps } = await import('../pipeline/publish/digests/digests.js');
  const { readLeadRules } = await import('../pipeline/organize/apply-desk.js');
  const { readSiteTheme } = await import('./site-theme.js');
  const theme = await readSiteTheme(settings);
  const leads = await readLeadRules(settings, store);
  const readIntroduction = prepareIntroductions(settings);
  return await createDigestDeps({ store, settings, writers: [], theme, leads, readIntroduction });
}

function renderMail(writer: IssueWriter, { id, title }: DigestSettings, issue: Issue) {
  const words = { path: `digests/${id}`, title };
  return { text: writer.text(words, issue), html: writer.mail(words, issue) };
}

/** Closing times of each digest's next issue, in config order. */
export async function listNextIssues(settings: Settings, store: Store, now: Date): Promise<NextIssue[]> {
  const digests = settings.digests ?? [];
  if (digests.length === 0) return [];
  const { findNextClosing } = await import('../pipeline/publish/digests/close-issues.js');
  const { resolveDigestZone } = await import('../pipeline/publish/digests/zone.js');
  const zone = await resolveDigestZone(store, settings);
  return await Promise.all(
    digests.map(async (digest) => ({ id: digest.id, closesAt: await findNextClosing(digest, now, { store, zone }) })),
  );
}
