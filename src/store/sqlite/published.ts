/** The files of the last edition, and notes that survive a run. */
import type { FilesAsked, PublishedFile } from '../../ports/store/editions.js';
import type { Store } from '../../ports/store/store.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';

type Methods = Sync<Pick<Store, 'publishedFiles' | 'countPublished' | 'savePublishedFiles' | 'meta' | 'saveMeta'>>;

export function publishedMethods(db: Connection): Methods {
  const files = openFiles(db);
  const count = db.prepare<{ n: number }>('SELECT count(*) AS n FROM file WHERE path >= ? AND path < ?');
  const put = db.prepare(
    'INSERT INTO file VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET size = excluded.size, inputs = excluded.inputs',
  );
  const remove = db.prepare('DELETE FROM file WHERE path = ?');
  const meta = openMeta(db);
  return {
    publishedFiles: files,
    countPublished: (folder) => count.get(folder, after(folder))!.n,
    savePublishedFiles: (saved, removed) =>
      db.write(() => {
        for (const { path, size, inputs } of saved) put.run(path, size, inputs);
        for (const path of removed) remove.run(path);
      }),
    meta: meta.get,
    saveMeta: (key, value) => db.write(() => meta.set(key, value)),
  };
}

function openFiles(db: Connection): (which?: FilesAsked) => PublishedFile[] {
  const select = 'SELECT path, size, inputs FROM file';
  const all = db.prepare<PublishedFile>(`${select} ORDER BY path`);
  const outside = db.prepare<PublishedFile>(
    `${select} WHERE path < ? UNION ALL ${select} WHERE path >= ? ORDER BY path`,
  );
  const inside = db.prepare<PublishedFile>(`${select} WHERE path >= ? AND path < ? ORDER BY path LIMIT ? OFFSET ?`);
  return (which) => {
    if (which === undefined) return all.all();
    if ('outside' in which) return outside.all(which.outside, after(which.outside));
    return inside.all(which.inside, after(which.inside), which.limit, which.from);
  };
}

/** The first path that is greater than all in a folder: the slash's neighbour. */
function after(folder: string): string {
  return `${folder.slice(0, -1)}0`;
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
