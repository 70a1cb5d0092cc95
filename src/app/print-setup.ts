/** Whether a second thread prints a site's new articles ahead, and with what. */
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { EditionSettings } from '../compose/settings.js';
import type { ArticleRef } from '../model/article.js';
import type { Settings, StoreSettings } from '../model/settings.js';
import type { PrintAhead } from '../pipeline/publish/print-ahead.js';
import type { SharedStock } from '../pipeline/publish/print-stock.js';
import { backends } from '../store/backends.js';
import { openScratch, type SharedScratch } from '../store/scratch.js';

/** What the thread is told. */
export interface PrintOrder {
  readonly settings: EditionSettings;
  readonly store: StoreSettings;
  readonly stock: SharedStock;
  readonly scratch: SharedScratch;
}

/** Fewer are not worth a thread, which takes as long to start as to print some 1500. */
const LEAST = 3000;

/** `settings.store`: the one that is open. null: it does not pay, there is one core, or no other thread can read that store. */
export async function printAhead(refs: readonly ArticleRef[], settings: Settings): Promise<PrintAhead | null> {
  const { store } = settings;
  const shared = backends.some((backend) => backend.name === store.kind && backend.shared);
  if (refs.length < LEAST || !shared || store.path === null || availableParallelism() < 2) return null;
  const scratch = openScratch(dirname(store.path));
  if (scratch === null) return null;
  const [{ PrintAhead: Ahead }, { PrintStock, shareStock }] = await loadPrinting();
  const stock = new PrintStock(shareStock(refs), scratch);
  const script = new URL('./print-worker.js', import.meta.url);
  return new Ahead(stock, scratch, script, { settings: editionSettings(settings), store, scratch: scratch.shared });
}

function loadPrinting() {
  return Promise.all([import('../pipeline/publish/print-ahead.js'), import('../pipeline/publish/print-stock.js')]);
}

/** Without what is no business of a feed, such as the headers that a source is asked with. */
function editionSettings({ site, publish, sources, topics }: Settings): EditionSettings {
  return {
    site,
    publish,
    sources: sources.map(({ id, url, title, content, withdrawn }) => ({ id, url, title, content, withdrawn })),
    topics: topics.map(({ id, label, iptc, parent }) => ({ id, label, iptc, parent })),
  };
}
