/** Publishes the store to the folder: stages changes, checks them and commits the edition as a whole. */
import type { Publishing } from '../../ports/sink.js';
import { confirmUnchanged } from './confirm-unchanged.js';
import type { EditionContents, EditionNews, EditionWork, PublishContext, PublishRun } from './edition-work.js';
import { planEdition } from './plan-edition.js';
import { type PublishResult, reportChange, type WrittenEdition } from './written-edition.js';

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
  const { store, clock, observer, publishing } = context;
  const { dryRun } = current.options;
  const began = clock.elapsed();
  let outcome: 'changed' | 'unchanged' | 'failed' = 'failed';
  let edition: Publishing | null = null;
  try {
    const plan = await planEdition(context, contents);
    let result: PublishResult;
    if (plan.needed || plan.healthNeeded) {
      const steps = await loadSteps();
      edition = dryRun ? steps.rehearseEdition(publishing.sink) : await publishing.sink.begin();
      const files = new steps.StagedFiles(edition, plan);
      const work: EditionWork = { context, current, contents, plan, files, channels: [] };
      if (plan.needed) {
        await steps.stageChannels(work);
        await steps.stageParts(work);
      }
      await steps.stageHealth(work);
      steps.keepUnchanged(work);
      if (plan.needed) {
        await steps.stageManifest(work);
        steps.checkSafety(work);
      }
      current.signal.throwIfAborted();
      result = await steps.commitEdition(work, edition, announcer);
    } else {
      result = await confirmUnchanged(context, current, plan, announcer);
    }
    if (!dryRun) await store.dropKeptCopies();
    outcome = result.changed ? 'changed' : 'unchanged';
    return reportChange(result, contents, observer);
  } catch (error) {
    await edition?.abort();
    throw error;
  } finally {
    observer.meter?.published(clock.elapsed() - began, outcome);
  }
}

async function loadSteps() {
  const [
    { StagedFiles },
    { rehearseEdition },
    { stageChannels },
    { stageParts, stageHealth, stageManifest },
    { keepUnchanged },
    { checkSafety },
    { commitEdition },
  ] = await Promise.all([
    import('./staged-files.js'),
    import('./dry-run.js'),
    import('./stage-channels.js'),
    import('./stage-parts.js'),
    import('./keep-unchanged.js'),
    import('./safety-checks.js'),
    import('./commit-edition.js'),
  ]);
  return {
    StagedFiles,
    rehearseEdition,
    stageChannels,
    stageParts,
    stageHealth,
    stageManifest,
    keepUnchanged,
    checkSafety,
    commitEdition,
  };
}
