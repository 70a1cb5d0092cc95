/** A section in a bucket has the same files as in a folder, even after interrupted runs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { S3Settings } from '../../src/model/settings.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { compiled } from '../support/compiled.js';
import {
  moto,
  type ObjectServer,
  readObjects,
  type StoredObject,
  startMoto,
  TEST_CREDENTIALS,
} from '../support/moto.js';
import { type ObjectProxy, startObjectProxy } from '../support/object-proxy.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

const ENV = {
  AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
};
/** Links to older documents. A full archive document links to the next one before it exists, as in a folder. */
const LINK = /(?:rel="prev-archive"[^>]*href=|"next_url":\s*)"https:\/\/news\.example\.org\/feeds\/([^"]+)"/g;

describe.skipIf(!moto.isHere)(`a section in a bucket (${moto.how})`, { timeout: 300_000 }, () => {
  const moduleAt = compiled();
  let server: ObjectServer;
  let origin: FeedServer;
  let proxy: ObjectProxy;
  let bucket: S3Settings;
  let folder: TestSite;
  let site: TestSite;
  let configure: (formats: string) => void;

  beforeAll(async () => {
    server = await startMoto();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    for (const [name, value] of Object.entries(ENV)) vi.stubEnv(name, value);
    origin = await serveFeeds();
    proxy = await startObjectProxy(server.endpoint);
    bucket = await server.bucket('news/');
    const sources = ['a', 'b', 'c'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}", perDay: 100000 }`);
    const at = `{ bucket: ${bucket.bucket}, prefix: news, endpoint: "${proxy.endpoint}", region: us-east-1 }`;
    folder = aSite({ sources });
    site = aSite({ sources });
    configure = (formats) => {
      const publish = `items: 4, formats: [${formats}]`;
      folder.configure({ sources, more: ['duplicates: keep', `publish: { ${publish} }`] });
      site.configure({ sources, more: ['duplicates: keep', `publish: { ${publish}, s3: ${at} }`] });
    };
    configure('rss, atom, json, opml');
    write(1);
  });
  afterEach(async () => {
    folder.remove();
    site.remove();
    await Promise.all([origin.close(), proxy.close()]);
    vi.unstubAllEnvs();
  });

  /** Each of the three has ten more items in each edition. */
  function write(edition: number): void {
    for (const id of ['a', 'b', 'c']) {
      const items = Array.from({ length: edition * 10 }, (_, n) => ({
        title: `${id}: report ${n} of ${['ferries', 'bridges', 'markets'][n % 3]}`,
        link: `https://${id}.example/${n}`,
        date: new Date(Date.UTC(2026, 10, 20, n)).toISOString(),
      }));
      origin.pages.set(`/${id}`, { body: rss(`The ${id}`, items.reverse(), `https://${id}.example/`) });
    }
  }
  const now = (edition: number) => new Date(Date.UTC(2026, 10, 24, edition)).toISOString();
  const asked = () => proxy.requests.splice(0).map((one) => one.replace(`/${bucket.bucket}`, ''));
  const published = async () =>
    new Map([...(await readObjects(bucket))].map(([key, object]) => [key.replace(/^news\//, ''), object]));
  const textsOf = (objects: ReadonlyMap<string, StoredObject>) =>
    new Map([...objects].map(([path, { bytes }]) => [path, bytes.toString()]));

  /** A separate process, killed after a number of uploads. */
  async function killedBuild(edition: number, uploads: number): Promise<void> {
    const config = join(site.root, 'config', 'newsloom.yaml');
    const args = ['build', '--quiet', '--force', '--config', config, '--now', now(edition)];
    const child = spawn(process.execPath, [fileURLToPath(moduleAt('main')), ...args], {
      env: { ...process.env, ...ENV },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    let seen = 0;
    proxy.breaks = (request) => {
      if (request.startsWith('PUT') && ++seen === uploads) child.kill('SIGKILL');
      return null;
    };
    expect(await ended).toEqual([null, 'SIGKILL']);
    proxy.breaks = () => null;
  }

  it('contains the files of the folder, with media types and cache times', async () => {
    configure('atom, html');
    await folder.run(now(1));
    await site.run(now(1));
    const objects = await published();
    expect(textsOf(objects)).toEqual(folder.files());
    expect(objects.get('index.html')).toMatchObject({ type: 'text/html; charset=utf-8' });
    asked();
    await site.run(now(2));
    expect(asked()).toEqual(['HEAD /news/manifest.json']);
  });

  thorough(
    'is whole after a run that was killed in the middle of its uploads, and never leads to what is missing',
    async () => {
      configure('atom, json');
      let edition = 3;
      write(edition);
      await site.run(now(edition));
      await folder.run(now(edition));
      for (const uploads of [1, 8, 16]) {
        write(++edition);
        await killedBuild(edition, uploads);
        const half = textsOf(await published());
        const links = [...half.values()].flatMap((text) => [...text.matchAll(LINK)].map(([, path]) => path!));
        expect(links.length).toBeGreaterThan(5);
        expect(links.filter((path) => !half.has(path))).toEqual([]);
        await folder.run(now(edition));
        await site.run(now(edition));
        const whole = await published();
        expect(textsOf(whole)).toEqual(folder.files());
        expect(whole.get('archive/all/1.atom')).toMatchObject({
          type: 'application/atom+xml; charset=utf-8',
          cache: `public, ${whole.has('archive/all/2.atom') ? 'max-age=31536000, immutable' : 'max-age=300, must-revalidate'}`,
        });
      }
      expect((await published()).has('archive/all/2.atom')).toBe(true);
    },
  );

  thorough('restores a lost store, and a dry run changes nothing', async () => {
    configure('json');
    await site.run(now(1));
    const before = await published();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(now(2), { offline: true });
    write(2);
    asked();
    await site.run(now(3), { dryRun: true });
    expect(asked().filter((one) => /PUT|DELETE/.test(one))).toEqual([]);
    const ids = (objects: ReadonlyMap<string, StoredObject>) =>
      JSON.parse(objects.get('all.json')!.bytes.toString()).items.map(({ id }: { id: string }) => id);
    expect(ids(await published())).toEqual(ids(before));
    await site.run(now(3));
    const after = textsOf(await published());
    expect(after.get('archive/all/1.json')).toContain(ids(before).at(-1));
  });

  it('loses the files of a removed channel', async () => {
    await site.run(now(1));
    const sources = ['a', 'b'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`);
    const at = `{ bucket: ${bucket.bucket}, prefix: news/, endpoint: "${proxy.endpoint}", region: us-east-1 }`;
    site.configure({ sources, more: [`publish: { items: 4, formats: [rss], s3: ${at} }`] });
    await site.run(now(2), { forcePublish: true });
    const paths = [...(await published()).keys()];
    expect(paths).toContain('sources/a.rss');
    expect(paths.filter((path) => /sources\/c\.|\.atom$|\.html$/.test(path))).toEqual([]);
  });

  it('reports missing credentials, and preview without a folder', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    await expect(site.run(now(1))).rejects.toMatchObject({
      code: 'PUBLISH_FAILED',
      message: expect.stringMatching(/set AWS_SECRET_ACCESS_KEY in the environment$/),
    });
    const config = join(site.root, 'config', 'newsloom.yaml');
    const { status, err } = await newsloom('preview', '--config', config);
    expect([status, err]).toEqual([2, expect.stringContaining(`publishes to the bucket ${bucket.bucket}`)]);
  });
});
