/** Publishes the store to the folder: composes, renders and checks what changed, then replaces it as a whole. */

import type { PublishResult } from './commit-edition.js';
import { settleNote } from './commit-note.js';
import { type Plan, planEdition } from './plan.js';
import type { PublishDeps } from './publish-deps.js';

/**
 * Publishes one edition. Where nothing changed, reads no articles and files. Throws PublishError: PUBLISH_REFUSED by the safety
 * checks, PUBLISH_FULL and PUBLISH_FAILED by the folder; StoreError; the signal's reason. The published edition then remains.
 */
export async function publish(deps: PublishDeps, signal: AbortSignal): Promise<PublishResult> {
  const plan = await planEdition(deps);
  if (!plan.needed && !plan.healthNeeded) return await nothingNew(deps, plan);
  const [{ commitEdition, resultOf }, { StagedFiles }, { dryRun }, { stageEdition, stageHealth }] = await tools();
  const publishing = deps.mode === 'publish' ? await deps.sink.begin() : dryRun(deps.sink);
  const files = new StagedFiles(publishing, plan.recorded);
  try {
    const staged = plan.needed ? await stageEdition(deps, plan, files, signal) : await stageHealth(deps, plan, files);
    signal.throwIfAborted();
    if (deps.mode === 'publish') return await commitEdition(deps, staged, publishing);
    await publishing.abort();
    return resultOf(deps, staged, { written: [...files.staged.keys()], removed: staged.removals, bytes: files.bytes });
  } catch (error) {
    await publishing.abort();
    throw error;
  }
}

/** Loaded only where something must be published. */
function tools() {
  return Promise.all([
    import('./commit-edition.js'),
    import('./staged-files.js'),
    import('./dry-run.js'),
    import('./stage-edition.js'),
  ]);
}

/** What is dirty all the same concerns no file: channels that are not published, revisions of what full archive documents show. */
async function nothingNew({ store, mode, now, boot, news }: PublishDeps, plan: Plan): Promise<PublishResult> {
  if (mode === 'publish') {
    const other = (await news?.([])) ?? null;
    if (plan.dirty.length > 0 || other !== null) await store.clearDirty(plan.dirty, other);
    await settleNote(store, plan.note, now, boot);
  }
  const files = { written: 0, unchanged: plan.files, removed: 0, bytes: 0 };
  return { files, changed: false, changedFeeds: [], written: [], removed: [], staged: new Map() };
}
