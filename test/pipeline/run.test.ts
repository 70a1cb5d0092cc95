/** What a run promises whatever its sources say. */
import { describe, expect, it } from 'vitest';
import { type RunDeps, run } from '../../src/pipeline/run.js';
import { openMemory } from '../support/memory-store.js';
import { aSource } from '../support/sources.js';

const OPTIONS = { now: new Date('2026-03-03T12:00:00Z'), force: false, only: null, offline: false };

/** A run of sources whose server is away, with what it told. */
function aRun(sources: number, given: Partial<RunDeps> = {}) {
  const told: string[] = [];
  const store = openMemory();
  const deps: RunDeps = {
    sources: Array.from({ length: sources }, (_, i) =>
      aSource({ id: `source-${i}`, url: `https://${i}.example/feed` }),
    ),
    store,
    fetcher: { fetch: async () => Promise.reject(new Error('nobody is asked')), close: async () => {} },
    limits: { concurrency: 4, perHost: 1, spacingMs: 0 },
    read: () => Promise.reject(new Error('nothing is read')),
    prepareFor: (unread) => void told.push(`prepare for ${unread}`),
    tagging: { fingerprint: 'none', load: () => Promise.reject(new Error('nothing is tagged')) },
    credits: [],
    rules: 'test',
    organize: async () => {
      told.push('settle');
      return { stories: { total: 0, multiSource: 0 } };
    },
    publish: async () => {
      told.push('publish');
      return { files: { written: 0, unchanged: 0, removed: 0, bytes: 0 }, changed: false, warnings: [] };
    },
    clock: { elapsed: () => 0, sleep: async () => {} },
    progress: { start: () => {}, done: () => {} },
    ...given,
  };
  return { deps, told, signal: new AbortController().signal };
}

describe('run', () => {
  it('tells how many sources were never read before it asks any', async () => {
    const { deps, told, signal } = aRun(3);
    await expect(run(deps, OPTIONS, signal)).rejects.toThrow('nobody is asked');
    expect(told).toEqual(['prepare for 3']);
  });
});
