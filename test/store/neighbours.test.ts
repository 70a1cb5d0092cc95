import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { orderKey } from '../../src/model/order.js';
import type { Store } from '../../src/ports/store/store.js';
import { findDriver } from '../../src/store/sqlite/driver.js';
import { openSqlite } from '../../src/store/sqlite/sqlite.js';
import { openMemory } from '../support/memory-store.js';
import { aState, at, publishArticles, someChanges } from '../support/stored-articles.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const stores: readonly (readonly [string, () => Promise<Store>])[] = [
  ['memory', async () => openMemory()],
  ['sqlite', async () => openSqlite(join(temporaryFolder(), 'newsloom.db'), 'write', await findDriver())],
];

describe.each(stores)('neighbours in a channel, in %s', (_, open) => {
  async function beside(store: Store, ref: number, side: 'older' | 'newer', limit: number) {
    const [article] = await store.articles([ref]);
    const found = await store.neighbours('all', orderKey(article!), side, limit);
    return found.map((each) => each.ref);
  }

  it('are told nearest first, whether in the archive or not', async () => {
    const store = await open();
    await publishArticles(store, 6);
    await store.archive('all', [1, 2, 3]);
    expect(await beside(store, 4, 'older', 9)).toEqual([3, 2, 1]);
    expect(await beside(store, 2, 'newer', 2)).toEqual([3, 4]);
    expect(await beside(store, 3, 'newer', 9)).toEqual([4, 5, 6]);
    expect(await store.neighbours('topics/none', '', 'older', 9)).toEqual([]);
    await store.close();
  });

  it('are those that stand', async () => {
    const store = await open();
    await publishArticles(store, 3);
    await store.saveFetch(aState(), someChanges({ withdrawn: [{ ref: 2, at: at(9), policy: 'remove' }] }));
    expect(await beside(store, 3, 'older', 9)).toEqual([1]);
    await store.close();
  });
});
