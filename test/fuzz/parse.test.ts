/** Damaged feeds: whatever happened to a document, we read it or refuse it with a `ParseError`, soon and in little memory. A short round here, a long one by `npm run fuzz`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/model/errors.js';
import type { Item, ParsedFeed } from '../../src/model/item.js';
import { parseFeed } from '../../src/parse/parse.js';
import { anyDamage } from '../support/mutations.js';
import { processorMs } from '../support/processor-time.js';

const DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? 400);
const DEADLINE_MS = 10_000;
const HEAP_BYTES = 512 * 1024 * 1024;

const FOLDERS = ['../fixtures/parse/', '../../../shared/corpus/parse/real/', '../../../shared/corpus/parse/broken/'];

const originals = FOLDERS.map((folder) => new URL(folder, import.meta.url))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder)))
  .filter(({ pathname }) => /\.(?:xml|json)$/.test(pathname) && !pathname.endsWith('.expected.json'))
  .map((file) => readFileSync(file))
  .filter((body) => body.length > 0 && body.length < 300_000);

/** An answer that the contract allows. */
function isSound(feed: ParsedFeed): boolean {
  return feed.items.every(isSoundItem) && (feed.updated === null || !Number.isNaN(Date.parse(feed.updated)));
}

function isSoundItem(item: Item): boolean {
  const lists = [item.authors, item.contributors, item.categories, item.links, item.enclosures, item.images];
  const dates = [item.published, item.updated];
  return (
    lists.every(Array.isArray) &&
    dates.every((date) => date === null || !Number.isNaN(Date.parse(date))) &&
    item.guid !== '' &&
    item.title?.value !== ''
  );
}

describe('damaged documents', () => {
  it(
    `are read or refused: ${DOCUMENTS} of them`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...originals), anyDamage, async (original, damage) => {
          const body = damage(original);
          let answer: unknown;
          const ms = await processorMs(async () => {
            answer = await parseFeed(body, { url: 'https://where.example/feed' }).catch((error: unknown) => error);
          });
          expect(ms).toBeLessThan(DEADLINE_MS);
          if (answer instanceof Error) expect(answer).toBeInstanceOf(ParseError);
          else expect(isSound(answer as ParsedFeed)).toBe(true);
        }),
        { numRuns: DOCUMENTS, endOnFailure: true },
      );
      expect(process.memoryUsage().heapUsed).toBeLessThan(HEAP_BYTES);
    },
    60_000 + DOCUMENTS * 100,
  );
});
