import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaVersion, UNRELEASED } from '../../../src/store/sql/migrations.js';
import { migrations } from '../../../src/store/sql/schema.js';
import { findDriver } from '../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { publishArticles } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const later = ['ALTER TABLE host ADD COLUMN note TEXT', "UPDATE host SET note = host || '!'"];
const known = migrations.length;
beforeAll(() => void (migrations as string[]).push(...later));
afterAll(() => void (migrations as string[]).splice(known));

const open = await findDriver();

/** A file of an earlier version with only the first migrations. */
function createFile(steps: number): string {
  const path = join(temporaryFolder(), 'newsloom.db');
  const db = open(path, 'write');
  for (const step of migrations.slice(0, steps)) db.exec(step);
  if (steps > 0) db.exec(`INSERT INTO host (host, not_before) VALUES ('a.example', 0)`);
  db.exec(`PRAGMA user_version = ${steps === 0 ? 0 : schemaVersion(steps)}`);
  db.close();
  return path;
}

function readRows(path: string, sql: string): unknown[] {
  const db = open(path, 'read');
  const rows = db.prepare(sql).all();
  db.close();
  return rows;
}

describe.each([0, ...later.map((_, i) => known + i)])('a store with %i migrations', (steps) => {
  it('gets the schema of a new store, and works', async () => {
    const path = createFile(steps);
    const store = openSqlite(path, 'write', open);
    await publishArticles(store, 3);
    expect(await store.head('all', 9)).toHaveLength(3);
    await store.close();
    const schema = 'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name';
    expect(readRows(path, schema)).toEqual(readRows(createFile(known + later.length), schema));
    const hosts = steps === 0 ? [] : [{ host: 'a.example', note: 'a.example!' }];
    expect(readRows(path, 'SELECT host, note FROM host')).toEqual(hosts);
  });

  it('is rejected for readers until a writer has migrated it', async () => {
    const path = createFile(steps);
    expect(() => openSqlite(path, 'read', open)).toThrow(expect.objectContaining({ code: 'STORE_VERSION' }));
    await openSqlite(path, 'write', open).close();
    await openSqlite(path, 'read', open).close();
  });
});

it('rolls back a failed migration', () => {
  const path = createFile(known);
  const db = open(path, 'write');
  db.exec('ALTER TABLE host ADD COLUMN note TEXT'); // conflicts with the next migration
  db.close();
  for (const _ of [1, 2])
    expect(() => openSqlite(path, 'write', open)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  expect(readRows(path, 'PRAGMA user_version')).toEqual([{ user_version: schemaVersion(known) }]);
});

it.each([1, UNRELEASED])('rejects a store of unreleased schema %i unchanged', (version) => {
  const path = join(temporaryFolder(), 'newsloom.db');
  const db = open(path, 'write');
  db.exec(`CREATE TABLE article (ref); PRAGMA user_version = ${version}`);
  db.close();
  const refused = expect.objectContaining({ code: 'STORE_VERSION', message: expect.stringContaining('to restore it') });
  for (const mode of ['write', 'read'] as const) expect(() => openSqlite(path, mode, open)).toThrow(refused);
});
