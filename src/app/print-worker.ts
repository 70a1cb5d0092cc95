/** The inside of the thread that prints ahead: it reads the store on a connection of its own, and changes nothing. */
import { isMainThread, workerData } from 'node:worker_threads';
import { createEntries } from '../compose/entry.js';
import { EntryRenderer } from '../pipeline/publish/entry-renderer.js';
import { PrintStock } from '../pipeline/publish/print-stock.js';
import { renderArticles } from '../pipeline/publish/render-cache.js';
import { sharedScratch } from '../store/scratch.js';
import { openStore } from './open-store.js';
import type { PrintOrder } from './print-setup.js';
import { writersOf } from './writers.js';

if (!isMainThread) await printShares(workerData as PrintOrder);

async function printShares({ settings, store: from, stock: shared, scratch }: PrintOrder) {
  const stock = new PrintStock(shared, sharedScratch(scratch));
  const printer = new EntryRenderer(await writersOf(settings.publish.formats));
  const entryOf = createEntries(settings);
  const store = await openStore(from, 'read');
  for (let share = stock.take(); share !== null; share = stock.take()) {
    stock.put(renderArticles(await store.visibleArticles(share), entryOf, printer));
  }
  await store.close();
}
