/** Opens the store that a site is configured with. */
import { StoreError } from '../model/errors.js';
import type { StoreSettings } from '../model/settings.js';
import type { Store, StoreMode } from '../ports/store/store.js';
import { backends } from '../store/backends.js';
import type { SqlBackend } from '../store/sql/store.js';

/** `read`: takes no lock and changes nothing; a missing store reads as an empty one. Throws StoreError. */
export async function openStore(settings: StoreSettings, mode: StoreMode): Promise<Store> {
  return (await backendOf(settings)).open(settings, mode);
}

/** Reads an open store, and closes it. Throws StoreError. */
export async function readStore<T>(settings: StoreSettings, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(settings, 'read');
  return await read(store).finally(() => store.close());
}

/** For what must not be interrupted by another process from one opening of the store to the next. Throws StoreError STORE_LOCKED. */
export async function lockStore(settings: StoreSettings): Promise<() => void | Promise<void>> {
  return (await backendOf(settings)).lock(settings);
}

export function backendOf({ kind }: Pick<StoreSettings, 'kind'>): Promise<SqlBackend> {
  const backend = backends.find(({ name }) => name === kind);
  if (backend === undefined) throw new StoreError('STORE_DRIVER', `there is no store of kind "${kind}"`);
  return backend.load();
}
