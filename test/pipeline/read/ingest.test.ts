import { describe, expect, it } from 'vitest';
import type { Source } from '../../../src/model/source.js';
import { createOthersNames } from '../../../src/pipeline/facts/names-of-others.js';
import { createSiteOwnership } from '../../../src/pipeline/facts/site-ownership.js';
import { createTagging } from '../../../src/pipeline/facts/tagging.js';
import { ChangedArticles } from '../../../src/pipeline/organize/changed-articles.js';
import { mintArticles } from '../../../src/pipeline/organize/mint-articles.js';
import { createCarriedArticles } from '../../../src/pipeline/read/carried-elsewhere.js';
import { ingest } from '../../../src/pipeline/read/ingest.js';
import type { Ingested } from '../../../src/pipeline/read/ingest-result.js';
import { readDirectly } from '../../../src/pipeline/read/reader/read-document.js';
import { compileRules } from '../../../src/rules/rules.js';
import { openMemory } from '../../support/memory-store.js';
import { rss } from '../../support/serve-feeds.js';
import { aFresh, aSource } from '../../support/sources.js';

const paper = aSource({ id: 'paper', url: 'https://paper.example/feed' });
const magazine = aSource({ id: 'magazine', url: 'https://magazine.example/feed' });
const tagging = createTagging({ topics: [], sources: [] });

/** Ingests documents with different bodies, an hour apart. */
function aReader() {
  const store = openMemory();
  let hour = Date.UTC(2026, 10, 24, 12);
  return {
    store,
    async read(source: Source, titles: Readonly<Record<string, string>>): Promise<Ingested> {
      hour += 3_600_000;
      const now = new Date(hour);
      const items = Object.entries(titles).map(([title, date]) => ({ title, date: `2026-11-24T${date}:00Z` }));
      const states = await store.fetchStates();
      const carriers = createCarriedArticles(states);
      const body = Buffer.from(rss(`As of ${now.toISOString()}`, items));
      const answer = aFresh({ finalUrl: source.url, contentType: 'application/rss+xml', body });
      const ingested = await ingest(source, states.get(source.id) ?? null, answer, {
        store,
        reading: { read: readDirectly, readerVersion: '1', credits: [] },
        tagging,
        editorRules: () => compileRules({ common: [], bySource: new Map() }),
        limits: { timeoutMs: 20_000, maxBytes: 10_000_000 },
        unchangedStates: { add: (state) => store.saveFetches([state]) },
        carriersOf: carriers.findCarriers,
        ownership: createSiteOwnership([paper, magazine], states),
        othersNames: createOthersNames(
          { sources: [paper, magazine], site: { url: 'https://section.example/', title: 'The Section' } },
          states,
          createSiteOwnership([paper, magazine], states),
        ),
        now,
      });
      await mintArticles(
        store,
        {
          siteHost: 'news.example.org',
          ownership: createSiteOwnership([paper, magazine], new Map()),
        },
        new ChangedArticles(),
      );
      return ingested;
    },
    async withdrawn(): Promise<string[]> {
      const articles = await store.nextArticles(0, 100);
      return articles.filter(({ withdrawnAt }) => withdrawnAt !== null).map(({ title }) => title);
    },
  };
}

describe('ingest', () => {
  it('withdraws an article that is missing from the middle of its document twice', async () => {
    const { read, withdrawn } = aReader();
    await read(paper, { Tram: '10:00', Ferry: '09:00', Bridge: '08:00', Quay: '07:00' });
    await read(paper, { Tram: '10:00', Bridge: '08:00', Quay: '07:00' });
    expect((await read(paper, { Tram: '10:00', Bridge: '08:00', Quay: '07:00' })).counts.withdrawn).toBe(1);
    expect(await withdrawn()).toEqual(['Ferry']);
  });

  it('does not withdraw an article of another source', async () => {
    const { read, withdrawn } = aReader();
    await read(paper, { Tram: '10:00', Ferry: '09:00' });
    await read(magazine, { Tram: '10:00', Ferry: '09:00', Bridge: '08:00', Quay: '07:00' });
    await read(paper, { Museum: '13:00', Tram: '10:00' });
    await read(magazine, { Tram: '10:00', Bridge: '08:00', Quay: '07:00' });
    expect((await read(magazine, { Tram: '10:00', Bridge: '08:00', Quay: '07:00' })).counts.withdrawn).toBe(0);
    expect(await withdrawn()).toEqual([]);
  });
});
