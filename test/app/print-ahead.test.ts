/** Printing in a second thread: what it prints is what is printed here, and where it fails nobody notices. */
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/app/open-store.js';
import { printAhead } from '../../src/app/print-setup.js';
import { writersOf } from '../../src/app/writers.js';
import { createEntries } from '../../src/compose/entry.js';
import type { Settings, StoreSettings } from '../../src/model/settings.js';
import { EntryRenderer } from '../../src/pipeline/publish/entry-renderer.js';
import { PrintAhead } from '../../src/pipeline/publish/print-ahead.js';
import { PrintStock, shareStock } from '../../src/pipeline/publish/print-stock.js';
import { RenderCache, type RenderedArticle } from '../../src/pipeline/publish/render-cache.js';
import type { Store } from '../../src/ports/store/store.js';
import { openScratch } from '../../src/store/scratch.js';
import { compiled } from '../support/compiled.js';
import { editionSettings } from '../support/published-article.js';
import { aState, at, publishArticles, someChanges } from '../support/stored-articles.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const settings = editionSettings();
const COUNT = 700;
const refs = Array.from({ length: COUNT }, (_, i) => i + 1);
/** Withdrawn without a trace. */
const GONE = 300;

describe('printing ahead', () => {
  const module = compiled();
  let file: StoreSettings;
  let store: Store;
  let ahead: PrintAhead | null = null;
  function begin(script: URL): PrintAhead {
    const scratch = openScratch(dirname(file.path!))!;
    ahead = new PrintAhead(new PrintStock(shareStock(refs), scratch), scratch, script, {
      settings,
      store: file,
      scratch: scratch.shared,
    });
    return ahead;
  }
  beforeEach(async () => {
    file = { kind: 'sqlite', path: join(temporaryFolder(), 'newsloom.db'), url: null };
    store = await openStore(file, 'write');
    await publishArticles(store, COUNT);
    await store.saveFetch(aState(), someChanges({ withdrawn: [{ ref: GONE, at: at(900), policy: 'remove' }] }));
  });
  afterEach(async () => {
    await ahead?.close();
    ahead = null;
    await store.close();
  });

  /** Also tells which articles were read here. */
  async function pressRoom(stock: PrintStock | null = null) {
    const read: number[] = [];
    const shown: Store['visibleArticles'] = (wanted) => {
      read.push(...wanted);
      return store.visibleArticles(wanted);
    };
    const printer = new EntryRenderer(await writersOf(settings.publish.formats));
    return { read, prints: new RenderCache({ visibleArticles: shown }, createEntries(settings), printer, stock) };
  }
  const told = (prints: readonly RenderedArticle[]) =>
    prints.map(({ sheet, marks, ...about }) => ({
      ...about,
      texts: marks.slice(1).map((mark, i) => Buffer.from(sheet.subarray(marks[i], mark)).toString()),
    }));
  async function printedHere() {
    return told(await (await pressRoom()).prints.of(refs, 'head'));
  }

  it('gives the same prints as printing here, and none of what no channel may show', async () => {
    const thread = begin(new URL(module('app/print-worker')));
    await thread.ended;
    const { read, prints } = await pressRoom(thread.stock);
    await thread.join(prints, new AbortController().signal);
    const joined = told(await prints.of(refs, 'head'));
    expect(joined).toHaveLength(COUNT - 1);
    expect(joined).toEqual(await printedHere());
    expect(read).toEqual([GONE]);
  });

  it('shares the work with a thread that has only begun', async () => {
    const thread = begin(new URL(module('app/print-worker')));
    const { read, prints } = await pressRoom(thread.stock);
    await thread.join(prints, new AbortController().signal);
    expect(told(await prints.of(refs, 'head'))).toEqual(await printedHere());
    expect(read.slice(0, 64)).toEqual(refs.slice(0, 64));
  });

  it.each([
    ['fails', 'throw new Error("broken")'],
    [
      'takes a share and ends',
      'import { workerData } from "node:worker_threads"; Atomics.add(workerData.stock.taken, 0, 1)',
    ],
  ])('prints here what a thread that %s did not', async (_, script) => {
    const thread = begin(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
    const { prints } = await pressRoom(thread.stock);
    await thread.join(prints, new AbortController().signal);
    expect(told(await prints.of(refs, 'head'))).toEqual(await printedHere());
  });

  it('prints no more here once the run is to end', async () => {
    const thread = begin(new URL(module('app/print-worker')));
    const { read, prints } = await pressRoom(thread.stock);
    const why = new Error('enough');
    await expect(thread.join(prints, AbortSignal.abort(why))).rejects.toBe(why);
    expect(read).toEqual([]);
  });

  it('is not worth it for few articles, nor possible where only one thread can read the store', async () => {
    const site = { ...settings, store: file } as unknown as Settings;
    expect(await printAhead(refs, site)).toBeNull();
    const many = Array.from({ length: 5000 }, (_, i) => i + 1);
    expect(await printAhead(many, { ...site, store: { ...file, kind: 'memory' } })).toBeNull();
  });
});
