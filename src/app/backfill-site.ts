/** Backfills older articles of a source: reads the source if it is new, walks back, then publishes the articles. */

import type { Settings } from '../model/settings.js';
import type { SourceId } from '../model/source.js';
import { version } from '../observe/version.js';
import { createTagging } from '../pipeline/facts/tagging.js';
import type { BackfillOptions, BackfillReport } from '../pipeline/read/backfill/backfill.js';
import { createReader } from '../pipeline/read/reader/reader.js';
import type { RunObserver } from '../pipeline/run-observer.js';
import type { Store } from '../ports/store/store.js';
import { createFetcher } from './http-clients.js';
import { machineClock } from './machine-clock.js';
import { openSite } from './open-site.js';
import { type RunSiteOptions, truncateToSeconds } from './run-tools.js';
import { loadListedSources } from './settings-with-listed.js';

export type { BackfillReport } from '../pipeline/read/backfill/backfill.js';

export interface BackfillSiteOptions extends BackfillOptions {
  readonly signal: AbortSignal;
  readonly observer: RunObserver;
  readonly resolve?: RunSiteOptions['resolve'];
}

/** Announces nothing. Rejects like a run, with StoreError STORE_LOCKED if another process has the store. */
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
    if (!(await wasRead(site.store, id))) await site.run(settings, run);
    const report = await backfillSource(site.store, settings, id, options);
    if (report.added > 0) await site.run(settings, { ...run, offline: true, unannounced: true });
    return report;
  } finally {
    await site.close();
  }
}

async function wasRead(store: Store, id: SourceId): Promise<boolean> {
  return (await store.fetchStates()).get(id)?.lastSuccessAt != null;
}

/** Needs a writable store. Leaves publishing to the next run. */
export async function backfillSource(
  store: Store,
  configured: Settings,
  id: SourceId,
  options: Omit<BackfillSiteOptions, 'observer'>,
): Promise<BackfillReport> {
  const settings = await loadListedSources(configured, store);
  const source = settings.sources.find((one) => one.id === id)!;
  const fetcher = createFetcher(settings, options);
  const reader = createReader();
  const { backfill } = await import('../pipeline/read/backfill/backfill.js');
  const deps = {
    store,
    settings,
    reading: { fetcher, reader, readerVersion: version },
    clock: machineClock,
    tagging: createTagging(settings),
  };
  const now = truncateToSeconds(options.now);
  return await backfill(source, deps, { ...options, now }, options.signal).finally(() =>
    Promise.all([fetcher.close(), reader.close()]),
  );
}
