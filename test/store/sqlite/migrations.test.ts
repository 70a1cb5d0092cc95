import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../../src/store/sql/migrations.js';
import { Connection } from '../../../src/store/sqlite/connection.js';
import { findDriver } from '../../../src/store/sqlite/driver.js';
import { UNRELEASED } from '../../../src/store/sqlite/migrations.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { publishArticles } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const open = await findDriver();

/** A file as it was after the first `version` steps, with an article's rows in it where there were tables for them. */
function fileOf(version: number): string {
  const path = join(temporaryFolder(), 'newsloom.db');
  const db = new Connection(open(path, 'write'), 'write');
  for (const step of migrations.slice(0, version)) db.exec(step);
  if (version > 0) db.exec(`PRAGMA user_version = ${UNRELEASED + version}`);
  if (version > 0) db.exec(ARTICLE);
  db.close();
  return path;
}

// As version 1 stored it. Written out here, so that what old stores hold stays tested whatever the code becomes.
const ARTICLE = `
  INSERT INTO article (ref, id, source, place, published, published_from, first_seen)
    VALUES (7, 'tag:news.example,2026:7', 'paper', 0, 1000, 'published', 2000);
  INSERT INTO article_text (ref, text, topics, tagged_by) VALUES (7, '{"guid":"g","url":"https://paper.example/7","title":"Seven"}', '[]', NULL);
  UPDATE counter SET n = 1 WHERE name = 'articles';
  UPDATE counter SET n = 8 WHERE name = 'next_ref';
`;

function schemaOf(path: string): unknown[] {
  const db = open(path, 'read');
  const schema = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name').all();
  db.close();
  return schema;
}

describe.each(migrations.map((_, version) => version))('a store of version %i', (version) => {
  it('becomes like a new one, and serves', async () => {
    const path = fileOf(version);
    const store = openSqlite(path, 'write', open);
    await publishArticles(store, 3);
    expect(await store.head('all', 9)).toHaveLength(3);
    await store.close();
    expect(schemaOf(path)).toEqual(schemaOf(fileOf(migrations.length)));
  });

  it('is refused to one who only reads, until a writer has seen it', async () => {
    const path = fileOf(version);
    expect(() => openSqlite(path, 'read', open)).toThrow(expect.objectContaining({ code: 'STORE_VERSION' }));
    await openSqlite(path, 'write', open).close();
    await openSqlite(path, 'read', open).close();
  });
});

it.each(migrations.map((_, i) => i + 1))('keeps the articles of version %i', async (version) => {
  const store = openSqlite(fileOf(version), 'write', open);
  expect(await store.countArticles()).toBe(1);
  expect(await store.articles([7])).toMatchObject([{ title: 'Seven', publishedAt: new Date(1000), withdrawnAt: null }]);
  expect(await store.reserveRefs(1)).toBe(8);
  await store.close();
});

it.each([1, UNRELEASED])('sends a store of unreleased schema %i to restore, and leaves it as it is', (version) => {
  const path = join(temporaryFolder(), 'newsloom.db');
  const db = open(path, 'write');
  db.exec(`CREATE TABLE article (ref); PRAGMA user_version = ${version}`);
  db.close();
  const refused = expect.objectContaining({ code: 'STORE_VERSION', message: expect.stringContaining('restores it') });
  for (const mode of ['write', 'read'] as const) expect(() => openSqlite(path, mode, open)).toThrow(refused);
});
