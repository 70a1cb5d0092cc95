/** A damaged store is restored from the folder if possible, else refused with instructions. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit.js';
import { StoreError } from '../../src/model/errors.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { randomNumbers } from '../support/random-numbers.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

const PAGE = 4096;
/** 20 of each kind, or one of every kind; the folder is missing in every fourth. */
const timesOf = (name: string) =>
  isThorough ? [...Array(20).keys()] : [Object.keys(DAMAGES).indexOf(name) % 2 === 0 ? 0 : 3];
const LOG_TIMES = [...Array(20).keys()].filter((n) => isThorough || [1, 4, 12, 13, 14].includes(n));
const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, '0')}:07:00Z`;
const news = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    title: `Ferry ${to - i} leaves the harbour`,
    link: `https://a.example/${to - i}`,
    date: new Date(Date.UTC(2026, 10, 20) + (to - i) * 600_000).toISOString(),
    description: `What happened at pier ${to - i}, told at some length so that rows take room. `.repeat(4),
  }));

type Random = (below: number) => number;
const DAMAGES: Readonly<Record<string, (store: Buffer, random: Random) => Buffer>> = {
  'a few bytes': (store, random) => {
    const bytes = Buffer.from(store);
    for (let n = 0; n <= random(5); n++) bytes[random(bytes.length)]! ^= 1 + random(255);
    return bytes;
  },
  'bytes of the header': (store, random) => {
    const bytes = Buffer.from(store);
    bytes[random(100)]! ^= 1 + random(255);
    return bytes;
  },
  'a stretch overwritten': (store, random) => {
    const bytes = Buffer.from(store);
    const from = random(bytes.length);
    return bytes.fill(1 + random(255), from, Math.min(bytes.length, from + 1 + random(3 * PAGE)));
  },
  'pages zeroed': (store, random) => {
    const from = random(store.length / PAGE) * PAGE;
    return Buffer.from(store).fill(0, from, Math.min(store.length, from + (1 + random(4)) * PAGE));
  },
  'two pages swapped': (store, random) => {
    const bytes = Buffer.from(store);
    const [a, b] = [random(store.length / PAGE) * PAGE, random(store.length / PAGE) * PAGE];
    store.copy(bytes, a, b, b + PAGE);
    store.copy(bytes, b, a, a + PAGE);
    return bytes;
  },
  truncated: (store, random) => store.subarray(0, random(store.length)),
  'grown by garbage': (store, random) => Buffer.concat([store, Buffer.alloc(1 + random(2 * PAGE), 7)]),
};

describe('a damaged store', () => {
  const kept: Record<'pristine' | 'killed', Map<string, Buffer>> = { pristine: new Map(), killed: new Map() };
  let origin: FeedServer;
  let site: TestSite;
  let before: Map<string, string>;
  let expected: Map<string, string>;
  const folder = () => join(site.root, '.newsloom');
  const NAMES = ['newsloom.db', 'newsloom.db-wal', 'newsloom.db.sum', 'newsloom.lock.db'];
  const keep = (into: Map<string, Buffer>) => {
    for (const name of NAMES) if (existsSync(join(folder(), name))) into.set(name, readFileSync(join(folder(), name)));
  };

  beforeAll(async () => {
    origin = await serveFeeds({ '/a': rss('Paper A', news(1, 30)) });
    site = aSite({
      sources: [`{ id: a, url: "${origin.url}/a" }`],
      topics: ['{ id: sea, label: Sea, any: [ferry] }'],
      more: ['publish: { formats: [rss, atom, json], items: 10 }', 'duplicates: keep'],
    });
    await site.run(at(9));
    keep(kept.pristine);
    before = site.files();
    cpSync(site.feeds, join(site.root, 'before'), { recursive: true });
    origin.pages.set('/a', { body: rss('Paper A', news(10, 34)) });
    const observer = { start: () => {}, done: () => {}, published: () => keep(kept.killed) };
    await site.run(at(10), { observer });
    expected = site.files();
  });
  afterAll(async () => {
    site.remove();
    await origin.close();
  });

  function lay(files: ReadonlyMap<string, Buffer>): void {
    for (const path of [folder(), site.feeds]) rmSync(path, { recursive: true, force: true });
    mkdirSync(folder());
    for (const [name, bytes] of files) writeFileSync(join(folder(), name), bytes);
  }

  /** The next run on such a store; null: refused. */
  async function runOn(files: ReadonlyMap<string, Buffer>, published: boolean): Promise<Map<string, string> | null> {
    lay(files);
    if (published) cpSync(join(site.root, 'before'), site.feeds, { recursive: true });
    try {
      await site.run(at(10));
      return site.files();
    } catch (error) {
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: 'STORE_CORRUPT' });
      return null;
    }
  }

  it.each(Object.keys(DAMAGES))(
    `of which %s, ${isThorough ? 'twenty times' : 'once'}`,
    { timeout: 300_000 },
    async (name) => {
      const numbers = randomNumbers(name.length * 7919);
      const random: Random = (below) => Math.floor(numbers() * below);
      for (const n of timesOf(name)) {
        const store = DAMAGES[name]!(kept.pristine.get('newsloom.db')!, random);
        const files = new Map(kept.pristine).set('newsloom.db', store);
        const isSame = store.equals(kept.pristine.get('newsloom.db')!);
        const published = n % 4 !== 3;
        const found = await runOn(files, published);
        if (published || isSame) expect(found, `${name} ${n}`).toEqual(expected);
        else expect(found, `${name} ${n}`).toBeNull();
        if (published && !isSame) expect(readFileSync(join(folder(), 'newsloom.db.damaged-1'))).toEqual(store);
      }
    },
  );

  it('is restored by one of two concurrent runs; the other reports that it is in use', async () => {
    lay(new Map(kept.pristine).set('newsloom.db', Buffer.from('no store'.repeat(PAGE))));
    cpSync(join(site.root, 'before'), site.feeds, { recursive: true });
    const runs = await Promise.allSettled([site.run(at(10)), site.run(at(10))]);
    expect(runs.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(runs).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ code: 'STORE_LOCKED' }) });
    expect(existsSync(join(folder(), 'newsloom.db.damaged-1'))).toBe(true);
    expect(existsSync(join(folder(), 'newsloom.db.damaged-2'))).toBe(false);
    expect(site.files()).toEqual(expected);
    expect(readdirSync(folder()).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('is reported by read-only commands', { timeout: 300_000 }, async () => {
    const numbers = randomNumbers(11);
    const config = ['--config', join(site.root, 'config', 'newsloom.yaml')];
    const commands = [['status'], ['explain', 'https://a.example/3'], ['sources', 'export'], ['prune'], ['check']];
    for (const [name, damage] of Object.entries(DAMAGES).slice(0, isThorough ? undefined : 3)) {
      for (const kind of ['pristine', 'killed'] as const) {
        const store = damage(kept[kind].get('newsloom.db')!, (below) => Math.floor(numbers() * below));
        if (store.equals(kept[kind].get('newsloom.db')!)) continue;
        for (const command of commands) {
          lay(new Map(kept[kind]).set('newsloom.db', store));
          const { status, err } = await newsloom(...command, ...config);
          const what = `${command.join(' ')}, ${name}, ${kind}: ${err}`;
          if (kind === 'pristine' && command[0] !== 'check') expect(status, what).toBe(EXIT.publish);
          else expect([EXIT.ok, EXIT.usage, EXIT.publish], what).toContain(status);
          if (status === EXIT.publish)
            expect(err, what).toMatch(/STORE_CORRUPT.*run "newsloom build": it sets the store aside/s);
        }
      }
    }
  });

  it('is handled together with its log, checksum and lock', async () => {
    const numbers = randomNumbers(4);
    const random: Random = (below) => Math.floor(numbers() * below);
    for (const n of LOG_TIMES) {
      const files = new Map(n < 12 ? kept.killed : kept.pristine);
      const name = n < 12 ? 'newsloom.db-wal' : (NAMES[1 + (n % 3)] as string);
      const whole = files.get(name) ?? Buffer.alloc(3 * PAGE, 0x5a);
      files.set(name, Object.values(DAMAGES)[n % 2 === 0 ? 0 : 5]!(whole, random));
      if (n % 5 === 4) files.set(name, Buffer.alloc(3 * PAGE, 0x5a));
      expect(await runOn(files, true), `${name} ${n}`).toEqual(expected);
    }
    expect(kept.killed.get('newsloom.db-wal')!.length).toBeGreaterThan(0);
    expect(before.size).toBeGreaterThan(5);
  }, 300_000);
});
