/** Lists the storage backends. Drivers are loaded only when a backend is used. */
import type { SqlBackend } from './sql/store.js';

export const backends: readonly { readonly name: string; load(): Promise<SqlBackend> }[] = [
  { name: 'sqlite', load: async () => (await import('./sqlite/sqlite.js')).sqlite },
  { name: 'postgres', load: async () => (await import('./postgres/postgres.js')).postgres },
  { name: 'memory', load: async () => (await import('./sqlite/sqlite.js')).memory },
];
