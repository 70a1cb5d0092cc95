/** Opens the store of a site for writing. A store that is lost, damaged or older than the published edition is restored first. */
import { StoreError } from '../model/errors.js';
import type { RestoreCause } from '../model/restore-report.js';
import type { Settings } from '../model/settings.js';
import { isOlderThanFolder } from '../pipeline/restore/is-older.js';
import { isEmptyStore, readOwnManifest } from '../pipeline/restore/own-edition.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import { openSink } from './open-sink.js';
import { lockStore, openStore } from './open-store.js';
import type { RunSiteOptions } from './run-tools.js';

type RestoreOptions = Pick<RunSiteOptions, 'restore' | 'signal' | 'observer'>;

interface FoundStore {
  readonly store: Store;
  /** The sink used to compare edition and store; null: not needed. */
  readonly sink: Sink | null;
}

/** Without restoring, such a store would republish old news with new ids, or remove news. */
export async function openOrRestore(settings: Settings, options: RestoreOptions): Promise<FoundStore> {
  if (options.restore === 'never') return { store: await openStore(settings.store, 'write'), sink: null };
  // Another process must neither restore the store nor use it while it is moved aside.
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

/** Opens the locked store, or returns why to restore it. @throws StoreError STORE_CORRUPT if damaged and nothing is published. */
async function openCurrent(settings: Settings, signal: AbortSignal): Promise<FoundStore | RestoreCause['reason']> {
  const { store: at, site } = settings;
  const isPublished = async () =>
    at.kind !== 'memory' && (await readOwnManifest(await openSink(settings, { memory: null }), site.url)) !== null;
  let store: Store | null = null;
  try {
    store = await openStore(at, 'locked');
    const sink = await openSink(settings, { memory: store });
    const reason = (await isEmptyStore(store)) ? 'empty' : 'older';
    const stays =
      reason === 'older' ? !(await isOlderThanFolder(store, sink, site.url, signal)) : !(await isPublished());
    if (stays) return { store, sink };
    await store.close();
    return reason;
  } catch (error) {
    await store?.close().catch(() => {});
    if (error instanceof StoreError && error.code === 'STORE_CORRUPT' && (await isPublished())) return 'damaged';
    throw error;
  }
}

async function restoreStore(
  settings: Settings,
  reason: RestoreCause['reason'],
  { signal, observer }: RestoreOptions,
): Promise<Store> {
  const { restoreEdition } = await import('./restore-site.js');
  const { report, cause } = await restoreEdition(settings, reason, signal);
  observer.restored?.(report, cause);
  return await openStore(settings.store, 'locked');
}
