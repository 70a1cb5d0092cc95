import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { S3Settings } from '../../../src/model/settings.js';
import type { Sink } from '../../../src/ports/sink.js';
import type { Store } from '../../../src/ports/store/store.js';
import { createS3Sink, type S3SinkOptions } from '../../../src/sink/s3/s3.js';
import { sinkContract } from '../../contract/sink.js';
import { openMemory } from '../../support/memory-store.js';
import { moto, type ObjectServer, readObjects, startMoto, TEST_CREDENTIALS } from '../../support/moto.js';
import { type ObjectProxy, startObjectProxy } from '../../support/object-proxy.js';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const HOUR = 3_600_000;
const PATIENCE = { timeoutMs: 20_000, waitMs: 1, attempts: 4 };

describe.skipIf(!moto.isHere)(`a bucket (${moto.how})`, () => {
  let server: ObjectServer;
  let settings: S3Settings;
  let store: Store;
  let proxy: ObjectProxy;
  beforeAll(async () => {
    server = await startMoto();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    store = openMemory();
    proxy = await startObjectProxy(server.endpoint);
    settings = await server.bucket('feeds/');
  });
  afterEach(async () => {
    await proxy.close();
    await store.close();
  });

  sinkContract('a bucket', () => lazySink(() => open()));

  /** A new sink on the same memory, as for each run. */
  function open(options: Partial<S3SinkOptions> = {}): Promise<Sink> {
    const memory = options.memory === undefined ? store : options.memory;
    const at = { ...settings, endpoint: proxy.endpoint, ...options.settings };
    return createS3Sink({
      credentials: TEST_CREDENTIALS,
      now: () => NOW,
      patience: PATIENCE,
      ...options,
      memory,
      settings: at,
    });
  }
  async function publish(files: Record<string, string>, remove: readonly string[] = [], options = {}) {
    const edition = await (await open(options)).begin();
    await Promise.all(Object.entries(files).map(([path, bytes]) => edition.put({ path, bytes })));
    return edition.commit(remove);
  }
  const texts = async () =>
    Object.fromEntries([...(await readObjects(settings))].map(([key, { bytes }]) => [key, bytes.toString()]));
  const asked = () => proxy.requests.splice(0).map((one) => one.replace(`/${settings.bucket}`, ''));

  it('sets content type and cache time by path', async () => {
    await publish({
      'archive/all/1.json': '1',
      'archive/all/2.json': '2',
      'all.rss': 'a',
      'images/x-240.webp': 'w',
      'index.html': 'h',
    });
    const told = [...(await readObjects(settings))].map(([key, { type, cache }]) => [key, type, cache]);
    expect(told).toEqual([
      ['feeds/all.rss', 'application/rss+xml; charset=utf-8', 'public, max-age=300, must-revalidate'],
      ['feeds/archive/all/1.json', 'application/feed+json; charset=utf-8', 'public, max-age=31536000, immutable'],
      ['feeds/archive/all/2.json', 'application/feed+json; charset=utf-8', 'public, max-age=300, must-revalidate'],
      ['feeds/images/x-240.webp', 'image/webp', 'public, max-age=86400'],
      ['feeds/index.html', 'text/html; charset=utf-8', 'public, max-age=300, must-revalidate'],
    ]);
  });

  it('uploads rank by rank, replaced objects first, the manifest last, then removes objects', async () => {
    await publish({ 'archive/all/9.rss': '9', 'old.rss': 'o' });
    asked();
    let ranks = 0;
    const files = { 'manifest.json': 'm', 'all.rss': 'a', 'archive/all/10.rss': '10', 'archive/all/9.rss': '9 next' };
    await publish(files, ['old.rss'], { beforeRank: async () => void ranks++ });
    expect(asked().filter((one) => /PUT|DELETE/.test(one))).toEqual([
      'PUT /feeds/archive/all/9.rss',
      'PUT /feeds/archive/all/10.rss',
      'PUT /feeds/all.rss',
      'PUT /feeds/manifest.json',
      'DELETE /feeds/old.rss',
    ]);
    expect(ranks).toBe(5);
  });

  it('requests only the manifest if nothing changed, and a list once a day', async () => {
    await publish({ 'all.rss': 'a', 'manifest.json': 'm' });
    asked();
    const look = async (hours: number) => {
      const sink = await open({ now: () => NOW + hours * HOUR });
      expect(await sink.sizes(['all.rss', 'none.rss'])).toEqual(new Map([['all.rss', 1]]));
      expect(await sink.changeTimes(['all.rss'])).toEqual(new Map([['all.rss', 0]]));
      expect((await sink.digests(['manifest.json'])).size).toBe(1);
      return asked();
    };
    expect(await look(1)).toEqual(['HEAD /feeds/manifest.json']);
    expect(await look(25)).toEqual(['GET ']);
    expect(await look(26)).toEqual(['HEAD /feeds/manifest.json']);
  });

  it('detects and repairs foreign changes, even of the same size', async () => {
    const files = { 'all.rss': 'ours', 'b.rss': 'b', 'manifest.json': 'm' };
    await publish(files);
    await publish({ 'all.rss': 'evil' }, ['b.rss'], { memory: openMemory() });
    const sink = await open({ now: () => NOW + 25 * HOUR });
    expect([...(await sink.sizes(Object.keys(files))).keys()]).toEqual(['manifest.json']);
    expect(await sink.changeTimes(['all.rss'])).toEqual(new Map([['all.rss', 1]]));
    const later = await open({ now: () => NOW + 26 * HOUR });
    expect([...(await later.sizes(['all.rss'])).keys()]).toEqual([]);
    expect((await publish(files)).written).toEqual(['b.rss', 'all.rss']);
    expect(await texts()).toEqual({ 'feeds/all.rss': 'ours', 'feeds/b.rss': 'b', 'feeds/manifest.json': 'm' });
  });

  it('continues after a kill without repeating uploads', async () => {
    await publish({ 'a.rss': '1', 'b.rss': '1', 'manifest.json': '1' });
    proxy.breaks = (request) => (/PUT.*(?:b\.rss|manifest)/.test(request) ? 403 : null);
    const next = { 'a.rss': '2', 'b.rss': '2', 'manifest.json': '2' };
    await expect(publish(next)).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
    proxy.breaks = () => null;
    asked();
    expect(await publish(next)).toMatchObject({ written: ['b.rss', 'manifest.json'], unchanged: 1 });
    expect(asked().filter((one) => one.startsWith('PUT'))).toEqual(['PUT /feeds/b.rss', 'PUT /feeds/manifest.json']);
    expect(Object.values(await texts())).toEqual(['2', '2', '2']);
  });

  it('does not overwrite a concurrent upload of another publisher', async () => {
    await publish({ 'all.rss': 'old' });
    for (const path of ['all.rss', 'new.rss']) {
      const slow = await (await open()).begin();
      await slow.put({ path, bytes: 'of the old publisher' });
      await publish({ [path]: 'younger' });
      await expect(slow.commit([])).rejects.toMatchObject({ code: 'PUBLISH_OVERTAKEN', details: { path } });
    }
    expect(await texts()).toEqual({ 'feeds/all.rss': 'younger', 'feeds/new.rss': 'younger' });
  });

  it('stops before the next rank when it may no longer publish', async () => {
    let ranks = 0;
    const beforeRank = async () => {
      if (++ranks > 1) throw new Error('the lock is gone');
    };
    const files = { 'topics/a.rss': 'a', 'all.rss': 'b', 'manifest.json': 'm' };
    await expect(publish(files, [], { beforeRank })).rejects.toThrow('the lock is gone');
    expect(Object.keys(await texts())).toEqual(['feeds/topics/a.rss']);
  });

  it('retries after a lost response and when the store is busy', async () => {
    const seen = new Map<string, number>();
    proxy.breaks = (request) => {
      const times = (seen.get(request) ?? 0) + 1;
      seen.set(request, times);
      if (!request.startsWith('PUT') || times > 2) return null;
      return times === 1 ? 'lost' : 503;
    };
    await publish({ 'all.rss': 'a', 'b.rss': 'b' });
    expect(await texts()).toEqual({ 'feeds/all.rss': 'a', 'feeds/b.rss': 'b' });
  });

  it('reports a permanent refusal without credentials', async () => {
    for (const [status, words] of [
      [500, /PUT feeds\/all\.rss failed with 500 SlowDown/],
      [403, /failed with 403 SlowDown; check the credentials/],
      [501, /publish\.s3\.conditional: false/],
    ] as const) {
      proxy.breaks = (request) => (request.startsWith('PUT') ? status : null);
      const error = await publish({ 'all.rss': 'a' }).catch((one: Error) => one);
      expect(error).toMatchObject({ code: 'PUBLISH_FAILED', message: expect.stringMatching(words) });
      expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toMatch(
        /an-access-key|a-secret-key/,
      );
    }
    const gone = { ...settings, bucket: 'no-such-bucket', endpoint: server.endpoint };
    for (const work of [
      async (sink: Sink) => sink.read('all.rss'),
      async (sink: Sink) => (await sink.begin()).put({ path: 'all.rss', bytes: 'a' }),
    ]) {
      const sink = await open({ settings: gone });
      await expect(work(sink)).rejects.toMatchObject({ message: expect.stringContaining('404 NoSuchBucket') });
    }
  });

  it('reports an unreachable store and a timeout', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const at = { ...settings, endpoint: `http://127.0.0.1:${port}` };
    const patience = { timeoutMs: 50, waitMs: 1, attempts: 2 };
    const late = await open({ settings: at, patience });
    await expect(late.read('all.rss')).rejects.toMatchObject({ message: expect.stringContaining('timeout') });
    silent.closeAllConnections();
    await new Promise<void>((resolve) => silent.close(() => resolve()));
    const refused = await open({ settings: at, patience });
    await expect(refused.read('all.rss')).rejects.toMatchObject({
      code: 'PUBLISH_FAILED',
      details: { reason: 'ECONNREFUSED' },
    });
  });

  it('writes unconditionally if configured, and detects lost objects in the next run', async () => {
    const without = { settings: { ...settings, endpoint: proxy.endpoint, conditional: false } };
    await publish({ 'all.rss': 'old', 'manifest.json': 'm' }, [], without);
    const slow = await (await open(without)).begin();
    await slow.put({ path: 'all.rss', bytes: 'of the old publisher' });
    await publish({ 'all.rss': 'younger', 'manifest.json': 'n' }, [], without);
    await slow.commit([]);
    await publish({ 'all.rss': 'younger', 'manifest.json': 'n' }, [], without);
    expect(await texts()).toEqual({ 'feeds/all.rss': 'younger', 'feeds/manifest.json': 'n' });
  });

  it('lists several pages, and keys with special characters', async () => {
    const names = ['topics/ärger & mehr+1.rss', 'topics/100%.rss', "topics/it's (a) test!.rss"];
    const many = Array.from({ length: 7 }, (_, i) => `articles/${i}.html`);
    proxy.pageSize = 3;
    await publish(Object.fromEntries([...names, ...many].map((path) => [path, path])));
    const sink = await open({ memory: null });
    asked();
    expect((await sink.sizes([...names, ...many])).size).toBe(10);
    expect(asked()).toEqual(['GET ', 'GET ', 'GET ', 'GET ']);
    for (const name of names) expect(Buffer.from((await sink.read(name))!).toString()).toBe(name);
  });
});

/** The contract creates its sink synchronously. */
function lazySink(make: () => Promise<Sink>): Sink {
  let made: Promise<Sink> | null = null;
  const sink = () => {
    made ??= make();
    return made;
  };
  return {
    begin: async () => (await sink()).begin(),
    read: async (path) => (await sink()).read(path),
    sizes: async (paths) => (await sink()).sizes(paths),
    changeTimes: async (paths) => (await sink()).changeTimes(paths),
    digests: async (paths) => (await sink()).digests(paths),
  };
}
