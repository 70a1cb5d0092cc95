import { expect, it } from 'vitest';
import { copyTables, TABLES } from '../../../src/store/sql/copy.js';
import { createSqlStore } from '../../../src/store/sql/store.js';
import { memory } from '../../../src/store/sqlite/sqlite.js';
import { publishArticles } from '../../support/stored-articles.js';

const open = () => memory.openDatabase({ kind: 'memory', path: null, url: null }, 'write');
const signal = new AbortController().signal;

it('lists every table with its key columns', async () => {
  const { db, close } = await open();
  const tables = await db.all<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  expect(Object.keys(TABLES).sort()).toEqual(tables.map(({ name }) => name));
  for (const [table, key] of Object.entries(TABLES)) {
    const columns = await db.all<{ name: string; pk: number }>(`SELECT name, pk FROM pragma_table_info('${table}')`);
    const primary = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    expect([table, key]).toEqual([table, primary.map(({ name }) => name)]);
  }
  await close();
});

it('copies all rows and number sequences, only into an empty store', async () => {
  const [from, to] = [await open(), await open()];
  const store = createSqlStore(from);
  await publishArticles(store, 250);
  await store.dropChannels(['all']);
  expect((await copyTables(from.db, to.db, signal)).rows).toBeGreaterThan(1000);
  for (const [table, key] of Object.entries(TABLES)) {
    const all = `SELECT * FROM ${table} ORDER BY ${key.join(', ')}`;
    expect(await to.db.all(all)).toEqual(await from.db.all(all));
  }
  expect(await to.db.lastNumber('channel')).toBe(await from.db.lastNumber('channel'));
  await expect(copyTables(from.db, to.db, signal)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
  await store.close();
  await to.close();
});
