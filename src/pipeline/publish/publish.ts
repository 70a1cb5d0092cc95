/** Publishes the store to the folder: stages changes, checks them and commits the edition as a whole. */
import { confirmUnchanged } from './confirm-unchanged.js';
import type { EditionContents, EditionNews, PublishContext, PublishRun } from './edition-work.js';
import { planEdition } from './plan-edition.js';
import { reportChange, type WrittenEdition } from './written-edition.js';

/**
 * If nothing changed, reads no articles and files. Throws PublishError (PUBLISH_REFUSED, PUBLISH_FULL or
 * PUBLISH_FAILED), StoreError, or the signal's reason; the published edition then remains.
 */
export async function publish(
  context: PublishContext,
  current: PublishRun,
  contents: EditionContents,
  announcer: EditionNews | null,
): Promise<WrittenEdition> {
  const { store, clock, observer } = context;
  const { dryRun } = current.options;
  const began = clock.elapsed();
  let outcome: 'changed' | 'unchanged' | 'failed' = 'failed';
  try {
    const plan = await planEdition(context, contents);
    const result =
      plan.needed || plan.healthNeeded
        ? await (await import('./publish-changes.js')).publishChanges({ context, current, contents, plan }, announcer)
        : await confirmUnchanged(context, current, plan, announcer);
    if (!dryRun) await store.dropKeptCopies();
    outcome = result.changed ? 'changed' : 'unchanged';
    return reportChange(result, contents, observer);
  } finally {
    observer.meter?.published(clock.elapsed() - began, outcome);
  }
}
