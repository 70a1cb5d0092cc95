/** Printing in a second thread: what it prints is what is printed here, and where it fails nobody notices. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/app/open-store.js';
import { printAhead } from '../../src/app/print-setup.js';
import { writersOf } from '../../src/app/writers.js';
import { createEntries } from '../../src/compose/entry.js';
import type { Settings, StoreSettings } from '../../src/model/settings.js';
import { Printer } from '../../src/pipeline/print.js';
import { PrintAhead } from '../../src/pipeline/print-ahead.js';
import { type ArticlePrint, Prints } from '../../src/pipeline/prints.js';
import type { Store } from '../../src/ports.js';
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
  async function pressRoom() {
    const read: number[] = [];
    const shown: Store['shown'] = (wanted) => {
      read.push(...wanted);
      return store.shown(wanted);
    };
    const printer = new Printer(await writersOf(settings.publish.formats));
    return { read, prints: new Prints({ shown }, createEntries(settings), printer) };
  }
  const told = (prints: readonly ArticlePrint[]) =>
    prints.map(({ sheet, marks, ...about }) => ({
      ...about,
      texts: marks.slice(1).map((mark, i) => Buffer.from(sheet.subarray(marks[i], mark)).toString()),
    }));
  async function printedHere() {
    return told(await (await pressRoom()).prints.of(refs));
  }

  it('gives the same prints as printing here, and none of what no channel may show', async () => {
    ahead = new PrintAhead(refs, new URL(module('app/print-worker')), { settings, store: file });
    await ahead.ended;
    const { read, prints } = await pressRoom();
    await ahead.join(prints);
    const joined = told(await prints.of(refs));
    expect(joined).toHaveLength(COUNT - 1);
    expect(joined).toEqual(await printedHere());
    expect(read).toEqual([GONE]);
  });

  it('shares the work with a thread that has only begun', async () => {
    const { read, prints } = await pressRoom();
    ahead = new PrintAhead(refs, new URL(module('app/print-worker')), { settings, store: file });
    await ahead.join(prints);
    expect(told(await prints.of(refs))).toEqual(await printedHere());
    expect(read.slice(0, 64)).toEqual(refs.slice(0, 64));
  });

  it.each([
    ['fails', 'throw new Error("broken")'],
    ['takes a share and ends', 'import { workerData } from "node:worker_threads"; Atomics.add(workerData.taken, 0, 1)'],
  ])('prints here what a thread that %s did not', async (_, script) => {
    ahead = new PrintAhead(refs, new URL(`data:text/javascript,${encodeURIComponent(script)}`), {});
    const { prints } = await pressRoom();
    await ahead.join(prints);
    expect(told(await prints.of(refs))).toEqual(await printedHere());
  });

  it('is not worth it for few articles, nor possible where only one thread can read the store', async () => {
    const site = { ...settings, store: file } as unknown as Settings;
    expect(await printAhead(refs, site)).toBeNull();
    const many = Array.from({ length: 5000 }, (_, i) => i + 1);
    expect(await printAhead(many, { ...site, store: { ...file, kind: 'memory' } })).toBeNull();
  });
});
