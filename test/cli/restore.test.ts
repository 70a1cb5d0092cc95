import { existsSync, readdirSync, rmSync } from 'node:fs';
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
const storeFolder = () => join(site.root, '.newsloom');

describe('newsloom restore', () => {
  it('rebuilds a lost store and leaves no temporary files', async () => {
    rmSync(storeFolder(), { recursive: true });
    const { status, out } = await newsloom('restore', ...config());
    expect(status).toBe(0);
    expect(out).toMatch(/^restored from \d+ published files: 1 article, 2 channels\n$/);
    expect(readdirSync(storeFolder()).filter((name) => name.includes('restoring'))).toEqual([]);
    const { out: built } = await newsloom('build', ...config(), '--now', '2026-11-24T10:07:00Z', '--json');
    expect(JSON.parse(built)).toMatchObject({
      changed: false,
      articles: { added: 0, total: 1 },
      files: { written: 0 },
    });
  });

  it('runs first in a build with an empty store, with a message on stderr', async () => {
    rmSync(storeFolder(), { recursive: true });
    const { err, out } = await newsloom('build', ...config(), '--now', '2026-11-24T10:07:00Z');
    expect(err).toContain('the store was empty: restored from');
    expect(out).toContain('articles  0 new, 1 in total');
  });

  it('fails if the store is locked or not empty, or if nothing is published', async () => {
    const full = await newsloom('restore', ...config());
    expect(full.status).toBe(5);
    expect(full.err).toContain('the store is not empty');
    rmSync(storeFolder(), { recursive: true });
    const path = join(storeFolder(), 'newsloom.db');
    const held = await sqlite.open({ kind: 'sqlite', path, url: null }, 'write');
    expect((await newsloom('restore', ...config())).status).toBe(6);
    await held.close();
    rmSync(site.feeds, { recursive: true });
    const nothing = await newsloom('restore', ...config());
    expect(nothing.status).toBe(5);
    expect(nothing.err).toContain('nothing to restore from');
    expect(existsSync(`${path}.restoring`)).toBe(false);
  });
});
