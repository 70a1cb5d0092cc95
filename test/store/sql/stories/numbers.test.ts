import { describe, expect, it } from 'vitest';
import { toBytes } from '../../../../src/store/sql/stories/numbers.js';
import { loadBetterSqlite, loadNodeSqlite } from '../../../../src/store/sqlite/driver.js';

const bindings = [
  ['node:sqlite', loadNodeSqlite()],
  ['better-sqlite3', await loadBetterSqlite()],
] as const;

describe.each(bindings.filter(([, open]) => open !== null))('numbers kept by %s', (_, open) => {
  it.each([new Uint16Array(0), new Int32Array(8).subarray(3, 3), new Float32Array([1, 2])])(
    'as bytes, also none: %s',
    (numbers) => {
      const db = open!(':memory:', 'write');
      db.exec('CREATE TABLE kept (bytes BLOB NOT NULL)');
      db.prepare('INSERT INTO kept VALUES (?)').run(toBytes(numbers));
      expect(db.prepare('SELECT length(bytes) AS length FROM kept').get()).toEqual({ length: numbers.byteLength });
      db.close();
    },
  );
});
