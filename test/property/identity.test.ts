/** Items of a source keep their articles when read again, even if they are similar, and no read fails a run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOthersNames } from '../../src/pipeline/facts/names-of-others.js';
import { createSiteOwnership } from '../../src/pipeline/facts/site-ownership.js';
import { createTagging } from '../../src/pipeline/facts/tagging.js';
import { ChangedArticles } from '../../src/pipeline/organize/changed-articles.js';
import { mintArticles } from '../../src/pipeline/organize/mint-articles.js';
import { createCarriedArticles } from '../../src/pipeline/read/carried-elsewhere.js';
import { ingest } from '../../src/pipeline/read/ingest.js';
import type { Ingested } from '../../src/pipeline/read/ingest-result.js';
import { readDirectly } from '../../src/pipeline/read/reader/read-document.js';
import { compileRules } from '../../src/rules/rules.js';
import { openMemory } from '../support/memory-store.js';
import { aFresh, aSource } from '../support/sources.js';
import { isThorough } from '../support/thorough.js';

interface Piece {
  readonly guid: number | null;
  readonly url: number;
  readonly title: number;
  readonly hour: number | null;
}

const PAPER = aSource({ id: 'paper', url: 'https://paper.example/feed' });
const RIVAL = aSource({ id: 'rival', url: 'https://rival.example/feed' });
const TAGGING = createTagging({ topics: [], sources: [] });
const START = Date.UTC(2026, 10, 25);

/** Reads one document per hour, each followed by the last steps of a run. */
async function aReader() {
  const store = openMemory();
  let reads = 0;
  return {
    async read(pieces: readonly Piece[], source = PAPER): Promise<Ingested> {
      reads++;
      const states = await store.fetchStates();
      const carriers = createCarriedArticles(states);
      const body = Buffer.from(documentOf(pieces, reads));
      const answer = aFresh({ finalUrl: source.url, contentType: 'application/rss+xml', body });
      const ingested = await ingest(source, states.get(source.id) ?? null, answer, {
        store,
        reading: { read: readDirectly, readerVersion: '1', credits: [] },
        tagging: TAGGING,
        editorRules: () => compileRules({ common: [], bySource: new Map() }),
        limits: { timeoutMs: 20_000, maxBytes: 10_000_000 },
        unchangedStates: { add: (state) => store.saveFetches([state]) },
        carriersOf: carriers.findCarriers,
        ownership: createSiteOwnership([PAPER, RIVAL], states),
        othersNames: createOthersNames(
          { sources: [PAPER, RIVAL], site: { url: 'https://section.example/', title: 'The Section' } },
          states,
          createSiteOwnership([PAPER, RIVAL], states),
        ),
        now: new Date(START + reads * 3_600_000),
      });
      await mintArticles(
        store,
        {
          siteHost: 'news.example.org',
          ownership: createSiteOwnership([PAPER, RIVAL], new Map()),
        },
        new ChangedArticles(),
      );
      return ingested;
    },
    async ids(): Promise<readonly string[]> {
      return (await store.nextArticles(0, 10_000)).map(({ id }) => id);
    },
    count: async () => (await store.nextArticles(0, 10_000)).length,
    close: () => store.close(),
  };
}

function documentOf(pieces: readonly Piece[], n: number): string {
  const items = pieces.map(
    ({ guid, url, title, hour }) =>
      `<item>${guid === null ? '' : `<guid isPermaLink="false">g${guid}</guid>`}<link>https://paper.example/${url}</link>` +
      `<title>Ferry ${title}</title>${hour === null ? '' : `<pubDate>${new Date(START - hour * 3_600_000).toUTCString()}</pubDate>`}</item>`,
  );
  return `<rss version="2.0"><channel><title>Paper</title><description>As of ${n}</description>${items.join('')}</channel></rss>`;
}

const few = fc.integer({ min: 0, max: 2 });
const anyPiece = fc.record({ guid: fc.option(few), url: few, title: few, hour: fc.option(few) });
const anyDocument = fc.array(anyPiece, { minLength: 1, maxLength: 6 });

/** Of two items with the same guid and address, the first is read, so order matters. */
const anyDistinct = fc.uniqueArray(anyPiece, {
  minLength: 1,
  maxLength: 6,
  selector: ({ guid, url, title, hour }) => (guid === null ? [url, title, hour] : [guid, url]).join(' '),
});

const TWINS: readonly Piece[] = [
  { guid: 0, url: 0, title: 0, hour: 0 },
  { guid: 0, url: 1, title: 0, hour: 0 },
  { guid: 1, url: 1, title: 1, hour: 1 },
];

describe('a document with items that share guids or addresses', () => {
  it('always gives three articles for three items, two of them similar', async () => {
    const { read, ids, close } = await aReader();
    await read(TWINS);
    const first = await ids();
    expect(first).toHaveLength(3);
    for (let n = 2; n <= 10; n++) {
      await read(n % 3 === 0 ? TWINS.toReversed() : TWINS);
      expect(await ids()).toEqual(first);
    }
    await close();
  });

  it('adds nothing when it is read again in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyDistinct.chain((document) =>
          fc.tuple(
            fc.constant(document),
            fc.array(fc.shuffledSubarray(document, { minLength: document.length }), { minLength: 3, maxLength: 5 }),
          ),
        ),
        async ([document, again]) => {
          const { read, ids, close } = await aReader();
          await read(document);
          await read(document);
          const known = await ids();
          for (const same of again) await read(same);
          expect(await ids()).toEqual(known);
          await close();
        },
      ),
      { numRuns: isThorough ? 150 : 30 },
    );
  });

  it('stops adding articles when documents alternate, and never fails a run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDocument, { minLength: 2, maxLength: 3 }), anyDocument, async (documents, other) => {
        const { read, count, close } = await aReader();
        await read(other, RIVAL);
        for (let round = 0; round < 6; round++) for (const document of documents) await read(document);
        const before = await count();
        for (let round = 0; round < 3; round++) for (const document of documents) await read(document);
        expect(await count()).toBe(before);
        await close();
      }),
      { numRuns: isThorough ? 60 : 12 },
    );
  });
});
