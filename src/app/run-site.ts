/** Runs a site once. */
import { cacheSettings } from '../config/settings-cache.js';
import type { Settings } from '../model/settings.js';
import { version } from '../observe/version.js';
import type { RunResult } from '../pipeline/run.js';
import { openSite } from './open-site.js';
import type { RunSiteOptions } from './run-tools.js';

/** Opens a site, runs it and closes it. Rejects like `run`, with StoreError STORE_LOCKED if another process has the store. */
export async function runSite(settings: Settings, options: RunSiteOptions): Promise<RunResult> {
  const dryRun = options.dryRun ? await (await import('./dry-run.js')).copyToTemporaryStore(settings.store) : null;
  const store = dryRun?.settings ?? settings.store;
  try {
    const site = await openSite({ ...settings, store }, options);
    if (dryRun === null) await cacheSettings(settings, version);
    return await site.run(settings, options).finally(() => site.close());
  } finally {
    await dryRun?.remove();
  }
}
