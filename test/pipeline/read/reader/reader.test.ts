/** Reading in threads gives the same results, and an endless document affects only itself. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { CleanContext } from '../../../../src/model/document.js';
import { createReader, type Reader, type ReaderOptions } from '../../../../src/pipeline/read/reader/reader.js';
import { compiled } from '../../../support/compiled.js';
import { isThorough, thorough } from '../../../support/thorough.js';

const ABOUT = { contentType: 'application/rss+xml', url: 'https://paper.example/feed' };
const CONTEXT: CleanContext = {
  source: { id: 'paper', title: null, content: 'full' },
  documentUrl: ABOUT.url,
  contentLanguage: null,
  commonParameters: null,
  credits: [],
  titleEnding: null,
  furniture: [],
  usualLanguage: null,
};

const TASK = { about: ABOUT, context: CONTEXT, last: null } as const;

function feed(items: number): Uint8Array {
  const item = (index: number) =>
    `<item><title>Story number ${index}</title><link>https://paper.example/${index}</link><pubDate>Tue, 03 Mar 2026 09:15:00 GMT</pubDate><description>${`Words that say something of ${index}. `.repeat(20)}</description></item>`;
  const list = Array.from({ length: items }, (_, index) => item(index)).join('');
  return Buffer.from(
    `<rss version="2.0"><channel><title>Paper</title><link>https://paper.example/</link>${list}</channel></rss>`,
  );
}

/** URL of a reader thread. `onTask` gets `{ body }` and `answer`. */
function threadThat(onTask: string): URL {
  return new URL(
    `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const answer = (body) => parentPort.postMessage({ document: { drafts: [], skipped: body.length } });
    let received = 0;
    parentPort.on('message', ({ body }) => {
      received++;
      ${onTask}
    });
    parentPort.postMessage('ready');
  `)}`,
  );
}

/** A reader thread that never finishes documents above a kilobyte. */
const ENDLESS = threadThat('while (body.length > 1024); answer(body);');

/** Nine megabytes of minimal elements. */
function crowded(): Uint8Array {
  return Buffer.from(`<rss version="2.0"><channel><title>t</title>${'<a b="c"/>'.repeat(900_000)}</channel></rss>`);
}

describe('createReader', () => {
  const module = compiled();
  let reader: Reader | null = null;
  afterEach(async () => {
    await reader?.close();
    reader = null;
  });
  function start(options: ReaderOptions = {}): Reader {
    reader = createReader({ script: new URL(module('pipeline/read/reader/read-worker')), threads: 1, ...options });
    return reader;
  }
  const read = (body: Uint8Array) => reader!.read({ ...TASK, body });

  it('reads small documents in the main thread, and in a worker after a total size', async () => {
    const reader = start({ script: ENDLESS, mainThreadBytes: 1500 });
    const small = Buffer.from('<rss version="2.0"><channel><title>Paper</title></channel></rss>'.padEnd(1000));
    const skipped = async () => (await reader.read({ ...TASK, body: small })).skipped;
    expect(await skipped()).toBe(0);
    expect(await skipped()).toBe(1000); // the reply of this test's thread
  });

  it('gives the same result in a worker and in the main thread', async () => {
    const body = feed(30);
    start({ inlineBytes: 1_000_000 });
    const inline = await read(body);
    await reader?.close();
    start({ inlineBytes: 0 });
    expect(await read(body)).toEqual(inline);
    expect(inline.drafts).toHaveLength(30);
  });

  it('starts no thread for little work', async () => {
    start({ script: new URL('file:///nowhere/read-worker.js') });
    expect((await read(feed(30))).drafts).toHaveLength(30);
  });

  it('reads few new items of a large document in the main thread', async () => {
    start({ inlineBytes: 1_000_000 });
    const whole = await read(feed(300));
    expect(whole.read).toBe('all');
    await reader?.close();
    start({ script: new URL('file:///nowhere/read-worker.js') });
    const last = { ...whole.hashes!, items: whole.hashes!.items.filter((_, place) => place !== 7 && place !== 9) };
    const part = await reader!.read({ ...TASK, body: feed(300), last });
    expect(part.read).toBe('new');
    expect(part.hashes).toEqual(whole.hashes);
    expect(part.drafts).toEqual([whole.drafts[7], whole.drafts[9]]);
  });

  it('reads many new items in a worker', async () => {
    start({ inlineBytes: 1_000_000 });
    const whole = await read(feed(300));
    await reader?.close();
    start();
    const last = { ...whole.hashes!, items: whole.hashes!.items.slice(250) };
    const part = await reader!.read({ ...TASK, body: feed(300), last });
    expect(part).toEqual({ ...whole, read: 'new', drafts: whole.drafts.slice(0, 250) });
  });

  it.each([
    ['is outside of the items', (body: string) => body.replace('<title>Paper', '<title>Paper 2')],
    ['is irregular', (body: string) => body.replace('<item>', '<item><pubDate>soon</pubDate>')],
  ])('reads all where something else %s', async (_, change) => {
    start();
    const { hashes } = await read(feed(3));
    const body = Buffer.from(change(Buffer.from(feed(4)).toString()));
    const document = await reader!.read({ ...TASK, body, last: hashes });
    expect(document.read).toBe('all');
    expect(document.drafts).toHaveLength(4);
  });

  it('reads everything in the main thread if the system starts no thread', async () => {
    start({ threads: 0, inlineBytes: 0 });
    expect((await read(feed(30))).drafts).toHaveLength(30);
  });

  it('rejects with the error of the parser', async () => {
    start({ inlineBytes: 0 });
    const page = Buffer.from('<html><body>Hello</body></html>');
    await expect(read(page)).rejects.toMatchObject({
      name: 'ParseError',
      code: 'PARSE_UNRECOGNIZED',
      details: { is: 'html' },
    });
  });

  it('stops a document at its deadline, and reads the queued ones', async () => {
    start({ inlineBytes: 0, deadlineMs: 300, script: ENDLESS });
    const results = await Promise.allSettled([2000, 2, 3].map((bytes) => read(Buffer.alloc(bytes))));
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'PARSE_TIMEOUT' } },
      { status: 'fulfilled', value: { skipped: 2 } },
      { status: 'fulfilled', value: { skipped: 3 } },
    ]);
  });

  /** Replies with the number of documents received so far. */
  const COUNTING = threadThat('setTimeout(() => answer({ length: received }), 50);');

  it.each([
    ['sends small documents ahead to a thread', [1000, 1, 1], [3, 3, 3]],
    ['sends nothing ahead to a thread that reads a large one', [2_000_000, 1, 1], [1, 3, 3]],
  ])('%s', async (_, sizes, received) => {
    start({ inlineBytes: 0, script: COUNTING });
    const results = await Promise.all(sizes.map((bytes) => read(Buffer.alloc(bytes))));
    expect(results.map(({ skipped }) => skipped)).toEqual(received);
  });

  it('rejects only the document that kills a thread on its own', async () => {
    start({ inlineBytes: 0, script: threadThat('if (body.length > 1024) process.exit(); else answer(body);') });
    const results = await Promise.allSettled([1, 2000, 2, 3].map((bytes) => read(Buffer.alloc(bytes))));
    expect(results).toMatchObject([
      { status: 'fulfilled', value: { skipped: 1 } },
      { status: 'rejected', reason: { code: 'PARSE_CRASHED' } },
      { status: 'fulfilled', value: { skipped: 2 } },
      { status: 'fulfilled', value: { skipped: 3 } },
    ]);
  });

  it('reads documents in separate threads after a thread with several has died', async () => {
    const oneAtATime = 'if (received > 1) process.exit(); setTimeout(() => { received = 0; answer(body); }, 50);';
    start({ inlineBytes: 0, script: threadThat(oneAtATime) });
    const results = await Promise.all([1, 2, 3].map((bytes) => read(Buffer.alloc(bytes))));
    expect(results.map(({ skipped }) => skipped)).toEqual([1, 2, 3]);
  });

  it('starts a deadline when the previous document is done', async () => {
    const slowly = 'const end = performance.now() + 250; while (performance.now() < end); answer(body);';
    start({ inlineBytes: 0, deadlineMs: 600, script: threadThat(slowly) });
    const results = await Promise.all([1, 2, 3, 4].map((bytes) => read(Buffer.alloc(bytes))));
    expect(results.map(({ skipped }) => skipped)).toEqual([1, 2, 3, 4]);
  });

  thorough('continues in another worker where one runs out of memory', async () => {
    start({ inlineBytes: 0, heapMb: 64 });
    const results = await Promise.allSettled([read(crowded()), read(feed(2))]);
    expect(results).toMatchObject([{ status: 'rejected', reason: { code: 'PARSE_CRASHED' } }, { status: 'fulfilled' }]);
  });

  const onLinux = process.platform === 'linux';
  it.runIf(isThorough && onLinux)(
    'keeps the main thread free while it reads five megabytes',
    { timeout: 300_000 },
    async () => {
      /** CPU ticks of the main thread only, independent of other load. */
      const work = async (body: Uint8Array) => {
        const before = ownTicks();
        const document = await read(body);
        expect(document.drafts).toHaveLength(2000);
        return ownTicks() - before;
      };
      const body = feed(8_500);
      start();
      await read(feed(1500)); // warm-up
      const beside = await work(body);
      await reader?.close();
      start({ inlineBytes: body.length, mainThreadBytes: body.length });
      const here = await work(body);
      expect(beside).toBeLessThan(here / 4);
    },
  );

  /** User and system CPU time of this thread in hundredths of a second. */
  function ownTicks(): number {
    const facts = readFileSync('/proc/thread-self/stat', 'latin1').split(') ').at(-1)!.split(' ');
    return Number(facts[11]) + Number(facts[12]);
  }

  it('rejects running and queued reads when it is closed', async () => {
    start({ inlineBytes: 0 });
    const pending = Promise.allSettled([read(feed(5_000)), read(feed(1))]);
    await reader?.close();
    const rejected = { status: 'rejected', reason: { code: 'PARSE_CRASHED' } };
    expect(await pending).toMatchObject([rejected, rejected]);
  });
});
