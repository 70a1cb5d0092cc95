/** Lists the storage backends and loads their drivers on demand. */
import type { SqlBackend } from './sql/store.js';

export const backends: readonly { readonly name: string; load(): Promise<SqlBackend> }[] = [
  { name: 'sqlite', load: async () => (await import('./sqlite/sqlite.js')).sqlite },
  { name: 'postgres', load: async () => (await import('./postgres/postgres.js')).postgres },
  { name: 'memory', load: async () => (await import('./sqlite/sqlite.js')).memory },
];
