/** Stages a changed edition, checks it and commits it as a whole. Loaded only if something changed. */
import { commitEdition } from './commit-edition.js';
import { rehearseEdition } from './dry-run.js';
import type { EditionNews, EditionWork } from './edition-work.js';
import { keepUnchanged } from './keep-unchanged.js';
import { checkSafety } from './safety-checks.js';
import { ScratchFile } from './scratch-file.js';
import { stageChannels } from './stage-channels.js';
import { stageHealth, stageManifest, stageParts } from './stage-parts.js';
import { StagedFiles } from './staged-files.js';
import type { PublishResult } from './written-edition.js';

/** Rejects like `publish`; the published edition then remains. */
export async function publishChanges(
  given: Pick<EditionWork, 'context' | 'current' | 'contents' | 'plan'>,
  announcer: EditionNews | null,
): Promise<PublishResult> {
  const { context, current, plan } = given;
  const { sink } = context.publishing;
  const { dryRun, rehearsed } = current.options;
  const edition = dryRun ? rehearseEdition(sink, rehearsed) : await sink.begin();
  const scratch = new ScratchFile();
  try {
    const files = new StagedFiles(edition, plan);
    const work: EditionWork = { ...given, files, scratch, channels: [] };
    if (plan.needed) {
      await stageChannels(work);
      await stageParts(work);
    }
    await stageHealth(work);
    keepUnchanged(work);
    if (plan.needed) {
      await stageManifest(work);
      checkSafety(work);
    }
    current.signal.throwIfAborted();
    return await commitEdition(work, edition, announcer);
  } catch (error) {
    await edition.abort();
    throw error;
  } finally {
    scratch.close();
  }
}
