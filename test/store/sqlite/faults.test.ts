import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/store.js';
import { findDriver, type Open } from '../../../src/store/sqlite/driver.js';
import { toStoreError } from '../../../src/store/sqlite/failure.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { until } from '../../support/a-worker.js';
import { asNobody } from '../../support/as-nobody.js';
import { compiled } from '../../support/compiled.js';
import { fullFolder } from '../../support/full-folder.js';
import { aNewArticle, aState, publishArticles, someChanges } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { thorough } from '../../support/thorough.js';

const driver = await findDriver();
const open = async (path: string, mode: 'write' | 'read' = 'write'): Promise<Store> => openSqlite(path, mode, driver);
const fresh = () => join(temporaryFolder(), 'newsloom.db');

describe('a text deleted by a takedown', () => {
  const hasText = (path: string) =>
    ['', '-wal'].some((tail) => existsSync(path + tail) && readFileSync(path + tail, 'latin1').includes('Headline 7'));
  async function takenDown(path: string, driver: Open): Promise<Store> {
    const store = openSqlite(path, 'write', driver);
    await publishArticles(store, 40);
    await store.sync();
    await store.setHidden([7], { by: 'takedown' }, new Date(0));
    return store;
  }

  it('is wiped once there is enough disk space', async () => {
    let isFull = true;
    const full: Open = (file, mode) => {
      const real = driver(file, mode);
      const exec = (sql: string) => {
        if (sql === 'VACUUM' && isFull)
          throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
        return real.exec(sql);
      };
      return { exec, prepare: (sql) => real.prepare(sql), close: () => real.close() };
    };
    const path = fresh();
    const store = await takenDown(path, full);
    await expect(store.eraseDeletedTexts()).rejects.toMatchObject({ code: 'STORE_FULL' });
    await store.close();
    expect(hasText(path)).toBe(true);
    isFull = false;
    const again = openSqlite(path, 'write', full);
    await again.eraseDeletedTexts();
    expect(hasText(path)).toBe(false);
    isFull = true; // nothing left to wipe
    await again.eraseDeletedTexts();
    await again.close();
    await openSqlite(path, 'read', driver).close();
  });

  it('is wiped once no reader uses the old data', async () => {
    const path = fresh();
    const store = await takenDown(path, (file, mode) => {
      const real = driver(file, mode);
      const prepare = (sql: string) => {
        if (sql.includes('wal_checkpoint')) real.exec('PRAGMA busy_timeout = 0');
        return real.prepare(sql);
      };
      return { exec: (sql) => real.exec(sql), prepare, close: () => real.close() };
    });
    const reader = driver(path, 'read');
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM article').get();
    await expect(store.eraseDeletedTexts()).rejects.toMatchObject({ code: 'STORE_BUSY' });
    reader.close();
    await store.eraseDeletedTexts();
    expect(hasText(path)).toBe(false);
    await store.close();
    await openSqlite(path, 'read', driver).close();
  });
});

describe('a faulty store', () => {
  it('names the package to install if SQLite is missing', async () => {
    const absent = { code: 'STORE_DRIVER', message: expect.stringContaining('npm install better-sqlite3') };
    await expect(findDriver([() => null, async () => null])).rejects.toMatchObject(absent);
  });

  it('rejects a file that is not a store, with a remedy', async () => {
    const path = fresh();
    writeFileSync(path, 'this is my shopping list, '.repeat(200));
    const refused = { code: 'STORE_CORRUPT', message: expect.stringContaining('not a newsloom store') };
    await expect(open(path)).rejects.toMatchObject(refused);
    await expect(open(path, 'read')).rejects.toMatchObject(refused);
    expect(readFileSync(path, 'utf8')).toContain('shopping list');
  });

  it('starts empty if the file is missing, regardless of its old checksum', async () => {
    const path = fresh();
    const store = await open(path);
    await publishArticles(store, 20);
    await store.close();
    const sum = readFileSync(`${path}.sum`);
    rmSync(path);
    expect(await (await open(path, 'read')).head('all', 50)).toEqual([]);
    const anew = await open(path);
    expect(await anew.head('all', 50)).toEqual([]);
    await anew.close();
    await (await open(path)).close();
    // An empty file has lost its data.
    writeFileSync(`${path}.sum`, sum);
    writeFileSync(path, '');
    await expect(open(path)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('checks the file after an unclean shutdown, and finds the damage', async () => {
    const path = fresh();
    const store = await open(path);
    await publishArticles(store, 200);
    await store.close();
    damage(path);
    endOutOfOrder(path);
    const damaged = {
      code: 'STORE_CORRUPT',
      details: { path },
      message: expect.stringContaining('the store is damaged'),
    };
    await expect(open(path)).rejects.toMatchObject(damaged);
    await expect(open(path)).rejects.toMatchObject(damaged); // and releases the lock
  });

  it('reports damage found by a query or by pruning', async () => {
    const path = fresh();
    const store = await open(path);
    await publishArticles(store, 200);
    await store.close();
    const damaged = await open(path);
    damage(path);
    await expect(damaged.nextArticles(0, 500)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await expect(damaged.prune(new Date(0))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await damaged.close().catch(() => {});
  });

  it('rejects a store of a newer newsloom, for writers and readers', async () => {
    const path = fresh();
    await (await open(path)).close();
    withFile(path, (file) => file.exec('PRAGMA user_version = 999'));
    await expect(open(path)).rejects.toMatchObject({ code: 'STORE_VERSION' });
    await expect(open(path, 'read')).rejects.toMatchObject({ code: 'STORE_VERSION' });
  });

  it('reports a folder without write permission', async () => {
    const dir = temporaryFolder();
    chmodSync(dir, 0o555);
    const message = expect.stringContaining('check the owner and mode of its file and folder (EACCES');
    const refused = { name: 'StoreError', code: 'STORE_FAILED', message };
    await expect(asNobody(() => open(join(dir, 'newsloom.db')))).rejects.toMatchObject(refused);
    await expect(asNobody(() => open(join(dir, 'deep', 'newsloom.db')))).rejects.toMatchObject(refused);
  });

  it('reports a read-only file system', () => {
    const refused = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS', syscall: 'open' });
    expect(toStoreError(refused, '/site/newsloom.db')).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/read-only file system: mount its folder/),
    });
  });

  thorough(
    'is busy where another process writes for too long, and undoes the whole step',
    async () => {
      const path = fresh();
      const store = await open(path);
      const other = driver(path, 'write');
      other.exec('BEGIN IMMEDIATE');
      await expect(store.saveMeta('a', 'b')).rejects.toMatchObject({ code: 'STORE_BUSY' });
      other.exec('ROLLBACK');
      other.close();
      expect(await store.meta('a')).toBeNull();
      await store.close();
    },
    300_000,
  );

  it('rolls back a step that fails halfway', async () => {
    const store = await open(fresh());
    const added = [aNewArticle(1), aNewArticle(2), aNewArticle(1)]; // a duplicate ref
    await expect(store.saveFetch(aState(), someChanges({ added }))).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    expect(await store.pending()).toEqual([]);
    expect(await store.fetchStates()).toEqual(new Map());
    await publishArticles(store, 2);
    expect(await store.countArticles()).toBe(2);
    await store.close();
  });

  it.skipIf(!fullFolder.possible)(`stays intact on a full disk (${fullFolder.how})`, async () => {
    const path = join(fullFolder.make(2 * 1024 * 1024), 'newsloom.db');
    const store = await open(path);
    await publishArticles(store, 20);
    const contentHtml = 'x'.repeat(100_000);
    const added = Array.from({ length: 40 }, (_, i) => aNewArticle(100 + i, 100 + i, { contentHtml }));
    const full = { name: 'StoreError', code: 'STORE_FULL' };
    const saved = store.saveFetch(aState({ failures: 3 }), someChanges({ added }));
    await expect(saved).rejects.toMatchObject(full);
    expect(await store.pending()).toEqual([]);
    expect(await store.head('all', 50)).toHaveLength(20);
    expect((await store.fetchStates()).get('paper')!.failures).toBe(0);
    await store.close();
    const again = await open(path);
    expect(await again.countArticles()).toBe(20);
    await again.close();
  });
});

describe('one writer', () => {
  const module = compiled();
  const held = { code: 'STORE_LOCKED' };

  it('rejects a second writer until the first closes, and accepts readers', async () => {
    const path = fresh();
    const first = await open(path);
    await expect(open(path)).rejects.toMatchObject(held);
    await (await open(path, 'read')).close();
    await first.close();
    await first.close();
    await (await open(path)).close();
    expect(existsSync(join(path, '..', 'newsloom.lock.db'))).toBe(true);
  });

  it('is locked by a suspended process, and unlocked when that is killed', async () => {
    const path = fresh();
    const holder = await startHolder(path, 'await new Promise((resolve) => setTimeout(resolve, 60_000));');
    holder.kill('SIGSTOP');
    await expect(open(path)).rejects.toMatchObject(held);
    holder.kill('SIGKILL');
    await ended(holder);
    await (await open(path)).close();
  });

  it('keeps acknowledged transactions whole when it is killed', async () => {
    const path = fresh();
    let acknowledged = 0;
    for (let kill = 0; kill < 5; kill++) {
      acknowledged = Math.max(acknowledged, await killWhileWriting(path, 30 + kill * 25));
      const store = await open(path); // checks the whole file
      const stored = (await store.pending()).length;
      expect(stored % 10).toBe(0);
      expect(stored).toBeGreaterThanOrEqual(acknowledged);
      expect((await store.fetchStates()).get('paper')?.failures ?? 0).toBe(stored);
      await store.close();
    }
    expect(acknowledged).toBeGreaterThan(0);
  });

  /** Opens the store in another process and runs `script` on it. */
  async function startHolder(path: string, script: string) {
    const opened = `
      const { openSqlite } = await import(${JSON.stringify(module('store/sqlite/sqlite'))});
      const { findDriver } = await import(${JSON.stringify(module('store/sqlite/driver'))});
      const store = openSqlite(${JSON.stringify(path)}, 'write', await findDriver());
      console.log('open');
      ${script}`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', opened]);
    child.stderr.pipe(process.stderr);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return child;
  }

  /** Saves ten articles at a time, with their number in the state. Resolves with the number acknowledged before the kill. */
  async function killWhileWriting(path: string, ms: number): Promise<number> {
    const article = { ...aNewArticle(0), publishedAt: null, firstSeenAt: null, keys: [] };
    const writer = await startHolder(
      path,
      `const date = new Date(0), article = ${JSON.stringify(article)}, state = ${JSON.stringify(aState())};
      for (const name of Object.keys(state)) if (/At$|Since$/.test(name) && state[name]) state[name] = date;
      state.recentDates = [];
      let stored = (await store.pending()).length;
      for (;;) {
        const first = await store.reserveRefs(10);
        const added = Array.from({ length: 10 }, (_, i) => ({ ...article, ref: first + i, publishedAt: date, firstSeenAt: date }));
        const rest = { changed: [], reclaimed: [], aliases: [], alsoIn: [], withdrawn: [], restored: [], topicsFingerprint: 'x', snapshot: null };
        await store.saveFetch({ ...state, failures: stored += 10 }, { added, ...rest });
        process.stdout.write(stored + '\\n');
      }`,
    );
    let told = '';
    writer.stdout.on('data', (chunk) => {
      told += chunk;
    });
    await until(() => (told.split('\n').length > 2 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, ms));
    writer.kill('SIGKILL');
    await once(writer, 'close');
    return Number(told.trim().split('\n').at(-2) ?? 0);
  }

  it('reports a file size limit, and keeps earlier data', async () => {
    const path = fresh();
    const store = await open(path);
    await publishArticles(store, 20);
    await store.close();
    const script = `
      const { openSqlite } = await import(${JSON.stringify(module('store/sqlite/sqlite'))});
      const { findDriver } = await import(${JSON.stringify(module('store/sqlite/driver'))});
      const store = openSqlite(${JSON.stringify(path)}, 'write', await findDriver());
      await store.saveMeta('big', 'x'.repeat(1_000_000)).catch((error) => console.log(error.code));`;
    const limit = `ulimit -f 256; exec "$0" --input-type=module --eval "$1"`;
    const child = spawnSync('sh', ['-c', limit, process.execPath, script], { encoding: 'utf8' });
    expect(child.stdout.trim()).toMatch(/^STORE_(FULL|FAILED)$/);
    const again = await open(path);
    expect(await again.head('all', 50)).toHaveLength(20);
    expect(await again.meta('big')).toBeNull();
    await again.close();
  });
});

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Simulates a kill by removing the note of the clean shutdown. */
function endOutOfOrder(path: string): void {
  withFile(path, (file) => file.exec("DELETE FROM meta WHERE key = 'store.clean-end'"));
}

function withFile(path: string, work: (file: ReturnType<typeof driver>) => void): void {
  const file = driver(path, 'write');
  work(file);
  file.close();
  rmSync(`${path}.sum`, { force: true }); // simulates an unclean shutdown
}

/** Overwrites 8 KB of long rows. */
function damage(path: string): void {
  const page = 4096;
  const found = readFileSync(path).indexOf('What happened, number 150.');
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(2 * page, 0xa5), 0, 2 * page, Math.floor(found / page) * page);
  closeSync(file);
}
