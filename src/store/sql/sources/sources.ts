/** Stores the states of sources and hosts. */
import type { FetchState, SourceId } from '../../../model/source.js';
import type { SourceStore } from '../../../ports/store/sources.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
import { feedsIn } from './feeds-in.js';
import { fetchStateFromJson, fetchStateToJson } from './fetch-state.js';
import { saveSourceChanges } from './save-fetch.js';
import { dropSnapshot, readSnapshot } from './snapshots.js';

export function readSourceState(db: Connection, id: SourceId): FetchState | null {
  const row = db.get<{ state: string }>('SELECT state FROM source WHERE id = ?', id);
  return row === undefined ? null : fetchStateFromJson(row.state);
}

/** Call in a transaction. */
export function writeSourceState(db: Connection, state: FetchState): void {
  db.run('REPLACE INTO source VALUES (?, ?)', state.sourceId, fetchStateToJson(state));
}

export function sourceMethods(db: Connection): Sync<SourceStore> {
  return {
    fetchStates: () => {
      const states = db.all<{ id: SourceId; state: string }>('SELECT id, state FROM source');
      return new Map(states.map(({ id, state }) => [id, fetchStateFromJson(state)]));
    },
    saveFetch: (state, changes) =>
      db.write(() => {
        writeSourceState(db, state);
        if (changes !== null) saveSourceChanges(db, state.sourceId, changes);
      }),
    saveFetches: (states) =>
      db.write(() => {
        for (const state of states) writeSourceState(db, state);
      }),
    documentSnapshot: (id) => readSnapshot(db, id),
    forgetSources: (ids) =>
      db.write(() => {
        for (const feed of ids.flatMap((id) => feedsIn(db, id))) {
          db.run('DELETE FROM source WHERE id = ?', feed);
          dropSnapshot(db, feed);
        }
      }),
    hosts: () => {
      const hosts = db.all<{ host: string; not_before: number }>('SELECT host, not_before FROM host');
      return hosts.map((row) => ({ host: row.host, notBefore: new Date(row.not_before) }));
    },
    saveHosts: (hosts) =>
      db.write(() => {
        for (const { host, notBefore } of hosts) db.run('REPLACE INTO host VALUES (?, ?)', host, notBefore.getTime());
      }),
  };
}
