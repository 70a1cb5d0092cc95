/** Opens the store of a site for writing, and restores it from the published edition if it is lost, older than that, or damaged. */

import type { RestoreCause } from '../model/restore-report.js';
import type { Settings } from '../model/settings.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import { openCurrent } from './open-current.js';
import { lockStore, openStore } from './open-store.js';
import type { RunSiteOptions } from './run-open-site.js';

type RestoreOptions = Pick<RunSiteOptions, 'restore' | 'signal' | 'observer'>;

interface FoundStore {
  readonly store: Store;
  /** Opened to compare the edition with the store; null: it was not needed. */
  readonly sink: Sink | null;
}

/** Such a store would publish old news as new under new ids, or remove news. */
export async function openOrRestore(settings: Settings, options: RestoreOptions): Promise<FoundStore> {
  if (options.restore === 'never') return { store: await openStore(settings.store, 'write'), sink: null };
  // Held throughout: another process must neither restore the same store, nor use it while it is put aside.
  const release = await lockStore(settings.store);
  try {
    const found = await openCurrent(settings, options.signal);
    const { store, sink } =
      typeof found === 'string' ? { store: await restoreStore(settings, found, options), sink: null } : found;
    return { store: { ...store, close: () => store.close().finally(release) }, sink };
  } catch (error) {
    await release();
    throw error;
  }
}

async function restoreStore(
  settings: Settings,
  reason: RestoreCause['reason'],
  { signal, observer }: RestoreOptions,
): Promise<Store> {
  const { restoreFrom } = await import('./restore-site.js');
  const { report, cause } = await restoreFrom(settings, reason, signal);
  observer.restored?.(report, cause);
  return await openStore(settings.store, 'locked');
}
