/** Which published documents no longer show what the store holds. */
import type { Store } from '../../ports/store/store.js';
import { DirtySet } from '../dirt.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';

export interface DirtyRepository {
  /** Within a transaction: hands out something to collect in, and writes it when `work` is done. */
  during<T>(work: (dirt: DirtySet) => T): T;
}

export function openDirtyRepository(db: Connection): DirtyRepository {
  const mark = db.prepare(
    'INSERT INTO dirty VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET takedown = max(takedown, excluded.takedown)',
  );
  return {
    during: (work) => {
      const dirt = new DirtySet();
      const result = work(dirt);
      for (const { channel, archive, takedown } of dirt.documents) mark.run(channel, archive ?? 0, takedown ? 1 : 0);
      return result;
    },
  };
}

export function dirtyMethods(
  db: Connection,
  book: DirtyRepository,
): Sync<Pick<Store, 'dirty' | 'markDirty' | 'clearDirty'>> {
  const all = db.prepare<{ channel: string; archive: number; takedown: number }>('SELECT * FROM dirty');
  const clear = db.prepare('DELETE FROM dirty WHERE channel = ? AND archive = ?');
  return {
    dirty: () =>
      all.all().map(({ channel, archive, takedown }) => ({
        channel,
        archive: archive === 0 ? null : archive,
        takedown: takedown === 1,
      })),
    markDirty: (documents) => db.write(() => book.during((dirt) => dirt.addAll(documents))),
    clearDirty: (documents) =>
      db.write(() => {
        for (const { channel, archive } of documents) clear.run(channel, archive ?? 0);
      }),
  };
}
