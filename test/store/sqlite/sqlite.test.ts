import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store/store.js';
import { loadBetterSqlite, loadNodeSqlite, type Open } from '../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { storeContract } from '../../contract/store.js';
import { openMemory } from '../../support/memory-store.js';
import { articleId, aState, publishArticles } from '../../support/stored-articles.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const drivers = { 'node:sqlite': loadNodeSqlite(), 'better-sqlite3': await loadBetterSqlite() };
const present = Object.entries(drivers).filter((entry): entry is [string, Open] => entry[1] !== null);

storeContract('sqlite in memory', async () => openMemory());

it('has a driver on this machine', () => expect(present).not.toEqual([]));

for (const [name, driver] of present) {
  storeContract(`sqlite on ${name}`, async () => openSqlite(join(temporaryFolder(), 'newsloom.db'), 'write', driver));
  describe(`sqlite on ${name}`, () => survival(driver));
}

function survival(driver: Open): void {
  const fresh = () => join(temporaryFolder(), 'deep', 'newsloom.db');
  const open = (path: string, mode: 'write' | 'read' = 'write'): Store => openSqlite(path, mode, driver);

  it('keeps everything when it is reopened', async () => {
    const path = fresh();
    const first = open(path);
    await publishArticles(first, 3);
    await first.archive('all', [1]);
    const before = [await first.head('all', 9), await first.channels(), await first.dirty(), await first.fetchStates()];
    await first.close();
    const second = open(path);
    expect([
      await second.head('all', 9),
      await second.channels(),
      await second.dirty(),
      await second.fetchStates(),
    ]).toEqual(before);
    expect(await second.reserveRefs(1)).toBe(4);
    await second.close();
  });

  it('allows reading during a write, and shows readers an empty store if there is none', async () => {
    const path = fresh();
    const nothing = open(path, 'read');
    expect(await nothing.fetchStates()).toEqual(new Map());
    await nothing.close();
    const writer = open(path);
    const reader = open(path, 'read');
    await writer.saveFetches([aState()]);
    expect((await reader.fetchStates()).size).toBe(1);
    await publishArticles(writer, 1);
    expect((await reader.find(articleId(1)))?.ref).toBe(1);
    await expect(reader.saveMeta('a', 'b')).rejects.toMatchObject({ name: 'StoreError' });
    await reader.close();
    await writer.close();
  });
}
