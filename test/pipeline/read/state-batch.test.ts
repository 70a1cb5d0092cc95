/** All states of unchanged sources are saved, and a refused one does not affect others. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StateBatch } from '../../../src/pipeline/read/state-batch.js';
import { findDriver } from '../../../src/store/sqlite/driver.js';
import { openSqlite } from '../../../src/store/sqlite/sqlite.js';
import { aState } from '../../support/sources.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const driver = await findDriver();

function aBatch() {
  const path = join(temporaryFolder(), 'newsloom.db');
  const store = openSqlite(path, 'write', driver);
  onTestFinished(() => store.close());
  return { batch: new StateBatch(store), path, saved: async () => [...(await store.fetchStates()).keys()] };
}

describe('StateBatch', () => {
  it('saves full batches, and the rest when flushed', async () => {
    const { batch, saved } = aBatch();
    for (let n = 0; n < 40; n++) await batch.add(aState({ sourceId: `source-${n}` }));
    expect((await saved()).length).toBe(32);
    await batch.flush();
    expect((await saved()).length).toBe(40);
  });

  it('keeps the other states when the store refuses one', async () => {
    const { batch, path, saved } = aBatch();
    const other = driver(path, 'write');
    other.exec(`CREATE TRIGGER refuse BEFORE INSERT ON source WHEN NEW.id = 'b' BEGIN SELECT RAISE(ABORT, 'no'); END`);
    other.close();
    for (const sourceId of ['a', 'b', 'c']) await batch.add(aState({ sourceId }));
    await batch.flush();
    expect(await saved()).toEqual(['a', 'c']);
  });
});
