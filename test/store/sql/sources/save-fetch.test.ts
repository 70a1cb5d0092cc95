/** Saving one read of a source: completely or not at all, and independent of other sources. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/ports/store/store.js';
import { findDriver } from '../../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../../src/store/sqlite/sqlite.js';
import { fullFolder } from '../../../support/full-folder.js';
import {
  aNewArticle,
  aState,
  aText,
  at,
  clearAllDirty,
  guidKey,
  publishArticles,
  someChanges,
  urlKey,
} from '../../../support/stored-articles.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const driver = await findDriver();
const fresh = () => join(temporaryFolder(), 'newsloom.db');

function save(store: Store, n: number, given: Partial<ReturnType<typeof aNewArticle>> = {}): Promise<void> {
  return store.saveFetch(aState({ sourceId: `source-${n}` }), someChanges({ added: [aNewArticle(n, n, given)] }));
}

/** From the view of another process. */
async function savedSources(path: string): Promise<string[]> {
  const reader = openSqlite(path, 'read', driver);
  const states = await reader.fetchStates();
  await reader.close();
  return [...states.keys()].sort();
}

it('is durable once it is acknowledged', async () => {
  const path = fresh();
  const store = openSqlite(path, 'write', driver);
  await save(store, 1);
  await save(store, 2);
  expect(await savedSources(path)).toEqual(['source-1', 'source-2']);
  await store.close();
});

describe('a source that the store refuses', () => {
  /** A store with two published articles that rejects writes to `table`. */
  async function storeRefusing(table: string) {
    const path = fresh();
    const store = openSqlite(path, 'write', driver);
    await publishArticles(store, 2);
    await store.saveFetch(aState(), someChanges({ snapshot }));
    await clearAllDirty(store);
    withFile(path, `CREATE TRIGGER refusal BEFORE INSERT ON "${table}" BEGIN SELECT RAISE(ABORT, 'refused'); END`);
    return { path, store };
  }
  const snapshot = {
    bodyHash: 'body',
    rulesHash: 'rules',
    envelopeHash: 'envelope',
    guids: 'all' as const,
    items: [
      { hash: 'item', ref: 1, claimedPublishedAt: at(1), keys: [guidKey(1), urlKey(1)], pictures: [], lines: [] },
    ],
  };
  const everything = someChanges({
    added: [aNewArticle(7), aNewArticle(8)],
    changed: [{ ...aText(1, { title: 'Corrected' }), ref: 1, updatedAt: at(90), topics: [] }],
    aliases: [{ ref: 2, keys: [guidKey(9)] }],
    alsoIn: [2],
    withdrawn: [{ ref: 2, at: at(91), policy: 'remove' }],
    snapshot: { ...snapshot, bodyHash: 'another', items: [] },
  });
  const everythingOf = async (store: Store) => ({
    states: await store.fetchStates(),
    articles: await store.articles([1, 2]),
    pending: await store.pending(),
    known: await store.findByKeys([guidKey(7), urlKey(8), guidKey(9)]),
    head: await store.head('all', 9),
    channels: await store.channels(),
    unplaced: await store.unplaced(9),
    dirty: await store.dirty(),
    snapshot: await store.documentSnapshot('paper'),
  });

  it.each(['source', 'article', 'pending', 'article_text', 'alias', 'dirty', 'snapshot'])(
    'leaves nothing behind, wherever it fails: %s',
    async (table) => {
      const { path, store } = await storeRefusing(table);
      const before = await everythingOf(store);
      const refused = { name: 'StoreError', code: 'STORE_REFUSED', message: expect.stringContaining('refused') };
      await expect(store.saveFetch(aState({ failures: 1 }), everything)).rejects.toMatchObject(refused);
      expect(await everythingOf(store)).toEqual(before);
      withFile(path, 'DROP TRIGGER refusal');
      await store.saveFetch(aState({ failures: 1 }), everything);
      expect(await store.pending()).toHaveLength(2);
      await store.close();
    },
  );

  it('does not affect other sources', async () => {
    const path = fresh();
    const store = openSqlite(path, 'write', driver);
    await save(store, 1);
    const twice = someChanges({ added: [aNewArticle(7), aNewArticle(7)] });
    const outcomes = await Promise.allSettled([
      save(store, 2),
      store.saveFetch(aState({ sourceId: 'bad' }), twice),
      save(store, 3),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.pending()).map(({ ref }) => ref)).toEqual([1, 2, 3]);
    expect(await savedSources(path)).toEqual(['source-1', 'source-2', 'source-3']);
    await store.close();
  });

  it.skipIf(!fullFolder.possible)(`costs none beside it on a full disk (${fullFolder.how})`, async () => {
    const path = join(fullFolder.make(2 * 1024 * 1024), 'newsloom.db');
    const store = openSqlite(path, 'write', driver);
    await save(store, 1);
    const full = { name: 'StoreError', code: 'STORE_FULL' };
    await expect(save(store, 2, { contentHtml: 'x'.repeat(3_000_000) })).rejects.toMatchObject(full);
    await save(store, 3);
    expect((await store.pending()).map(({ ref }) => ref)).toEqual([1, 3]);
    expect(await savedSources(path)).toEqual(['source-1', 'source-3']);
    await store.close();
  });
});

function withFile(path: string, sql: string): void {
  const file = driver(path, 'write');
  file.exec(sql);
  file.close();
}
