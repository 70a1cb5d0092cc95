/** Reads and writes for waiting articles. See test/e2e/enrich.test.ts for published answers. */
import { expect, it } from 'vitest';
import type { Settings } from '../../../../src/model/settings.js';
import { createTagging } from '../../../../src/pipeline/facts/tagging.js';
import { enrich } from '../../../../src/pipeline/organize/enrich/enrich.js';
import type { CommandCall } from '../../../../src/ports/command-runner.js';
import type { Store } from '../../../../src/ports/store/store.js';
import { openMemory } from '../../../support/memory-store.js';
import { at, publishArticles } from '../../../support/stored-articles.js';

const ARTICLES = 120;
const command = (name: string) => ({
  name,
  run: [name],
  of: ['title' as const],
  when: null,
  as: 'summary' as const,
  language: null,
  show: 'beside' as const,
  env: {},
  timeoutMs: 1000,
  atMost: 10,
});

/** A site with many waiting articles; the command `broken` always fails. */
async function site(...names: readonly string[]) {
  const inner = openMemory();
  const counts = { read: 0, written: 0 };
  const store: Store = {
    ...inner,
    articles: async (refs) => {
      counts.read += refs.length;
      return await inner.articles(refs);
    },
    saveAnswers: async (answers, of) => {
      counts.written += answers.length;
      await inner.saveAnswers(answers, of);
    },
  };
  await publishArticles(store, ARTICLES);
  const asked: Record<string, string[]> = {};
  const runner = {
    run: async ({ run: [name = ''], lines }: CommandCall) => {
      const given = lines.map((line) => JSON.parse(line) as { id: string; title: string });
      asked[name] = given.map(({ title }) => title);
      const isBroken = name === 'broken';
      const answers = given.map(({ id }) => JSON.stringify({ id, summary: 'It sails.' }));
      return { lines: isBroken ? [] : answers, said: '', failure: isBroken ? 'it failed' : null };
    },
  };
  const settings = {
    sources: [],
    topics: [],
    duplicates: 'keep' as const,
    enrich: names.map(command),
    root: '/site',
    site: { url: 'https://news.example/' } as Settings['site'],
  };
  const { signal } = new AbortController();
  const deps = {
    settings,
    store,
    tagging: createTagging(settings),
    runner,
    permissions: async () => new Map(),
    signal,
  };
  const run = async (minutes: number, changed: readonly number[] = []) => {
    Object.assign(counts, { read: 0, written: 0 });
    for (const name of names) delete asked[name];
    await enrich({ ...deps, now: at(200 + minutes / 60) }, changed);
    return { ...counts, asked: { ...asked } };
  };
  await run(
    0,
    Array.from({ length: ARTICLES }, (_, i) => i + 1),
  );
  return run;
}

const headlines = (from: number) => Array.from({ length: 10 }, (_, i) => `Headline ${from - i}`);

it('reads and writes only what one run needs, regardless of waiting articles', async () => {
  const run = await site('good');
  expect(await run(5)).toEqual({ read: 40, written: 10, asked: { good: headlines(ARTICLES - 10) } });
  expect(await run(10)).toEqual({ read: 40, written: 10, asked: { good: headlines(ARTICLES - 20) } });
});

it('skips articles that wait for a command in back-off', async () => {
  const run = await site('broken', 'good');
  const good = [];
  for (let minutes = 5; minutes <= 25; minutes += 5) good.push((await run(minutes)).asked.good);
  expect(good).toEqual([110, 100, 90, 80, 70].map(headlines));
});

it('runs a command with a back-off recorded by a wrong clock', async () => {
  const run = await site('broken');
  const year = 366 * 24 * 60;
  for (const minutes of [year, year + 20, year + 60]) expect((await run(minutes)).asked.broken).toHaveLength(10);
  expect((await run(year + 65)).asked).toEqual({});
  expect((await run(5)).asked.broken).toHaveLength(10);
});
