/** Stores files and objects of the last edition, and key-value metadata. */
import type { EditionStore, ObjectStore, PublishedFile } from '../../ports/store/editions.js';
import { upsertRows } from './bulk.js';
import type { Database } from './database.js';
import { readMeta, writeMeta } from './meta.js';

const SELECT = 'SELECT path, size, inputs FROM file';
/** Follows all paths. */
const LAST = '\u{10ffff}';

export function editionMethods(db: Database): EditionStore & ObjectStore {
  return {
    publishedFiles: async (which) => {
      if (which === undefined) return db.all(`${SELECT} ORDER BY path`);
      if ('paths' in which) return db.allMatching(`${SELECT} WHERE path IN`, which.paths);
      if ('outside' in which) {
        const between = `${SELECT} WHERE path >= ? AND path < ? ORDER BY path`;
        const gaps = ['', ...which.outside.map(folderEnd)].map((start, i) => [start, which.outside[i] ?? LAST]);
        return (await db.allBatched<PublishedFile>(between, gaps)).flat();
      }
      const { inside, after, limit } = which;
      const following = `${SELECT} WHERE path > ? AND path < ? ORDER BY path LIMIT ?`;
      return db.all(following, after, folderEnd(inside), limit);
    },
    countPublished: async () => (await db.get<{ n: number }>('SELECT count(*) AS n FROM file'))!.n,
    savePublishedFiles: (put, removed) =>
      db.write(async () => {
        const rows = put.map(({ path, size, inputs }) => [path, size, inputs]);
        await upsertRows(db, 'file', ['path'], ['size', 'inputs'], rows);
        for (const path of removed) db.run('DELETE FROM file WHERE path = ?', path);
      }),
    objects: () => db.all('SELECT path, size, version, digest FROM object ORDER BY path'),
    saveObjects: (put, removed) =>
      db.write(async () => {
        const rows = put.map(({ path, size, version, digest }) => [path, size, version, digest]);
        await upsertRows(db, 'object', ['path'], ['size', 'version', 'digest'], rows);
        for (const path of removed) db.run('DELETE FROM object WHERE path = ?', path);
      }),
    meta: (key) => readMeta(db, key),
    saveMeta: (key, value) => db.write(async () => writeMeta(db, key, value)),
    // `failure.ts` of each database converts the SyntaxError of invalid JSON.
    readJson: async (key) => JSON.parse((await readMeta(db, key)) ?? 'null'),
    sync: () => db.sync(),
  };
}

/** The first path after a folder: `0` follows the slash in code-unit order. */
function folderEnd(folder: string): string {
  return `${folder.slice(0, -1)}0`;
}
