/** What we remember of sources and of the hosts that they live on. */
import type { FetchState, HostState, SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';
import { readFetchState, writeFetchState } from './fetch-state.js';
import type { SnapshotRepository } from './memory.js';

export interface SourceRepository {
  get(id: SourceId): FetchState | null;
  /** Within a transaction. */
  put(state: FetchState): void;
}

export function openSourceRepository(db: Connection): SourceRepository {
  const get = db.prepare<{ state: string }>('SELECT state FROM source WHERE id = ?');
  const put = db.prepare('INSERT INTO source VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state');
  return {
    get: (id) => {
      const row = get.get(id);
      return row === undefined ? null : readFetchState(row.state);
    },
    put: (state) => void put.run(state.sourceId, writeFetchState(state)),
  };
}

type Methods = Sync<
  Pick<Store, 'fetchStates' | 'saveFetches' | 'documentSnapshot' | 'forgetSources' | 'hosts' | 'saveHosts'>
>;

export interface SourceParts {
  readonly db: Connection;
  readonly sources: SourceRepository;
  readonly memory: SnapshotRepository;
}

export function sourceMethods({ db, sources, memory }: SourceParts): Methods {
  const states = db.prepare<{ id: string; state: string }>('SELECT id, state FROM source');
  const forget = db.prepare('DELETE FROM source WHERE id = ?');
  return {
    fetchStates: () => new Map(states.all().map(({ id, state }) => [id, readFetchState(state)])),
    saveFetches: (fetched) => db.write(() => fetched.forEach(sources.put)),
    documentSnapshot: memory.get,
    forgetSources: (ids) =>
      db.write(() => {
        for (const id of ids) {
          forget.run(id);
          memory.put(id, null);
        }
      }),
    ...hostMethods(db),
  };
}

function hostMethods(db: Connection): Sync<Pick<Store, 'hosts' | 'saveHosts'>> {
  const all = db.prepare<{ host: string; not_before: number }>('SELECT * FROM host');
  const put = db.prepare('INSERT INTO host VALUES (?, ?) ON CONFLICT DO UPDATE SET not_before = excluded.not_before');
  return {
    hosts: () => all.all().map((row): HostState => ({ host: row.host, notBefore: new Date(row.not_before) })),
    saveHosts: (hosts) =>
      db.write(() => {
        for (const { host, notBefore } of hosts) put.run(host, notBefore.getTime());
      }),
  };
}
