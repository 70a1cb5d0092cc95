/** The inside of the thread that prints ahead: it reads the store on a connection of its own, and changes nothing. */
import { parentPort, workerData } from 'node:worker_threads';
import { createEntries } from '../compose/entry.js';
import { Printer } from '../pipeline/print.js';
import { pack, Shares } from '../pipeline/print-messages.js';
import { ROOM, sizeOf, tellArticles } from '../pipeline/prints.js';
import { openStore } from './open-store.js';
import type { PrintOrder } from './print-setup.js';
import { writersOf } from './writers.js';

if (parentPort) await printShares(workerData as PrintOrder, parentPort);

async function printShares({ settings, store: from, refs, taken }: PrintOrder, port: NonNullable<typeof parentPort>) {
  const shares = new Shares(refs, taken);
  const printer = new Printer(await writersOf(settings.publish.formats));
  const entryOf = createEntries(settings);
  const store = await openStore(from, 'read');
  let bytes = 0;
  for (let share = shares.take(); share !== null && bytes < ROOM; share = shares.take()) {
    const prints = tellArticles(await store.shown(share), entryOf, printer);
    bytes += prints.reduce((sum, print) => sum + sizeOf(print), 0);
    const sent = pack(prints);
    port.postMessage(sent, [sent.sheet.buffer]);
  }
  await store.close();
}
