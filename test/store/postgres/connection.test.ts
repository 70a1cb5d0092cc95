import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PostgresConnection } from '../../../src/store/postgres/connection.js';
import { takePublisherLock } from '../../../src/store/postgres/lock.js';
import { parsePostgresPlace } from '../../../src/store/postgres/place.js';
import { hasPostgres, usePostgres } from '../../support/postgres.js';
import { thorough } from '../../support/thorough.js';

describe.skipIf(!hasPostgres)('a connection to PostgreSQL', () => {
  const server = usePostgres();
  const place = () => parsePostgresPlace({ kind: 'postgres', path: null, url: server.url(), schema: 'connection' });
  let db: PostgresConnection;
  beforeEach(async () => {
    db = await PostgresConnection.open(place(), 'write');
    await db.exec('DROP SCHEMA IF EXISTS connection CASCADE; CREATE SCHEMA connection');
    await db.exec('CREATE TABLE t (k text COLLATE "C" PRIMARY KEY, n bigint, b bytea, x double precision)');
  });
  afterEach(() => db.close());

  it('returns any string, numbers, and bytes in a separate buffer', async () => {
    const units = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
    const text = fc.oneof(
      units,
      fc.string({
        unit: fc.constantFrom('\0', '\ufdd0', 'B', 'U', 'u', '\\', '\ud83d', '\ude00', '0000', 'fdd0', '"', '\n'),
      }),
    );
    const row = fc.tuple(
      text,
      fc.maxSafeInteger(),
      fc.uint8Array({ maxLength: 20 }),
      fc.double({ noNaN: true }).map((x) => x + 0),
    );
    await fc.assert(
      fc.asyncProperty(row, async ([k, n, b, x]) => {
        await db.write(async () => {
          db.run('DELETE FROM t');
          db.run('INSERT INTO t VALUES (?, ?, ?, ?)', k, n, b, x);
        });
        const back = (await db.get<{ k: string; n: number; b: Uint8Array; x: number }>(
          'SELECT * FROM t WHERE k = ?',
          k,
        ))!;
        expect([back.k, back.n, [...back.b], back.x]).toEqual([k, n, [...b], x]);
        expect(back.b.byteOffset).toBe(0);
        expect(await db.allMatching<{ n: number }>('SELECT n FROM t WHERE k IN', ['other', k])).toEqual([{ n }]);
      }),
      { numRuns: 200 },
    );
  });

  it('reads parts of JSON with any content', async () => {
    const text = fc.string({
      unit: fc.constantFrom('\0', '\ufdd0', 'B', 'U', 'u', '\\', '\ud83d', '\ude00', '0000', '"', '\n'),
    });
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const json = JSON.stringify({ a: { b: [a] }, c: b });
        const part = db.dialect.part('k', 'a', 'b');
        const row = await db.write(async () => {
          db.run('DELETE FROM t');
          db.run('INSERT INTO t (k) VALUES (?)', json);
          return db.get<{ k: string; part: string }>(`SELECT k, ${part} AS part FROM t`);
        });
        expect([row!.k, JSON.parse(row!.part)]).toEqual([json, [a]]);
      }),
      { numRuns: 300 },
    );
  });

  it('sorts by code points, whatever the locale', async () => {
    const names = ['a', 'B', 'ä', 'Z', '_', '\uffff', '😀', 'a\u0301'];
    await db.write(async () => {
      for (const name of names) db.run('INSERT INTO t (k) VALUES (?)', name);
    });
    const codePoints = (one: string) =>
      [...one].map((character) => character.codePointAt(0)!.toString(16).padStart(6, '0')).join('');
    const sorted = [...names].sort((a, b) => (codePoints(a) < codePoints(b) ? -1 : 1));
    expect((await db.all<{ k: string }>('SELECT k FROM t ORDER BY k')).map(({ k }) => k)).toEqual(sorted);
  });

  it('rolls back a failed transaction, reports the error, and stays usable', async () => {
    const twice = db.write(async () => {
      db.run('INSERT INTO t (k) VALUES (?)', 'a');
      db.run('INSERT INTO t (k) VALUES (?)', 'a');
      db.run('INSERT INTO t (k) VALUES (?)', 'b');
      return db.all('SELECT * FROM t');
    });
    await expect(twice).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      message: expect.stringContaining('duplicate key'),
    });
    const last = db.write(async () => {
      db.run('INSERT INTO t (k) VALUES (?)', 'a');
      db.run('INSERT INTO t (k) VALUES (?)', 'a');
    });
    await expect(last).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    const ours = db.write(async () => {
      db.run('INSERT INTO t (k) VALUES (?)', 'a');
      throw new Error('ours');
    });
    await expect(ours).rejects.toThrow('ours');
    expect(await db.all('SELECT * FROM t')).toEqual([]);
    expect(await db.write(() => db.change("INSERT INTO t (k) VALUES ('x'), ('y')"))).toBe(2);
  });

  it('returns rows for many sets of values in their order', async () => {
    const sets = Array.from({ length: 1200 }, (_, n) => [`k${n % 100}`, n]);
    await db.write(async () => {
      for (const [k, n] of sets.slice(0, 100)) db.run('INSERT INTO t (k, n) VALUES (?, ?)', k!, n!);
    });
    const rows = await db.allBatched<{ n: number }>('SELECT n FROM t WHERE k = ? AND n <= ?', sets);
    expect(rows.map((found) => found[0]!.n)).toEqual(sets.map((_, n) => n % 100));
  });

  it('locks out other publishers until its connection ends', async () => {
    await takePublisherLock(db, place());
    const other = await PostgresConnection.open(place(), 'write');
    await expect(takePublisherLock(other, place())).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await db.close();
    await expect
      .poll(() =>
        takePublisherLock(other, place()).then(
          () => 'taken',
          () => 'not yet',
        ),
      )
      .toBe('taken');
    await other.close();
  });

  it('does not reconnect, and does not end the process, when it is lost', async () => {
    await server.restart();
    await expect(db.get('SELECT 1')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await expect(db.write(async () => db.run('DELETE FROM t'))).rejects.toMatchObject({ code: 'STORE_FAILED' });
    const next = await PostgresConnection.open(place(), 'read');
    expect(await next.get('SELECT 1 AS one')).toEqual({ one: 1 });
    await expect(next.change('DELETE FROM nowhere')).rejects.toMatchObject({ name: 'StoreError' });
    await next.close();
  });

  thorough('survives idle time, and ends with its lock when its process is suspended', async () => {
    const speaking = await PostgresConnection.open(place(), 'write', 8_000);
    await takePublisherLock(speaking, place());
    await speaking.write(() => sleep(9_000));
    await sleep(9_000);
    expect(await speaking.get('SELECT 1 AS one')).toEqual({ one: 1 });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 9_000);
    await expect.poll(() => speaking.isLost).toBe(true);
    await expect(speaking.get('SELECT 1')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await takePublisherLock(db, place());
  });

  it('reports in one line, without the password, why a database is unusable', async () => {
    const open = (url: string) =>
      PostgresConnection.open(parsePostgresPlace({ kind: 'postgres', path: null, url }), 'read');
    const wrong: [string, RegExp][] = [
      ['postgres://newsloom:secret@127.0.0.1:1/postgres', /cannot reach the database/],
      ['postgres://newsloom:secret@nowhere.invalid/postgres', /cannot reach the database/],
      [server.url().replace('newsloom@', 'nobody:secret@'), /rejects this user|does not exist/],
      [server.url().replace(/postgres$/, 'other'), /database does not exist/],
    ];
    for (const [url, says] of wrong) {
      const error = await open(url).catch((caught: Error) => caught);
      expect(error).toMatchObject({ code: 'STORE_FAILED', message: expect.stringMatching(says) });
      expect((error as Error).message).not.toMatch(/secret|\n/);
    }
    expect(() => parsePostgresPlace({ kind: 'postgres', path: null, url: 'no address: secret' })).toThrow(
      /^store.url is not the address/,
    );
    expect(() => parsePostgresPlace({ kind: 'postgres', path: null, url: null })).toThrow('store.url is missing');
  });
});
