/** Lists the storage backends. Drivers are loaded only when a backend is used. */
import type { Backend } from '../ports/store/store.js';

export const backends: readonly { readonly name: string; load(): Promise<Backend> }[] = [
  { name: 'sqlite', load: async () => (await import('./sqlite/sqlite.js')).sqlite },
  { name: 'postgres', load: async () => (await import('./postgres/postgres.js')).postgres },
  { name: 'memory', load: async () => (await import('./sqlite/sqlite.js')).memory },
];
