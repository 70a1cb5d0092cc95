/** Guarantees of a run, even if a source fails. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreError } from '../../src/model/errors.js';
import type { BuildReport } from '../../src/model/report.js';
import type { SourceId } from '../../src/model/source.js';
import { createTagging } from '../../src/pipeline/facts/tagging.js';
import { createPageReader } from '../../src/pipeline/read/reader/page-reader.js';
import type { Read } from '../../src/pipeline/read/reader/read-document.js';
import { createReader } from '../../src/pipeline/read/reader/reader.js';
import { run } from '../../src/pipeline/run.js';
import type { RunContext, RunOptions } from '../../src/pipeline/run-context.js';
import type { Store } from '../../src/ports/store/store.js';
import { findDriver } from '../../src/store/sqlite/driver.js';
import { openSqlite } from '../../src/store/sqlite/sqlite.js';
import { loadWriters } from '../../src/write/formats.js';
import { MemorySink } from '../support/memory-sink.js';
import { rss } from '../support/serve-feeds.js';
import { aFresh, aSource } from '../support/sources.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const writers = await loadWriters(['json']);

const driver = await findDriver();
const SOURCES: readonly SourceId[] = ['courier', 'post', 'ledger'];

interface SiteParts {
  readonly read?: Read;
  readonly store?: (store: Store) => Store;
  readonly done?: () => void;
}

/** Three papers, each with one new article per hour. */
function aSite(given: SiteParts = {}) {
  const path = join(temporaryFolder(), 'newsloom.db');
  const store = openSqlite(path, 'write', driver);
  onTestFinished(() => store.close());
  const sources = SOURCES.map((id) => aSource({ id, url: `https://${id}.example/feed` }));
  const topics: RunContext['settings']['topics'] = [];
  const sink = new MemorySink();
  const asked: SourceId[] = [];
  const reader = createReader();
  const pages = createPageReader();
  const failed: BuildReport[] = [];
  let hour = 0;
  const deps: RunContext = {
    settings: {
      site: {
        title: 'The Section',
        url: 'https://news.example.org/',
        feedsUrl: 'https://news.example.org/feeds/',
        description: 'World news, woven',
        language: 'en',
        timezone: 'UTC',
        contact: null,
        comments: null,
      },
      sources,
      topics,
      desk: { path: '/nowhere/desk.yaml', file: 'desk.yaml', writtenIn: 'nowhere', entries: [], digest: '' },
      publish: {
        dir: '/nowhere',
        formats: ['json'],
        items: 50,
        perSource: true,
        stories: true,
        archive: true,
        link: 'source',
        hub: null,
        menu: null,
        words: {},
        failures: false,
        templates: null,
      },
      images: { fetch: false, cache: false, icons: false },
      fetch: {
        timeoutMs: 1000,
        maxBytes: 1_000_000,
        concurrency: 4,
        perHost: 1,
        spacingMs: 0,
        allowPrivateAddresses: false,
      },
      stories: { prefer: [] },
      duplicates: 'fold',
      credits: [],
      announce: [],
      worker: { port: 0, publicUrl: null },
      root: '/nowhere',
    },
    store: given.store?.(store) ?? store,
    reading: {
      pages,
      readerVersion: 'test',
      reader: { ...reader, read: given.read ?? reader.read },
      fetcher: {
        fetch: async ({ url }) => {
          const id = new URL(url).hostname.split('.')[0]!;
          asked.push(id);
          const date = new Date(Date.UTC(2026, 2, 3, hour)).toISOString();
          const body = Buffer.from(rss(id, [{ title: `News of ${id} at ${hour}`, date }], `https://${id}.example/`));
          return aFresh({ finalUrl: url, contentType: 'application/rss+xml', body });
        },
        close: async () => {},
      },
    },
    publishing: {
      sink,
      writers,
      theme: null,
      search: null,
      icons: { channels: [], sources: [], warnings: [] },
      pictures: () => Promise.reject(new Error('no picture is wanted')),
    },
    announcing: { hub: null, poster: null },
    tagging: createTagging({ topics, sources }),
    commands: null,
    clock: { boot: () => 'first', elapsed: () => 0, sleep: async () => {} },
    observer: {
      start: () => {},
      done: given.done ?? (() => {}),
      published: () => {},
      failed: (report) => failed.push(report),
    },
  };
  return {
    store,
    asked,
    failed,
    run: (given: Partial<RunOptions> = {}, signal = new AbortController().signal) => {
      hour++;
      asked.length = 0;
      const now = new Date(Date.UTC(2026, 2, 3, hour));
      const options = { now, force: false, only: null, offline: false, dryRun: false, forcePublish: false, ...given };
      return run(deps, options, signal);
    },
    /** Titles of the articles in `all`. */
    titles: (): string[] =>
      sink
        .json('all.json')
        .items.map(({ title }: { title: string }) => title)
        .sort(),
    /** Runs a statement over a second connection. */
    sql: (statement: string) => {
      const other = driver(path, 'write');
      other.exec(statement);
      other.close();
    },
  };
}

const all = (hour: number) => [...SOURCES].sort().map((id) => `News of ${id} at ${hour}`);

describe('run', () => {
  it('reads, publishes and reports', async () => {
    const site = aSite();
    const { kind, report } = await site.run();
    expect(kind).toBe('published');
    expect(report).toMatchObject({
      changed: true,
      sources: { total: 3, fetched: 3 },
      articles: { added: 3, total: 3 },
    });
    expect(site.titles()).toEqual(all(1));
  });

  it('organizes nothing when articles could not be saved', async () => {
    const lost = new StoreError('STORE_FULL', 'no room');
    const site = aSite({ store: (store) => ({ ...store, saveFetch: () => Promise.reject(lost) }) });
    await expect(site.run()).rejects.toBe(lost);
    expect(await site.store.channels()).toEqual([]);
  });

  it('rejects with the reason of an abort', async () => {
    const site = aSite();
    await expect(site.run({}, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(site.asked).toEqual([]);
  });

  it('keeps articles read before an abort', async () => {
    const enough = new AbortController();
    const site = aSite({ done: () => enough.abort(new Error('enough')) });
    await expect(site.run({}, enough.signal)).rejects.toThrow('enough');
    expect(await site.store.fetchStates()).not.toEqual(new Map());
    await site.run({ offline: true });
    expect(site.titles().length).toBeGreaterThan(0);
  });
});

describe('a source with data that the store refuses', () => {
  const refused = "SELECT RAISE(ABORT, 'not this one')";

  it.each([
    ['articles', `CREATE TRIGGER refuse BEFORE INSERT ON article WHEN NEW.source = 'post' BEGIN ${refused}; END`],
    ['anything', `CREATE TRIGGER refuse BEFORE INSERT ON source WHEN NEW.id = 'post' BEGIN ${refused}; END`],
  ])('counts as failed when the store refuses %s, and the others are published', async (_, trigger) => {
    const site = aSite();
    site.sql(trigger);
    const { kind, report } = await site.run();
    expect(kind).toBe('published');
    expect(site.titles()).toEqual(all(1).filter((title) => !title.includes('post')));
    expect(report.sources).toMatchObject({ fetched: 2, failed: 1 });
    const failure = { sourceId: 'post', code: 'STORE_REFUSED', message: expect.stringContaining('not this one') };
    expect(report.failures).toEqual([{ ...failure, failures: 1, nextAttemptAt: expect.any(String) }]);
  });

  it('keeps its state, backs off, and is read again once the store accepts it', async () => {
    const site = aSite();
    site.sql(`CREATE TRIGGER refuse BEFORE INSERT ON article WHEN NEW.source = 'post' BEGIN ${refused}; END`);
    const { report } = await site.run();
    const state = (await site.store.fetchStates()).get('post')!;
    expect(state).toMatchObject({ failures: 1, bodyHash: null, lastRead: [], error: { code: 'STORE_REFUSED' } });
    expect(report.failures[0]!.nextAttemptAt).toBe(state.nextAttemptAt!.toISOString());
    site.sql('DROP TRIGGER refuse');
    expect((await site.run({ force: true })).report.sources).toMatchObject({ fetched: 3, failed: 0 });
    expect(site.titles()).toEqual([...all(1).filter((title) => !title.includes('post')), ...all(2)].sort());
    expect((await site.store.fetchStates()).get('post')).toMatchObject({ failures: 0, error: null });
  });

  it('is requested again by the next run when its failure cannot be saved', async () => {
    const site = aSite();
    site.sql(`CREATE TRIGGER refuse BEFORE INSERT ON source WHEN NEW.id = 'post' BEGIN ${refused}; END`);
    await site.run();
    site.sql('DROP TRIGGER refuse');
    await site.run({ only: new Set(['post']) });
    expect(site.asked).toEqual(['post']);
    expect(site.titles()).toContain('News of post at 2');
  });
});

it('rejects with an unexpected error in one source after publishing the others', async () => {
  const bug = new TypeError('undefined is not a function');
  const read: Read = (task) => (task.about.url.includes('post') ? Promise.reject(bug) : createReader().read(task));
  const site = aSite({ read });
  await expect(site.run()).rejects.toMatchObject({ message: expect.stringContaining('source post'), cause: bug });
  expect(site.titles()).toEqual(all(1).filter((title) => !title.includes('post')));
  expect(site.failed).toMatchObject([{ changed: true, sources: { fetched: 2 } }]);
});
