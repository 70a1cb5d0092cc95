/** Publishes an interrupted backfill before a run, without announcing it: older articles are not news. */
import { hasUnpublishedBackfill } from './read/backfill/unpublished-backfill.js';
import { run } from './run.js';
import type { RunContext, RunOptions } from './run-context.js';

/** Sends no requests and does not notify the observer. Rejects as `run` does. */
export async function publishInterruptedBackfill(
  context: RunContext,
  options: RunOptions,
  signal: AbortSignal,
): Promise<void> {
  if (options.unannounced === true || options.dryRun || !(await hasUnpublishedBackfill(context.store))) return;
  const { publishing: _, ...observer } = context.observer;
  const quiet = { ...context, observer: { ...observer, published: () => {} } };
  await run(quiet, { ...options, offline: true, unannounced: true }, signal);
}
