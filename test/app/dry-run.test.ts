import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { copyToTemporaryStore } from '../../src/app/dry-run.js';
import { openStore } from '../../src/app/open-store.js';
import { findDriver } from '../../src/store/sqlite/driver.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('copies a store completely while a worker writes', async () => {
  const settings = { kind: 'sqlite', path: join(temporaryFolder(), 'newsloom.db'), url: null };
  const store = await openStore(settings, 'write');
  onTestFinished(() => store.close());
  const worker = (await findDriver())(settings.path, 'write');
  onTestFinished(() => void worker.close());
  const save = worker.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  let written = 0;
  const write = () => {
    for (let i = 0; i < 20; i++) save.run(`k${(written++ * 7) % 2000}`, 'x'.repeat(5_000 + ((written * 977) % 20_000)));
    worker.exec('PRAGMA wal_checkpoint(PASSIVE)');
  };
  while (written < 4_000) write();
  for (let copies = 0; copies < 3; copies++) {
    const copying = copyToTemporaryStore(settings);
    let isCopied = false;
    void copying.finally(() => {
      isCopied = true;
    });
    while (!isCopied) {
      write();
      await nextTurn();
    }
    const copy = await copying;
    onTestFinished(copy.remove);
    // Checks the whole file, because it was in use.
    await (await openStore(copy.settings, 'write')).close();
  }
  expect(written).toBeGreaterThan(4_000);
});
