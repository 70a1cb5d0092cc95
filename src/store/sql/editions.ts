/** Stores the files of the last edition and values that persist between runs. */
import type { EditionStore } from '../../ports/store/editions.js';
import type { Connection } from '../sqlite/connection.js';
import type { Sync } from '../to-async.js';

/** Meta key of what is changed to sync the log. */
const SYNCED = 'store.synced';

const SELECT = 'SELECT path, size, inputs FROM file';

export function editionMethods(db: Connection): Sync<EditionStore> {
  return {
    publishedFiles: (which) => {
      if (which === undefined) return db.all(`${SELECT} ORDER BY path`);
      if ('outside' in which) {
        const outside = `${SELECT} WHERE path < ? UNION ALL ${SELECT} WHERE path >= ? ORDER BY path`;
        return db.all(outside, which.outside, after(which.outside));
      }
      const inside = `${SELECT} WHERE path >= ? AND path < ? ORDER BY path LIMIT ? OFFSET ?`;
      return db.all(inside, which.inside, after(which.inside), which.limit, which.from);
    },
    countPublished: (folder) => {
      const count = 'SELECT count(*) AS n FROM file WHERE path >= ? AND path < ?';
      return db.get<{ n: number }>(count, folder, after(folder))!.n;
    },
    savePublishedFiles: (put, removed) =>
      db.write(() => {
        for (const { path, size, inputs } of put) db.run('REPLACE INTO file VALUES (?, ?, ?)', path, size, inputs);
        for (const path of removed) db.run('DELETE FROM file WHERE path = ?', path);
      }),
    meta: (key) => readMeta(db, key),
    saveMeta: (key, value) => db.write(() => writeMeta(db, key, value)),
    note: (key, isWhole) => {
      const value: unknown = JSON.parse(readMeta(db, key) ?? 'null');
      // As JSON.parse does: what becomes of it is in `failure.ts`.
      if (value !== null && !isWhole(value)) throw new SyntaxError(`"${key}" is not as it was written`);
      return value;
    },
    sync: () => {
      // A commit that changes nothing would not be written at all.
      const other = readMeta(db, SYNCED) === 'even' ? 'odd' : 'even';
      if (!db.checkpoint()) db.writeSynced(() => writeMeta(db, SYNCED, other));
    },
  };
}

/** The first path after all in a folder: `0` follows the slash in code-unit order. */
function after(folder: string): string {
  return `${folder.slice(0, -1)}0`;
}

export function readMeta(db: Connection, key: string): string | null {
  return db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null;
}

/** Call in a transaction; null deletes it. */
export function writeMeta(db: Connection, key: string, value: string | null): void {
  if (value === null) db.run('DELETE FROM meta WHERE key = ?', key);
  else db.run('REPLACE INTO meta VALUES (?, ?)', key, value);
}
