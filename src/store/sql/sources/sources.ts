/** Stores the states of sources and hosts. */
import type { SourceId } from '../../../model/source.js';
import type { SourceStore } from '../../../ports/store/sources.js';
import { saveSourceChanges } from '../articles/save-fetch.js';
import { dropSnapshot, readSnapshot } from '../articles/snapshots.js';
import { upsertRows } from '../bulk.js';
import type { Database } from '../database.js';
import { fetchStateFromJson, fetchStateToJson, listSourceFeeds, writeSourceState } from '../source-state.js';

/** `take`: called in each transaction before it saves the states of these feeds. */
export function sourceMethods(db: Database, take: (feeds: readonly SourceId[]) => void = () => {}): SourceStore {
  return {
    fetchStates: async () => {
      const states = await db.all<{ id: SourceId; state: string }>('SELECT id, state FROM source ORDER BY id');
      return new Map(states.map(({ id, state }) => [id, fetchStateFromJson(state)]));
    },
    saveFetch: (state, changes) =>
      db.write(async () => {
        take([state.sourceId]);
        writeSourceState(db, state);
        if (changes !== null) await saveSourceChanges(db, state.sourceId, changes);
      }),
    saveFetches: (states) =>
      db.write(() => {
        take(states.map(({ sourceId }) => sourceId));
        const rows = states.map((state) => [state.sourceId, fetchStateToJson(state)]);
        return upsertRows(db, 'source', ['id'], ['state'], rows);
      }),
    documentSnapshot: (id) => readSnapshot(db, id),
    forgetSources: (ids) =>
      db.write(async () => {
        for (const id of ids)
          for (const feed of await listSourceFeeds(db, id)) {
            db.run('DELETE FROM source WHERE id = ?', feed);
            dropSnapshot(db, feed);
          }
      }),
    hosts: async () => {
      const hosts = await db.all<{ host: string; not_before: number }>(
        'SELECT host, not_before FROM host ORDER BY host',
      );
      return hosts.map((row) => ({ host: row.host, notBefore: new Date(row.not_before) }));
    },
    saveHosts: (hosts) =>
      db.write(() => {
        const rows = hosts.map(({ host, notBefore }) => [host, notBefore.getTime()]);
        return upsertRows(db, 'host', ['host'], ['not_before'], rows);
      }),
  };
}
