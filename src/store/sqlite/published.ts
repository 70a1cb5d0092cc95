/** The files of the last edition, and notes that survive a run. */
import type { PublishedFile, Store } from '../../ports.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';

type Methods = Sync<Pick<Store, 'publishedFiles' | 'savePublishedFiles' | 'meta' | 'saveMeta'>>;

export function publishedMethods(db: Connection): Methods {
  const files = db.prepare<PublishedFile>('SELECT path, size, inputs FROM file ORDER BY path');
  const put = db.prepare(
    'INSERT INTO file VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET size = excluded.size, inputs = excluded.inputs',
  );
  const remove = db.prepare('DELETE FROM file WHERE path = ?');
  const meta = openMeta(db);
  return {
    publishedFiles: () => files.all(),
    savePublishedFiles: (saved, removed) =>
      db.write(() => {
        for (const { path, size, inputs } of saved) put.run(path, size, inputs);
        for (const path of removed) remove.run(path);
      }),
    meta: meta.get,
    saveMeta: (key, value) => db.write(() => meta.set(key, value)),
  };
}

export interface Meta {
  get(key: string): string | null;
  /** null removes it. */
  set(key: string, value: string | null): void;
}

export function openMeta(db: Connection): Meta {
  const get = db.prepare<{ value: string }>('SELECT value FROM meta WHERE key = ?');
  const set = db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  const remove = db.prepare('DELETE FROM meta WHERE key = ?');
  return {
    get: (key) => get.get(key)?.value ?? null,
    set: (key, value) => void (value === null ? remove.run(key) : set.run(key, value)),
  };
}
