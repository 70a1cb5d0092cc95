import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_BYTES, applyFit, entryWeight, fitArchive, fitHead, HEAD_BYTES } from '../../src/compose/budget.js';
import type { DeletedEntry, Entry, EntryMachine } from '../../src/model/channel.js';
import { writeAtom } from '../../src/write/atom/atom.js';
import { writeJsonFeed } from '../../src/write/json/json-feed.js';
import { writeRss } from '../../src/write/rss/rss.js';
import { anyEntry } from '../support/any-entry.js';
import { aChannel, anEntry } from '../support/channel.js';
import { anyText } from '../support/hostile.js';
import { sampleHead } from '../support/sample-edition.js';
import { runs } from '../support/thorough.js';

const writers = [writeRss, writeAtom, writeJsonFeed];
const size = (entries: readonly Entry[]) =>
  Math.max(...writers.map((write) => Buffer.byteLength(write(aChannel({ entries })))));
const numbered = (count: number, about: Partial<Entry>) =>
  Array.from({ length: count }, (_, n) => anEntry({ ...about, id: `urn:example:${n}` }));

const headOf = (entries: readonly Entry[], items: number, tombstones: readonly DeletedEntry[] = []) =>
  applyFit(entries, fitHead(entries.map(entryWeight), items, tombstones));

const anyMachine = fc.record({
  as: fc.constantFrom('translation', 'summary', 'topics'),
  by: anyText,
  of: fc.constant('a'.repeat(22)),
  language: fc.constantFrom(null, 'de', 'zh-Hant-TW'),
  title: fc.option(anyText),
  summary: fc.option(anyText),
  contentHtml: fc.option(anyText),
  topics: fc.array(fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/), { maxLength: 8 }),
  original: fc.option(
    fc.record({ language: fc.constant('uk'), title: fc.option(anyText), summary: fc.option(anyText) }),
    {
      nil: undefined,
    },
  ),
}) as fc.Arbitrary<EntryMachine>;

describe('entryWeight', () => {
  it('is an upper bound of an entry’s size in any format', () => {
    const empty = size([]);
    fc.assert(
      fc.property(anyEntry, (entry) => {
        expect(entryWeight(entry).whole).toBeGreaterThanOrEqual(size([entry]) - empty);
      }),
    );
  });

  it('is an upper bound of machine-made texts in any format', () => {
    fc.assert(
      fc.property(fc.array(anyMachine, { minLength: 1, maxLength: 3 }), (machine) => {
        const [plain, made] = [anEntry({}), anEntry({ machine })];
        expect(entryWeight(made).whole - entryWeight(plain).whole).toBeGreaterThanOrEqual(size([made]) - size([plain]));
      }),
    );
  });

  it('counts each repetition of the summary', () => {
    const entry = anEntry({ summary: 'x'.repeat(5000) });
    expect(entryWeight(entry).whole).toBeGreaterThanOrEqual(size([entry]) - size([]));
  });

  it('is close to the size of ordinary entries', () => {
    const contentHtml = '<p>Ships may enter the harbour &amp; leave it again, says the master.</p>\n'.repeat(60);
    for (const entry of sampleHead.entries) {
      const told = { ...entry, contentHtml };
      expect(entryWeight(told).whole).toBeLessThan(1.5 * (size([told]) - size([])));
    }
  });
});

describe('fitHead', () => {
  it('keeps at most the configured number of items', () => {
    expect(headOf(numbered(60, {}), 50)).toHaveLength(50);
  });

  it('drops the content of the oldest first, then the oldest, to stay under the limit', () => {
    const entries = numbered(50, { contentHtml: 'x'.repeat(20_000) });
    const shown = headOf(entries, 50);
    const full = shown.filter(({ contentHtml }) => contentHtml !== null).length;
    expect(shown).toHaveLength(50);
    expect(full).toBeGreaterThan(18);
    expect(shown.slice(0, full).every(({ contentHtml }) => contentHtml !== null)).toBe(true);
    expect(size(shown)).toBeLessThanOrEqual(HEAD_BYTES);
  });

  it('counts machine-made texts, and drops them with the content', () => {
    const contentHtml = 'x'.repeat(8_000);
    const made = {
      as: 'translation',
      by: 'translate',
      of: 'x',
      language: 'de',
      title: 'T',
      summary: 'S',
      topics: [],
    } as const;
    for (const own of [contentHtml, null]) {
      const entries = numbered(80, { contentHtml: own, machine: [{ ...made, contentHtml }] });
      const shown = headOf(entries, 80);
      expect(shown).toHaveLength(80);
      expect(shown[0]!.machine![0]!.contentHtml).toBe(contentHtml);
      expect(shown.at(-1)!.machine![0]).toMatchObject({ title: 'T', contentHtml: null });
      expect(size(shown)).toBeLessThanOrEqual(HEAD_BYTES);
    }
  });

  it('drops the oldest entries if summaries alone are too large', () => {
    const shown = headOf(numbered(2000, { contentHtml: '<p>x</p>' }), 2000);
    expect(shown.length).toBeGreaterThan(200);
    expect(shown.length).toBeLessThan(2000);
    expect(shown.every(({ contentHtml }) => contentHtml === null)).toBe(true);
    expect(shown.map(({ id }) => id)).toEqual(numbered(shown.length, {}).map(({ id }) => id));
    expect(size(shown)).toBeLessThanOrEqual(HEAD_BYTES);
  });

  it('leaves room for tombstones', () => {
    const tombstones = Array.from({ length: 500 }, (_, n) => ({
      id: `urn:gone:${n}`,
      when: new Date(0),
      comment: 'x',
    }));
    const entries = headOf(numbered(2000, {}), 2000, tombstones);
    expect(Buffer.byteLength(writeAtom(aChannel({ entries, tombstones })))).toBeLessThanOrEqual(HEAD_BYTES);
  });

  it('stays under the limit for any strings', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 3 }), (few) => {
        const many = Array.from({ length: 900 }, (_, n) => few[n % few.length]!);
        expect(size(headOf(many, 900))).toBeLessThanOrEqual(HEAD_BYTES);
      }),
      { numRuns: runs(20) },
    );
  });
});

describe('fitArchive', () => {
  it('keeps every entry, and the content of the newest', () => {
    const entries = numbered(100, { contentHtml: '"<b>é</b>"'.repeat(2000) });
    const shown = applyFit(entries, fitArchive(entries.map(entryWeight)));
    expect(shown).toHaveLength(100);
    expect(shown[0]!.contentHtml).not.toBe(null);
    expect(shown.at(-1)!.contentHtml).toBe(null);
    expect(size(shown)).toBeLessThanOrEqual(ARCHIVE_BYTES);
  });
});
