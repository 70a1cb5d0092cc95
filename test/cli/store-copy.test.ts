/** Backups of a store, which a site can use. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqlite } from '../../src/store/sqlite/sqlite.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds({ '/a': rss('Paper A', [{ title: 'Ferry sails' }]) });
  site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
  await site.run('2026-11-24T09:07:00Z');
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const config = () => ['--config', join(site.root, 'config', 'newsloom.yaml')];
const storePath = () => join(site.root, '.newsloom', 'newsloom.db');
const backup = () => join(site.root, 'backup', 'store.db');
const copyToFile = () => newsloom('store', 'copy', '--to-file', backup(), ...config());

describe('newsloom store copy --to-file', () => {
  it('writes one file while another process holds the store, and a site can use it', async () => {
    const before = site.files();
    const release = await sqlite.lock({ kind: 'sqlite', path: storePath(), url: null });
    expect(await copyToFile()).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\d+ rows copied to .*store\.db\n$/),
    });
    await release();
    expect(readdirSync(join(site.root, 'backup'))).toEqual(['store.db']);
    rmSync(storePath());
    renameSync(backup(), storePath());
    const { out, err } = await newsloom('build', ...config(), '--now', '2026-11-24T10:07:00Z', '--json');
    expect(JSON.parse(out)).toMatchObject({ changed: false, articles: { added: 0, total: 1 }, files: { written: 0 } });
    expect(err).not.toContain('restored');
    expect(site.files()).toEqual(before);
    // The validators were copied.
    expect(origin.requests.at(-1)).toMatchObject({ path: '/a', status: 304 });
  });

  it('overwrites nothing, and copies no missing store', async () => {
    await copyToFile();
    const again = await copyToFile();
    expect(again).toMatchObject({ status: 5, err: expect.stringContaining('exists already') });
    rmSync(backup());
    rmSync(storePath());
    expect(await copyToFile()).toMatchObject({ status: 5, err: expect.stringContaining('nothing to copy') });
    expect(existsSync(backup())).toBe(false);
    expect((await newsloom('store', 'copy', '--to', 'sqlite', '--to-file', backup(), ...config())).status).toBe(2);
  });
});
