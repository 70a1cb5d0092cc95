/** Stores the versions of published objects. */
import type { ObjectStore } from '../../ports/store/objects.js';
import { upsertRows } from './bulk.js';
import type { Database } from './database.js';

export function objectMethods(db: Database): ObjectStore {
  return {
    objects: () => db.all('SELECT path, size, version, digest FROM object ORDER BY path'),
    saveObjects: (put, removed) =>
      db.write(async () => {
        const rows = put.map(({ path, size, version, digest }) => [path, size, version, digest]);
        await upsertRows(db, 'object', ['path'], ['size', 'version', 'digest'], rows);
        for (const path of removed) db.run('DELETE FROM object WHERE path = ?', path);
      }),
  };
}
