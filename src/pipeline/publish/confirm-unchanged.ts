/** Ends publishing if the published edition is what the store holds. */
import { settleNote } from './commit-note.js';
import type { EditionNews, Plan, PublishContext, PublishRun } from './edition-work.js';
import type { PublishResult } from './written-edition.js';

/** Marks that remain concern no file: channels that are not published, revisions of what full archive documents show. */
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
  }
  const files = { written: 0, unchanged: plan.files, removed: 0, bytes: 0 };
  return { files, changed: false, changedFeeds: [], written: [], removed: [], staged: new Map() };
}
