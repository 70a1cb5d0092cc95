import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ArticleKey } from '../../../src/model/identity.js';
import type { Store } from '../../../src/ports/store/store.js';
import { connect } from '../../../src/store/sqlite/connection.js';
import { findDriver } from '../../../src/store/sqlite/driver.js';
import { migrations } from '../../../src/store/sqlite/migrations.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { publishArticles } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const open = await findDriver();

/** A file as it was after the first `version` steps, with an article's rows in it where there were tables for them. */
function fileOf(version: number): string {
  const path = join(temporaryFolder(), 'newsloom.db');
  const db = connect(open(path, 'write'), 'write');
  for (const step of migrations.slice(0, version)) db.exec(step);
  db.exec(`PRAGMA user_version = ${version}`);
  if (version > 0) db.exec(ARTICLE);
  db.close();
  return path;
}

// As version 1 stored it. Written out here, so that what old stores hold stays tested whatever the code becomes.
const ARTICLE = `
  INSERT INTO article (ref, id, source, place, published, published_from, first_seen)
    VALUES (7, 'tag:news.example,2026:7', 'paper', 0, 1000, 'published', 2000);
  INSERT INTO wording VALUES (7, '{"guid":"g","url":"https://paper.example/7","title":"Seven"}', '[]', NULL);
  UPDATE tally SET n = 1 WHERE name = 'articles';
  UPDATE tally SET n = 8 WHERE name = 'next_ref';
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

// As versions 1 and 2 stored an article that had no id yet.
const WAITING = `
  INSERT INTO article (ref, source, place, published, published_from, first_seen, pending)
    VALUES (8, 'paper', 0, 1000, 'published', 2000,
      '{"mintOnly":true,"keys":[{"kind":"guid","sourceId":"paper","value":"g8"},{"kind":"url","value":"https://paper.example/8"}],"guid":"g8","url":"https://paper.example/8","title":"Eight"}');
  INSERT INTO wording VALUES (8, '{"guid":"g8","url":"https://paper.example/8","title":"Eight"}', '[]', NULL);
`;

function waitingIn(version: number): Store {
  const path = fileOf(version);
  const db = connect(open(path, 'write'), 'write');
  db.exec(WAITING);
  db.close();
  return openSqlite(path, 'write', open);
}

it.each([1, 2])('merges what version %i left waiting, with all its names', async (version) => {
  const store = waitingIn(version);
  await store.mint([], [{ ref: 8, into: 7 }]);
  const names: ArticleKey[] = [
    { kind: 'guid', sourceId: 'paper', value: 'g8' },
    { kind: 'url', value: 'https://paper.example/8' },
  ];
  expect(await store.known(names)).toMatchObject([{ ref: 7, matched: names }]);
  expect(await store.pending()).toEqual([]);
  await store.close();
});

it.each([1, 2])('mints what version %i left waiting', async (version) => {
  const store = waitingIn(version);
  expect(await store.pending()).toEqual([
    {
      ...{ ref: 8, sourceId: 'paper', guid: 'g8', url: 'https://paper.example/8', title: 'Eight', mintOnly: true },
      ...{ publishedAt: new Date(1000), firstSeenAt: new Date(2000), urlKeys: ['https://paper.example/8'] },
    },
  ]);
  await store.mint([{ ref: 8, id: 'tag:news.example,2026:8' }], []);
  expect(await store.articles([7, 8])).toMatchObject([{ title: 'Seven' }, { id: 'tag:news.example,2026:8' }]);
  await store.close();
});

it.each(migrations.map((_, i) => i + 1))('keeps the articles of version %i', async (version) => {
  const store = openSqlite(fileOf(version), 'write', open);
  expect(await store.countArticles()).toBe(1);
  expect(await store.articles([7])).toMatchObject([{ title: 'Seven', publishedAt: new Date(1000), withdrawnAt: null }]);
  expect(await store.reserveRefs(1)).toBe(8);
  await store.close();
});
