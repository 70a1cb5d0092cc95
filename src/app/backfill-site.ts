/** Brings older articles of a source into a site: reads it first where it never was, walks back, then publishes what came. */

import type { Settings } from '../model/settings.js';
import type { SourceId } from '../model/source.js';
import type { BackfillOptions, BackfillReport } from '../pipeline/read/backfill/backfill.js';
import type { RunObserver } from '../pipeline/run-observer.js';
import { openSite, type RunSiteOptions } from './open-site.js';

export type { BackfillReport } from '../pipeline/read/backfill/backfill.js';

export interface BackfillSiteOptions extends BackfillOptions {
  readonly signal: AbortSignal;
  readonly observer: RunObserver;
  readonly resolve?: RunSiteOptions['resolve'];
}

/** Nothing of it is announced. Rejects as a run does; StoreError STORE_LOCKED where another process has the store. */
export async function backfillSite(
  settings: Settings,
  id: SourceId,
  options: BackfillSiteOptions,
): Promise<BackfillReport> {
  const run = {
    ...options,
    force: false,
    only: new Set([id]),
    offline: false,
    dryRun: false,
    forcePublish: false,
  };
  const site = await openSite(settings, options);
  try {
    if (!(await site.wasRead(settings, id))) await site.run(settings, run);
    const report = await site.backfill(settings, id, options);
    if (report.added > 0) await site.run(settings, { ...run, offline: true, silent: true });
    return report;
  } finally {
    await site.close();
  }
}
