/** Simulates power cuts: the disk lost any part of the last writes of the store and of the folder, independently. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { aSite, type SiteParts, type TestSite } from '../support/a-site.js';
import { randomNumbers } from '../support/random-numbers.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

const CUTS = isThorough ? 200 : 12;
const STORE = ['newsloom.db', 'newsloom.db-wal'] as const;

type Files = ReadonlyMap<string, Buffer>;

/** The writes that the program had requested at one moment. */
interface Moment {
  readonly store: Files;
  /** An empty log was copied into the file, and the disk had both. */
  readonly synced: boolean;
  readonly folder: Files;
  readonly run: number;
}

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0)) await close();
  Object.assign(fs, originals, { readFileSync });
  Object.assign(os, { uptime });
  syncBuiltinESMExports();
});
const { readFileSync, renameSync, unlinkSync, writeFileSync, rmdirSync, mkdirSync } = fs;
const { uptime } = os;
const originals = { renameSync, unlinkSync, writeFileSync, rmdirSync, mkdirSync };

const item = (paper: string, n: number, title = `Ferry ${n} of ${paper} leaves the harbour of Northport`) => ({
  title,
  link: `https://${paper}.example/${n}`,
  date: new Date(Date.UTC(2026, 10, 20) + n * 600_000 + paper.charCodeAt(0)).toISOString(),
});
const items = (paper: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => item(paper, to - i));

/**
 * Minutes of the day, documents and topics of each run. The fourth follows at once, before its predecessor is on the
 * disk.
 */
const runs = [
  { minute: 0, a: items('a', 1, 8), b: items('b', 1, 3), topics: ['sea', 'land'] },
  { minute: 30, a: items('a', 3, 140), b: items('b', 1, 4), topics: ['sea', 'land'] },
  // A correction of the same length, and a removed channel.
  {
    minute: 60,
    a: [item('a', 141), item('a', 140, 'Ferry 140 of A leaves the harbour of Northport'), ...items('a', 60, 139)],
    b: items('b', 1, 4),
    topics: ['sea'],
  },
  {
    minute: 61,
    a: items('a', 60, 142),
    b: [item('b', 4, 'Ferry 5 of b leaves the harbour of Northport'), ...items('b', 1, 3)],
    topics: ['sea'],
  },
] as const;
const nowOf = (run: number) => new Date(Date.UTC(2026, 10, 24, 9, runs[run]!.minute)).toISOString();

function partsOf(run: number, url: string): SiteParts {
  return {
    sources: ['a', 'b'].map((id) => `{ id: ${id}, url: "${url}/${id}" }`),
    topics: runs[run]!.topics.map((id) => `{ id: ${id}, label: ${id}, any: [ferry] }`),
    more: ['publish: { formats: [rss, atom, json], items: 10 }', 'duplicates: keep'],
  };
}

let onChange: (() => void) | null = null;

/** Calls `each` before every change of a file; null: disabled. Modules loaded meanwhile keep their functions. */
function watchFileSystem(each: (() => void) | null): void {
  onChange = each;
  for (const [name, original] of Object.entries(originals) as [string, (...given: unknown[]) => unknown][]) {
    Object.assign(fs, {
      [name]: (...given: unknown[]) => {
        onChange?.();
        return original(...given);
      },
    });
  }
  syncBuiltinESMExports();
}

/** Simulates a restart of the machine. */
function startMachine(boot: number): void {
  const read = (...given: Parameters<typeof readFileSync>) =>
    String(given[0]).endsWith('/boot_id') ? `boot ${boot}` : readFileSync(...given);
  Object.assign(fs, { readFileSync: read });
  Object.assign(os, { uptime: () => 3_600 * (boot + 1) });
  syncBuiltinESMExports();
}

function filesBelow(root: string): Files {
  if (!fs.existsSync(root)) return new Map();
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(root, path), fs.readFileSync(path)]));
}

function storeOf(site: TestSite): Files {
  const paths = STORE.map((name) => join(site.root, '.newsloom', name)).filter((path) => fs.existsSync(path));
  return new Map(paths.map((path) => [relative(join(site.root, '.newsloom'), path), fs.readFileSync(path)]));
}

function momentOf(site: TestSite, run: number): Moment {
  const store = storeOf(site);
  return { store, synced: (store.get(STORE[1])?.length ?? 0) === 0, folder: filesBelow(site.feeds), run };
}

function writeFiles(root: string, files: Files): void {
  for (const [path, bytes] of files) {
    fs.mkdirSync(dirname(join(root, path)), { recursive: true });
    fs.writeFileSync(join(root, path), bytes);
  }
}

const idsIn = (folder: Files) =>
  new Set(
    [...folder]
      .filter(([path]) => path.endsWith('.json') && path !== 'status.json')
      .flatMap(([, bytes]) => bytes.toString().match(/"id":"[^"]+"/g) ?? []),
  );

it(`${CUTS} power cuts lose no article that a reader has seen, and the next run publishes the same bytes`, async () => {
  const origin = await serveFeeds();
  closing.push(() => origin.close());

  const [site, after] = [aSite(partsOf(0, origin.url)), aSite(partsOf(0, origin.url))];
  closing.push(site.remove, after.remove);
  const serve = (run: number) => {
    for (const paper of ['a', 'b'] as const)
      origin.pages.set(`/${paper}`, {
        body: rss(`Paper ${paper}`, [...runs[run]![paper]], `https://${paper}.example/`),
      });
  };

  const moments: Moment[] = [];
  const published: Files[] = [];
  let run = 0;
  const note = () => moments.push(momentOf(site, run));
  for (; run < runs.length; run++) {
    serve(run);
    site.configure(partsOf(run, origin.url));
    watchFileSystem(note);
    await site.run(nowOf(run));
    note();
    watchFileSystem(null);
    published.push(filesBelow(site.feeds));
  }
  expect(moments.length).toBeGreaterThan(150);

  const random = randomNumbers(18);
  const below = (n: number) => Math.floor(random() * n);
  for (let cut = 0; cut < CUTS; cut++) {
    const at = below(moments.length);
    const { folder: seen, run } = moments[at]!;
    // Data that was synced, or written long before, is not lost.
    const firstStore = moments.slice(0, at + 1).findLastIndex(({ synced }) => synced);
    const firstFolder = moments.findIndex((moment) => moment.run === (run === 3 ? 2 : run));
    const kept = moments[firstStore + below(at - firstStore + 1)]!;
    const store = new Map(kept.store);
    const log = store.get(STORE[1]);
    if (log !== undefined) store.set(STORE[1], log.subarray(0, Math.min(log.length, below(log.length * 1.5))));
    const folder = new Map(moments[firstFolder + below(at - firstFolder + 1)]!.folder);
    // A file with its name, but not yet its content.
    const young = [...folder.keys()].filter(
      (path) => !moments[firstFolder]!.folder.get(path)?.equals(folder.get(path)!),
    );
    if (young.length > 0 && random() < 0.4) {
      const path = young[below(young.length)]!;
      folder.set(path, Buffer.alloc(random() < 0.5 ? 0 : folder.get(path)!.length));
    }

    for (const name of ['feeds', '.newsloom']) fs.rmSync(join(after.root, name), { recursive: true, force: true });
    writeFiles(join(after.root, '.newsloom'), store);
    writeFiles(after.feeds, folder);
    serve(run);
    after.configure(partsOf(run, origin.url));
    // If the machine was not restarted, as after a copy from elsewhere, the times of the files show it.
    if (cut % 4 < 2) startMachine(cut);
    const about = `cut ${cut}, at moment ${at} of run ${run}`;
    // Articles that left the newspapers' documents must come from the store or the folder.
    const offline = cut % 2 === 1;
    const { kind } = await after.run(nowOf(run), { offline });
    expect(kind, about).toBe('published');
    const found = filesBelow(after.feeds);
    const left = idsIn(found);
    expect(
      [...idsIn(seen)].filter((id) => !left.has(id)),
      about,
    ).toEqual([]);
    if (offline) continue;
    const paths = new Set([...found.keys(), ...published[run]!.keys()]);
    const differ = (path: string) => found.get(path)?.toString() !== published[run]!.get(path)?.toString();
    expect([...paths].filter(differ), about).toEqual([]);
  }
}, 300_000);
