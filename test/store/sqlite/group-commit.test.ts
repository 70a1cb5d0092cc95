/** Many sources under one commit: each stands or falls alone, and what was said to be kept is kept. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../../src/ports/store/store.js';
import { findDriver } from '../../../src/store/sqlite/driver.js';
import { groupCommit } from '../../../src/store/sqlite/group-commit.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { fullFolder } from '../../support/full-folder.js';
import { aNewArticle, aState, aText, at, publishArticles, someChanges } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const driver = await findDriver();
const fresh = () => join(temporaryFolder(), 'newsloom.db');

function save(store: Store, n: number, given: Partial<ReturnType<typeof aNewArticle>> = {}): Promise<void> {
  return store.saveFetch(aState({ sourceId: `source-${n}` }), someChanges({ added: [aNewArticle(n, n, given)] }));
}

/** As another process sees it. */
async function kept(path: string): Promise<string[]> {
  const reader = openSqlite(path, 'read', driver);
  const states = await reader.fetchStates();
  await reader.close();
  return [...states.keys()].sort();
}

/** A transaction that notes what is asked of it; its commits fail as long as `fails` says. */
function noting(fails: () => boolean) {
  const steps: string[] = [];
  const commit = () => {
    steps.push('commit');
    if (fails()) throw new Error('no commit');
  };
  return { steps, transaction: { begin: () => steps.push('begin'), commit, rollBack: () => steps.push('roll back') } };
}

describe('groupCommit', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const bad = () => {
    throw new Error('bad');
  };

  it('leaves nothing open after a bad write, also when time passes', () => {
    const { steps, transaction } = noting(() => false);
    const group = groupCommit(transaction);
    expect(() => group.write(bad)).toThrow('bad');
    vi.advanceTimersByTime(1000);
    group.write(() => steps.push('good'));
    vi.advanceTimersByTime(1000);
    group.flush();
    expect(steps).toEqual(['begin', 'roll back', 'begin', 'good', 'commit']);
  });

  it('rolls back what it cannot commit, and says so once', () => {
    let failing = true;
    const { steps, transaction } = noting(() => failing);
    const group = groupCommit(transaction);
    group.write(() => {});
    vi.advanceTimersByTime(1000);
    expect(steps).toEqual(['begin', 'commit', 'roll back']);
    failing = false;
    expect(() => group.flush()).toThrow('no commit');
    group.flush();
    group.write(() => {});
    group.flush();
    expect(steps.slice(3)).toEqual(['begin', 'commit']);
  });

  it('tells who comes next where what stood beside a bad write could not be written again', () => {
    const { steps, transaction } = noting(() => false);
    const group = groupCommit(transaction);
    let times = 0;
    group.write(() => {
      if (++times === 2) throw new Error('no second time');
    });
    expect(() => group.write(bad)).toThrow('bad');
    expect(() => group.write(() => {})).toThrow('no second time');
    group.write(() => {});
    group.flush();
    expect(steps).toEqual(['begin', 'roll back', 'begin', 'roll back', 'begin', 'commit']);
  });
});

describe('sources that share a commit', () => {
  it('are seen here at once, and by others when they are kept', async () => {
    const path = fresh();
    const store = openSqlite(path, 'write', driver);
    await save(store, 1);
    await save(store, 2);
    expect((await store.pending()).map(({ ref }) => ref)).toEqual([1, 2]);
    expect(await kept(path)).toEqual([]);
    await store.flush();
    expect(await kept(path)).toEqual(['source-1', 'source-2']);
    await store.close();
  });

  it.each([
    ['another write', (store: Store) => store.saveMeta('a', 'b')],
    ['the end', (store: Store) => store.close()],
    ['a moment', () => new Promise((resolve) => setTimeout(resolve, 200))],
    ['seven more', (store: Store) => Promise.all([2, 3, 4, 5, 6, 7, 8].map((n) => save(store, n)))],
  ])('are kept by %s', async (_, next) => {
    const path = fresh();
    const store = openSqlite(path, 'write', driver);
    await save(store, 1);
    await next(store);
    expect(await kept(path)).toContain('source-1');
    await store.close();
  });

  it('stand where one beside them falls', async () => {
    const path = fresh();
    const store = openSqlite(path, 'write', driver);
    await save(store, 1);
    await save(store, 2);
    const twice = someChanges({ added: [aNewArticle(7), aNewArticle(7)] });
    const failed = { name: 'StoreError', code: 'STORE_REFUSED' };
    await expect(store.saveFetch(aState({ sourceId: 'bad' }), twice)).rejects.toMatchObject(failed);
    expect(await kept(path)).toEqual(['source-1', 'source-2']);
    await save(store, 3);
    await store.flush();
    expect((await store.pending()).map(({ ref }) => ref)).toEqual([1, 2, 3]);
    expect(await kept(path)).toEqual(['source-1', 'source-2', 'source-3']);
    await store.close();
  });

  it('change what they changed also when they are written again beside one that falls', async () => {
    const store = openSqlite(fresh(), 'write', driver);
    await publishArticles(store, 2);
    const revised = { ...aText(1), ref: 1, title: 'Corrected', updatedAt: at(90), topics: [] };
    await store.saveFetch(aState(), someChanges({ changed: [revised] }));
    expect((await store.articles([1]))[0]!.title).toBe('Corrected'); // from now on at hand
    const twice = someChanges({ added: [aNewArticle(7), aNewArticle(7)] });
    await expect(store.saveFetch(aState({ sourceId: 'bad' }), twice)).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    expect((await store.unplaced(9)).map(({ ref }) => ref)).toEqual([1]);
    expect((await store.dirty()).length).toBeGreaterThan(0);
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
      await save(store, 1);
      await store.flush();
      await save(store, 2, long);
      await expect(store.flush()).rejects.toMatchObject(full);
      expect((await store.pending()).map(({ ref }) => ref)).toEqual([1]);
      expect(await kept(path)).toEqual(['source-1']);
      await save(store, 3);
      await store.flush();
      await store.close();
    });

    it.each([
      ['keeps', (store: Store) => store.flush()],
      ['saves', (store: Store) => save(store, 4)],
      ['writes', (store: Store) => store.saveMeta('a', 'b')],
    ])('are said to be lost to who %s next, when nobody waited', async (_, next) => {
      const { path, store } = open();
      await save(store, 2, long);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await expect(next(store)).rejects.toMatchObject(full);
      await next(store);
      expect(await kept(path)).not.toContain('source-2');
      await store.close();
    });
  });
});
