/** The list of storage backends. Heavy drivers load only when chosen. */
import type { StoreSettings } from '../model/settings.js';
import type { Store } from '../ports/store/store.js';

export interface Backend {
  /** Opens for writing and takes the lock (STORE_LOCKED where another has it), or only for reading, without one. */
  open(settings: StoreSettings, mode: 'write' | 'read'): Promise<Store>;
}

/** `shared`: while one thread writes to it, others may open it for reading. */
export const backends: readonly { readonly name: string; readonly shared: boolean; load(): Promise<Backend> }[] = [
  { name: 'sqlite', shared: true, load: async () => (await import('./sqlite/sqlite.js')).sqlite },
  { name: 'memory', shared: false, load: async () => (await import('./sqlite/sqlite.js')).memory },
];
