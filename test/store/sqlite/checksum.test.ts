/** The checksum of a store file, updated from written pages. */
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileChecksum } from '../../../src/store/sqlite/checksum.js';
import { Connection } from '../../../src/store/sqlite/connection.js';
import { findDriver, type Open } from '../../../src/store/sqlite/driver.js';
import { sqlite } from '../../../src/store/sqlite/sqlite.js';
import { randomNumbers } from '../../support/random-numbers.js';

let folder: string;
let path: string;
let open: Open;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'newsloom-test-'));
  path = join(folder, 'store.db');
  open = await findDriver();
  writeFileSync(path, '');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

function use(work: (db: Connection) => void, endId = 'end'): void {
  const checksum = new FileChecksum(path);
  checksum.detectChange();
  const db = new Connection(open(path, 'write'), 'write', checksum);
  work(db);
  db.checkpoint();
  db.close();
  checksum.save(endId);
}

const saved = () => JSON.parse(readFileSync(`${path}.sum`, 'utf8'));
const save = (change: object) => writeFileSync(`${path}.sum`, JSON.stringify({ ...saved(), ...change }));
const stamp = () => {
  const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
};
const fill = (db: Connection, from: number, to: number, length: number) => {
  db.exec('BEGIN');
  for (let n = from; n < to; n++) db.run('REPLACE INTO t VALUES (?, ?)', n, String(n).repeat(length));
  db.exec('COMMIT');
};

describe('the checksum', () => {
  it('of a deleted file does not apply to a new one', async () => {
    use((db) => db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)'));
    rmSync(path);
    const store = await sqlite.open({ kind: 'sqlite', path, url: null }, 'write');
    expect(await store.countArticles()).toBe(0);
    await store.close();
  });

  it('equals that of the whole file after any writes, removals and checkpoints', () => {
    const random = randomNumbers(5);
    const below = (n: number) => Math.floor(random() * n);
    use((db) => {
      db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)');
      fill(db, 0, 2000, 100);
    });
    for (let n = 0; n < 30; n++) {
      use((db) => {
        for (let part = 0; part <= below(3); part++) {
          const from = below(2500);
          if (below(4) === 0) db.run('DELETE FROM t WHERE n BETWEEN ? AND ?', from, from + below(400));
          else fill(db, from, from + below(60), below(300));
          if (below(3) === 0) db.checkpoint();
        }
        if (n === 20) db.exec('VACUUM');
      }, `end ${n}`);
      utimesSync(path, 1, 1);
      expect(new FileChecksum(path).detectChange(), `use ${n}`).toBeNull();
    }
    expect(new FileChecksum(path).matches('end 29')).toBe(true);
  });

  it('detects a changed byte, and swapped pages', () => {
    use((db) => {
      db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)');
      fill(db, 0, 500, 50);
    });
    const whole = readFileSync(path);
    const other = Buffer.from(whole);
    other[5000]! ^= 1;
    const swapped = Buffer.from(whole);
    whole.copy(swapped, 4096, 8192, 12288);
    whole.copy(swapped, 8192, 4096, 8192);
    for (const bytes of [other, swapped, whole.subarray(0, 9000)]) {
      writeFileSync(path, bytes);
      expect(new FileChecksum(path).detectChange()).toBe('end');
    }
    writeFileSync(path, whole);
    expect(new FileChecksum(path).detectChange()).toBeNull();
  });

  it('detects loss of data by the disk within a day', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T09:00:00Z') });
    use((db) => db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)'));
    const rotten = readFileSync(path).fill(0, 4096, 5000);
    writeFileSync(path, rotten);
    save({ stamp: stamp() });
    vi.setSystemTime(new Date('2026-11-25T08:59:00Z'));
    expect(new FileChecksum(path).detectChange()).toBeNull();
    vi.setSystemTime(new Date('2026-11-25T09:01:00Z'));
    expect(new FileChecksum(path).detectChange()).toBe('end');
  });
});
