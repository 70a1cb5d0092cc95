/** Ends publishing when the published edition is current. */
import { settleNote } from './commit-note.js';
import type { EditionNews, Plan, PublishContext, PublishRun } from './edition-work.js';
import { saveSealed } from './sealed-files.js';
import type { PublishResult } from './written-edition.js';

/** Clears marks that affect no file: unpublished channels, and revisions of articles in full archive documents. */
export async function confirmUnchanged(
  { store, clock }: PublishContext,
  { options }: PublishRun,
  plan: Plan,
  announcer: EditionNews | null,
): Promise<PublishResult> {
  if (!options.dryRun) {
    const news = (await announcer?.news([])) ?? null;
    if (plan.dirty.length > 0 || news !== null) await store.clearDirty(plan.dirty, news);
    await settleNote(store, plan.note, options.now, clock.boot());
    await saveSealed(store, plan.sealed);
  }
  const files = { written: 0, unchanged: plan.files, removed: 0, bytes: 0 };
  return { files, changed: false, changedFeeds: [], written: [], removed: [], staged: new Map() };
}
