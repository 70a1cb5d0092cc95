/** Stores the versions of published objects. */
import type { ObjectStore } from '../../ports/store/objects.js';
import type { Sync } from '../to-async.js';
import type { Connection } from './connection.js';

const PUT =
  'INSERT INTO object (path, size, version, digest) VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET size = excluded.size, version = excluded.version, digest = excluded.digest';

export function objectMethods(db: Connection): Sync<ObjectStore> {
  return {
    objects: () => db.all('SELECT path, size, version, digest FROM object ORDER BY path'),
    saveObjects: (put, removed) =>
      db.write(() => {
        for (const { path, size, version, digest } of put) db.run(PUT, path, size, version, digest);
        for (const path of removed) db.run('DELETE FROM object WHERE path = ?', path);
      }),
  };
}
