/** Many sources under one commit: each stands or falls alone, and what was said to be kept is kept. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports.js';
import { findDriver } from '../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { fullFolder } from '../../support/full-folder.js';
import { aNewArticle, aState, someChanges } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const driver = await findDriver();
const fresh = () => join(temporaryFolder(), 'newsloom.db');

function saveSoon(store: Store, n: number, given: Partial<ReturnType<typeof aNewArticle>> = {}): Promise<void> {
  return store.saveFetchSoon(aState({ sourceId: `source-${n}` }), someChanges({ added: [aNewArticle(n, n, given)] }));
}

/** As another process sees it. */
async function kept(path: string): Promise<string[]> {
  const reader = openSqlite(path, 'read', driver);
  const states = await reader.fetchStates();
  await reader.close();
  return [...states.keys()].sort();
}

describe('sources saved soon', () => {
  it('are seen here at once, and by others when they are kept', async () => {
    const path = fresh();
    const store = openSqlite(path, 'write', driver);
    await saveSoon(store, 1);
    await saveSoon(store, 2);
    expect((await store.pending()).map(({ ref }) => ref)).toEqual([1, 2]);
    expect(await kept(path)).toEqual([]);
    await store.keep();
    expect(await kept(path)).toEqual(['source-1', 'source-2']);
    await store.close();
  });

  it.each([
    ['another write', (store: Store) => store.saveMeta('a', 'b')],
    ['the end', (store: Store) => store.close()],
    ['a moment', () => new Promise((resolve) => setTimeout(resolve, 200))],
    ['seven more', (store: Store) => Promise.all([2, 3, 4, 5, 6, 7, 8].map((n) => saveSoon(store, n)))],
  ])('are kept by %s', async (_, next) => {
    const path = fresh();
    const store = openSqlite(path, 'write', driver);
    await saveSoon(store, 1);
    await next(store);
    expect(await kept(path)).toContain('source-1');
    await store.close();
  });

  it('stand where one beside them falls', async () => {
    const path = fresh();
    const store = openSqlite(path, 'write', driver);
    await saveSoon(store, 1);
    await saveSoon(store, 2);
    const twice = someChanges({ added: [aNewArticle(7), aNewArticle(7)] });
    const failed = { name: 'StoreError', code: 'STORE_FAILED' };
    await expect(store.saveFetchSoon(aState({ sourceId: 'bad' }), twice)).rejects.toMatchObject(failed);
    expect(await kept(path)).toEqual(['source-1', 'source-2']);
    await saveSoon(store, 3);
    await store.keep();
    expect((await store.pending()).map(({ ref }) => ref)).toEqual([1, 2, 3]);
    expect(await kept(path)).toEqual(['source-1', 'source-2', 'source-3']);
    await store.close();
  });

  describe.skipIf(!fullFolder.possible)(`on a full disk (${fullFolder.how})`, () => {
    const full = { name: 'StoreError', code: 'STORE_FULL' };
    const open = () => {
      const path = join(fullFolder.make(2 * 1024 * 1024), 'newsloom.db');
      return { path, store: openSqlite(path, 'write', driver) };
    };
    const long = { contentHtml: 'x'.repeat(3_000_000) };

    it('are said to be lost when they should be kept', async () => {
      const { path, store } = open();
      await saveSoon(store, 1);
      await store.keep();
      await saveSoon(store, 2, long);
      await expect(store.keep()).rejects.toMatchObject(full);
      expect((await store.pending()).map(({ ref }) => ref)).toEqual([1]);
      expect(await kept(path)).toEqual(['source-1']);
      await saveSoon(store, 3);
      await store.keep();
      await store.close();
    });

    it.each([
      ['keeps', (store: Store) => store.keep()],
      ['saves', (store: Store) => saveSoon(store, 4)],
      ['writes', (store: Store) => store.saveMeta('a', 'b')],
    ])('are said to be lost to who %s next, when nobody waited', async (_, next) => {
      const { path, store } = open();
      await saveSoon(store, 2, long);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await expect(next(store)).rejects.toMatchObject(full);
      await next(store);
      expect(await kept(path)).not.toContain('source-2');
      await store.close();
    });
  });
});
