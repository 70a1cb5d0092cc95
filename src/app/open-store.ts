/** Opens the store that a site is configured with. */
import { StoreError } from '../model/errors.js';
import type { StoreSettings } from '../model/settings.js';
import type { Store } from '../ports/store/store.js';
import { backends } from '../store/backends.js';

/** `read`: takes no lock and changes nothing; a missing store reads as an empty one. Throws StoreError. */
export async function openStore(settings: StoreSettings, mode: 'write' | 'read'): Promise<Store> {
  const backend = backends.find(({ name }) => name === settings.kind);
  if (backend === undefined) throw new StoreError('STORE_DRIVER', `there is no store of kind "${settings.kind}"`);
  return (await backend.load()).open(settings, mode);
}
