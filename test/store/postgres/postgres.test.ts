import { describe, expect, it } from 'vitest';
import { postgres } from '../../../src/store/postgres/postgres.js';
import { sourceMethods } from '../../../src/store/sql/sources/sources.js';
import { storeContract } from '../../contract/store.js';
import { hasPostgres, usePostgres } from '../../support/postgres.js';
import { articleId, aState, publishArticles } from '../../support/stored-articles.js';

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = usePostgres();
  const fresh = () => ({ kind: 'postgres', path: null, url: server.url(), schema: server.schema() });

  storeContract('postgres', () => postgres.open(fresh(), 'write'));

  it('keeps everything when it is reopened', async () => {
    const at = fresh();
    const first = await postgres.open(at, 'write');
    await publishArticles(first, 3);
    await first.archive('all', [1]);
    const seen = async (store: typeof first) => [
      await store.head('all', 9),
      await store.channels(),
      await store.dirty(),
      await store.fetchStates(),
    ];
    const before = await seen(first);
    await first.close();
    const second = await postgres.open(at, 'write');
    expect(await seen(second)).toEqual(before);
    expect(await second.reserveRefs(1)).toBe(4);
    await second.close();
  });

  it('allows reading during a write, and shows readers an empty store if there is none', async () => {
    const at = fresh();
    const nothing = await postgres.open(at, 'read');
    expect(await nothing.fetchStates()).toEqual(new Map());
    await expect(nothing.saveMeta('a', 'b')).rejects.toMatchObject({ name: 'StoreError' });
    await nothing.close();
    const writer = await postgres.open(at, 'write');
    const reader = await postgres.open(at, 'read');
    await writer.saveFetches([aState()]);
    expect((await reader.fetchStates()).size).toBe(1);
    await publishArticles(writer, 1);
    expect((await reader.find(articleId(1)))?.ref).toBe(1);
    await expect(reader.saveMeta('a', 'b')).rejects.toMatchObject({ name: 'StoreError' });
    await reader.close();
    await writer.close();
  });

  it('saves the states of a hundred sources in one statement', async () => {
    const { db, close } = await postgres.openDatabase(fresh(), 'write');
    const statements: string[] = [];
    const counting = new Proxy(db, {
      get: (target, name: keyof typeof db) => {
        const member = target[name];
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          if (typeof args[0] === 'string') statements.push(args[0]);
          return (member as (...args: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    const states = Array.from({ length: 100 }, (_, i) => aState({ sourceId: `s${i}` }));
    await sourceMethods(counting, () => {}).saveFetches([...states, ...states]);
    expect(statements.length).toBe(1);
    expect((await sourceMethods(db, () => {}).fetchStates()).size).toBe(100);
    await close();
  });

  it('has one publisher, locked by its writing connection', async () => {
    const at = fresh();
    const release = await postgres.lock(at);
    await expect(postgres.lock(at)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await expect(postgres.open(at, 'write')).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    const store = await postgres.open(at, 'locked');
    await store.saveMeta('a', 'b');
    await store.close();
    await expect(postgres.lock(at)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await release();
    const next = await postgres.open(at, 'write');
    expect(await next.meta('a')).toBe('b');
    await next.close();
  });
});
