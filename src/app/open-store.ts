/** Opens the configured store of a site. */
import { StoreError } from '../model/errors.js';
import type { StoreSettings } from '../model/settings.js';
import type { Store, StoreMode } from '../ports/store/store.js';
import { backends } from '../store/backends.js';
import type { SqlBackend } from '../store/sql/store.js';

/** `read`: without a lock or changes; a missing store reads as empty. Throws StoreError. */
export async function openStore(settings: StoreSettings, mode: StoreMode): Promise<Store> {
  return (await loadBackend(settings)).open(settings, mode);
}

export async function readStore<T>(settings: StoreSettings, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(settings, 'read');
  return await read(store).finally(() => store.close());
}

/** Locks the store across several openings. Call the result to release it. Throws StoreError STORE_LOCKED. */
export async function lockStore(settings: StoreSettings): Promise<() => void | Promise<void>> {
  return (await loadBackend(settings)).lock(settings);
}

export function loadBackend({ kind }: Pick<StoreSettings, 'kind'>): Promise<SqlBackend> {
  const backend = backends.find(({ name }) => name === kind);
  if (backend === undefined) throw new StoreError('STORE_DRIVER', `unknown store kind "${kind}"`);
  return backend.load();
}
