/** Lists the storage backends. Drivers are loaded only when a backend is used. */
import type { StoreSettings } from '../model/settings.js';
import type { Store } from '../ports/store/store.js';

export interface Backend {
  /** Opens for writing and takes the lock (STORE_LOCKED where another process has it), or only for reading, without a lock. */
  open(settings: StoreSettings, mode: 'write' | 'read'): Promise<Store>;
}

export const backends: readonly { readonly name: string; load(): Promise<Backend> }[] = [
  { name: 'sqlite', load: async () => (await import('./sqlite/sqlite.js')).sqlite },
  { name: 'memory', load: async () => (await import('./sqlite/sqlite.js')).memory },
];
