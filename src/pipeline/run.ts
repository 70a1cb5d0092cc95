/** Executes one run: read → organize → publish → announce → report. */

import { NewsloomError, StoreError } from '../model/errors.js';
import type { BuildReport } from '../model/report.js';
import type { Store } from '../ports/store/store.js';
import { announceEdition, openAnnouncer } from './announce/announce.js';
import { applyRenames } from './organize/carry-names-over.js';
import { organize } from './organize/organize.js';
import { prepareEdition } from './publish/prepare-edition.js';
import { publish } from './publish/publish.js';
import { noteUnpublishedBackfill } from './read/backfill/unpublished-backfill.js';
import { HostPacing } from './read/host-pacing.js';
import { addListedSources } from './read/lists/add-listed-sources.js';
import { readSources, type SourcesRead } from './read/read.js';
import { countStored, makeReport } from './report.js';
import type { CurrentRun, RunContext, RunOptions } from './run-context.js';
import { createCounts, type RunCounts } from './run-counts.js';

/** `no-source`: nothing was published, because every source failed or none was ever read. */
export interface RunResult {
  readonly kind: 'published' | 'no-source';
  readonly report: BuildReport;
}

/**
 * Rejects with `StoreError`, `PublishError` or the signal's reason; saved sources and published files stay. Throws an
 * unexpected error in one source after publishing the others.
 */
export async function run(given: RunContext, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
  const { store, clock, observer } = given;
  const { dryRun, unannounced = false } = options;
  const counts = createCounts(clock.elapsed());
  const current: CurrentRun = { options, signal, pacing: new HostPacing(), counts };

  await applyRenames(store, given.settings, given.tagging.fingerprint);
  const context = await addListedSources(given, current);
  const sources = await readSources(context, current);
  counts.storedBefore = await countStored(store);
  if (isNothingReadable(context, current, sources))
    return { kind: 'no-source', report: await makeReport(context, current, sources.feeds) };
  signal.throwIfAborted();

  observer.publishing?.();
  try {
    await organize(context, current, sources);
    const contents = await prepareEdition(context, current, sources.states);
    const announcer = await openAnnouncer(context, current, sources.states);
    const edition = await publish(context, current, contents, announcer);
    counts.published = await announceEdition(context, current, edition, announcer);
    if (unannounced && !dryRun) await noteUnpublishedBackfill(store, false);
    if (!dryRun) await eraseForgotten(store, counts);
  } catch (error) {
    if (error instanceof NewsloomError) observer.failed?.(await makeReport(context, current, sources.feeds));
    throw error;
  }

  const report = await makeReport(context, current, sources.feeds);
  const [bug] = counts.bugs;
  if (bug === undefined) return { kind: 'published', report };
  observer.failed?.(report);
  throw bug;
}

/** True if every source failed, or nothing is stored and nothing was read (failed sources may not be due yet). */
function isNothingReadable(
  { settings }: RunContext,
  { options, counts }: CurrentRun,
  { feeds, isAnyRead }: SourcesRead,
): boolean {
  const wanted = feeds.length + (settings.lists ?? []).length;
  const { fetched, notModified, storedBefore, bugs, failures } = counts;
  const hasNone = fetched + notModified + storedBefore + bugs.length === 0;
  return wanted > 0 && (failures.length === wanted || (hasNone && !options.offline && !isAnyRead));
}

/** Runs last, because the edition may use the texts until then. After a failure, the next run erases them. */
async function eraseForgotten(store: Pick<Store, 'eraseDeletedTexts'>, { warnings }: RunCounts): Promise<void> {
  try {
    await store.eraseDeletedTexts();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const message = `deleted texts may remain in the store file until the next run: ${error.message}`;
    warnings.push({ sourceId: 'store.path', message });
  }
}
