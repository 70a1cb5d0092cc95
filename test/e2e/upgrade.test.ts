/** A site of version 0.1.0 (made by scripts/upgrade-fixture.mjs) that this version takes over. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findDriver } from '../../src/store/sqlite/driver.js';
import { aSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

interface OldSite {
  readonly config: string;
  /** Base64. */
  readonly store: string;
  readonly files: Readonly<Record<string, string>>;
}

const fixture = new URL('../fixtures/upgrade/0.1.0/site.json.gz', import.meta.url);
const old = JSON.parse(gunzipSync(readFileSync(fixture)).toString()) as OldSite;

function unpack(parts: { readonly store: boolean }) {
  const site = aSite({ sources: [] });
  onTestFinished(() => site.remove());
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(site.root, path)), { recursive: true });
    writeFileSync(join(site.root, path), content);
  };
  write('config/newsloom.yaml', old.config);
  for (const [path, text] of Object.entries(old.files)) write(`feeds/${path}`, text);
  if (parts.store) write('.newsloom/newsloom.db', Buffer.from(old.store, 'base64'));
  return site;
}

/** Date and address of each article by id, in each list of stories the entries, and all files. */
function facts(files: ReadonlyMap<string, string>) {
  const articles = new Map<string, string>();
  const stories = new Map<string, string>();
  for (const [path, text] of files) {
    if (!path.endsWith('.json')) continue;
    const { items = [] } = JSON.parse(text) as { items?: Record<string, string>[] };
    for (const { id = '', date_published, url } of items)
      (id.includes('story-') ? stories : articles).set(id, `${date_published} ${url}`);
  }
  return { articles, stories, paths: [...files.keys()] };
}

const before = facts(new Map(Object.entries(old.files)));

function expectKept(now: ReturnType<typeof facts>) {
  expect(before.articles.size).toBeGreaterThan(15);
  expect(before.stories.size).toBeGreaterThan(4);
  for (const [id, about] of before.articles) expect([id, now.articles.get(id)]).toEqual([id, about]);
  expect([...now.stories.keys()]).toEqual(expect.arrayContaining([...before.stories.keys()]));
  expect(now.paths).toEqual(expect.arrayContaining(before.paths));
}

describe('a site of version 0.1.0', () => {
  it('keeps every id, date, story and file address when its store is migrated, and goes on', async () => {
    const site = unpack({ store: true });
    const origin = await serveFeeds({ '/feed': rss('Paper', [{ title: 'A new pier', date: '2026-11-24T08:00:00Z' }]) });
    onTestFinished(() => origin.close());
    const resolve = () => ({ address: '127.0.0.1', port: Number(new URL(origin.url).port) });
    const check = await newsloom('check', '--config', join(site.root, 'config', 'newsloom.yaml'));
    expect(check.out).toMatch(/store.*written by an older newsloom: run `newsloom build` to migrate it/);
    const { report } = await site.run('2026-11-24T09:00:00Z', { resolve });
    expect(report.articles.added).toBe(1);
    const now = facts(site.files());
    expectKept(now);
    expect([...now.articles.values()].some((about) => about.includes('a-new-pier'))).toBe(true);
    expect((await newsloom('check', '--config', join(site.root, 'config', 'newsloom.yaml'))).out).not.toContain(
      'store',
    );
  });

  it('keeps them when its store was put aside, so that it is restored from the folder', async () => {
    const site = unpack({ store: false });
    await site.run('2026-11-24T09:00:00Z', { offline: true });
    expectKept(facts(site.files()));
    const again = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run('2026-11-24T10:00:00Z', { offline: true });
    expectKept(facts(site.files()));
    expect(facts(site.files()).stories).toEqual(facts(again).stories);
  });
});

it('says in check what to do about a store from before the first release', async () => {
  const site = unpack({ store: true });
  const path = join(site.root, '.newsloom', 'newsloom.db');
  const db = (await findDriver())(path, 'write');
  db.exec('PRAGMA user_version = 12');
  db.close();
  const check = await newsloom('check', '--config', join(site.root, 'config', 'newsloom.yaml'));
  expect(check.status).toBe(5);
  expect(check.err).toMatch(/move it away, then run `newsloom build` to restore it from the published files/);
});
