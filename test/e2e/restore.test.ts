import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type RestoreReport, restoreSite } from '../../src/app/restore-site.js';
import { loadSite } from '../../src/app.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const open: { close?(): Promise<void>; remove?(): void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close?.();
    one.remove?.();
  }
});
async function server(pages: Parameters<typeof serveFeeds>[0]): Promise<FeedServer> {
  const started = await serveFeeds(pages);
  open.push(started);
  return started;
}
function site(parts: Parameters<typeof aSite>[0]): TestSite {
  const made = aSite(parts);
  open.push(made);
  return made;
}
const source = (id: string, url: string, more = '') => `{ id: ${id}, url: "${url}"${more} }`;
const at = (hour: number, day = 24) => `2026-11-${day}T${String(hour).padStart(2, '0')}:07:00Z`;

async function lose(made: TestSite): Promise<void> {
  rmSync(join(made.root, '.newsloom'), { recursive: true });
}
async function restored(made: TestSite) {
  const settings = await loadSite(join(made.root, 'config', 'newsloom.yaml'), {});
  return restoreSite(settings, new AbortController().signal);
}

describe('restore', () => {
  it('leaves nothing to write and nothing to announce', async () => {
    const origin = await server({
      '/a': rss('Paper A', [
        { title: 'Ferry sails', date: '2026-11-24T08:00:00Z' },
        { title: 'Tram stops', date: '2026-11-24T05:00:00Z', guid: 'no iri' },
      ]),
      '/b': rss(
        'Paper B',
        [{ title: 'Bridge opens', date: null, link: 'https://b.example/bridge' }],
        'https://b.example/',
      ),
    });
    const made = site({
      sources: [source('a', `${origin.url}/a`), source('b', `${origin.url}/b`)],
      topics: ['{ id: transport, label: Transport, any: [ferry, tram, bridge] }'],
    });
    await made.run(at(9));
    const before = made.files();
    await lose(made);
    expect(await restored(made)).toMatchObject({ articles: 3, problems: [] });
    expect(made.files()).toEqual(before);
    const { report } = await made.run(at(10));
    expect(report).toMatchObject({
      changed: false,
      articles: { added: 0, updated: 0, total: 3 },
      files: { written: 0, removed: 0 },
    });
    expect(made.files()).toEqual(before);
  });
});

describe('a build with an empty store', () => {
  const setUp = async () => {
    const origin = await server({ '/a': rss('Paper A', [{ title: 'Ferry sails', date: '2026-11-24T08:00:00Z' }]) });
    const made = site({ sources: [source('a', `${origin.url}/a`)] });
    await made.run(at(9));
    await lose(made);
    return made;
  };
  const told: RestoreReport[] = [];
  const watch = {
    start: () => {},
    done: () => {},
    published: () => {},
    restored: (one: RestoreReport) => told.push(one),
  };

  it('restores what is published first, and says so', async () => {
    const made = await setUp();
    const { report } = await made.run(at(10), { watch });
    expect(told.splice(0)).toMatchObject([{ articles: 1 }]);
    expect(report).toMatchObject({ articles: { added: 0, total: 1 }, files: { written: 0 } });
  });

  it('does so in a dry run too, and leaves the store lost', async () => {
    const made = await setUp();
    const { report } = await made.run(at(10), { watch, dryRun: true });
    expect(told.splice(0)).toHaveLength(1);
    expect(report).toMatchObject({ articles: { added: 0 }, files: { written: 0 } });
    expect(existsSync(join(made.root, '.newsloom', 'newsloom.db'))).toBe(false);
  });

  it('takes no edition of another site for its own', async () => {
    const made = await setUp();
    writeFileSync(
      join(made.feeds, 'manifest.json'),
      made.read('manifest.json').replace('news.example.org', 'other.example'),
    );
    const { report } = await made.run(at(10), { watch });
    expect(told).toEqual([]);
    expect(report.articles.added).toBe(1);
    await expect(restored(made)).rejects.toMatchObject({ code: 'STORE_RESTORE' });
  });
});
