/** Any publisher input gives an article or nothing, and published output is well-formed and safe. */
import fc from 'fast-check';
import RssParser from 'rss-parser';
import { expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import { composeHead } from '../../src/compose/channel.js';
import { channelMetadata } from '../../src/compose/channel-metadata.js';
import { createEntries } from '../../src/compose/entry.js';
import type { Draft } from '../../src/model/article.js';
import type { Item, Text } from '../../src/model/item.js';
import { writeAtom } from '../../src/write/atom/atom.js';
import { writeJsonFeed } from '../../src/write/json/json-feed.js';
import { writeRss } from '../../src/write/rss/rss.js';
import { aDraft, type DraftParts } from '../support/a-draft.js';
import { aContext, aFeed, anItem } from '../support/an-item.js';
import { Archive } from '../support/archive.js';
import { anyString } from '../support/hostile.js';
import { editionSettings } from '../support/published-article.js';
import { runs } from '../support/thorough.js';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const anyWording: fc.Arbitrary<Text> = fc.record({
  type: fc.constantFrom<'text' | 'html'>('text', 'html'),
  value: anyString,
  base: fc.constant(null),
});
const anyAddress = fc.oneof(
  anyString,
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom('javascript:alert(1)', '//paper.example/x', 'data:text/html,x', 'https://paper.example/a b'),
);
const anyItem: fc.Arbitrary<Item> = fc
  .record({
    guid: maybe(anyString),
    url: fc.oneof(fc.webUrl(), anyAddress),
    title: maybe(anyWording),
    summary: maybe(anyWording),
    content: maybe(anyWording),
    authors: fc.array(fc.record({ name: maybe(anyString), email: maybe(anyString), url: maybe(anyAddress) }), {
      maxLength: 2,
    }),
    categories: fc.array(fc.record({ term: anyString, scheme: maybe(anyString), label: maybe(anyString) }), {
      maxLength: 2,
    }),
    images: fc.array(
      fc.record({ url: anyAddress, width: maybe(fc.integer()), height: maybe(fc.integer()), alt: maybe(anyString) }),
      { maxLength: 2 },
    ),
    enclosures: fc.array(
      fc.record({
        url: anyAddress,
        type: maybe(anyString),
        length: maybe(fc.integer()),
        duration: maybe(fc.integer()),
      }),
      { maxLength: 2 },
    ),
    episode: maybe(
      fc.record({
        season: maybe(fc.integer()),
        number: maybe(fc.integer()),
        transcripts: fc.array(fc.record({ url: anyAddress, type: maybe(anyString), language: maybe(anyString) }), {
          maxLength: 1,
        }),
        chapters: maybe(fc.record({ url: anyAddress, type: maybe(anyString) })),
        people: fc.array(fc.record({ name: anyString, role: maybe(anyString), url: maybe(anyAddress) }), {
          maxLength: 2,
        }),
      }),
    ),
    source: maybe(fc.record({ title: maybe(anyString), url: maybe(anyAddress), feedUrl: maybe(anyAddress) })),
    published: maybe(
      fc.oneof(
        anyString,
        fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date('2026-11-24') })
          .map((date) => date.toISOString()),
      ),
    ),
    language: maybe(anyString),
    rights: maybe(anyString),
  })
  .map((said) => anItem(said));

const settings = editionSettings();
const entryOf = createEntries(settings);
const metadata = channelMetadata('all', settings, new Map());

function channelOf(drafts: readonly Draft[]) {
  const seen = new Date('2026-11-24T09:00:00Z');
  const entries = drafts.map((draft, n) =>
    entryOf({
      ...draft,
      ref: n + 1,
      id: `tag:news.example.org,2026:${n}`,
      sourceId: 'paper',
      alsoIn: [],
      publishedAt: draft.claimedPublishedAt ?? seen,
      publishedAtFrom: 'published',
      updatedAt: null,
      firstSeenAt: seen,
      withdrawnAt: null,
      hidden: null,
      retitled: null,
      edits: null,
      topics: [],
    }),
  );
  if (metadata === null) throw new Error('no metadata for all');
  return { ...composeHead(metadata, entries, { tombstones: [], lastArchive: null, lastDate: seen }), entries };
}

/** rss-parser is strict and rejects ill-formed XML. */
async function countOf(xml: string): Promise<number> {
  return (await new RssParser().parseString(xml)).items.length;
}

it('writes well-formed feeds for any item, in every format', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyItem, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('full' as const, 'summary' as const),
      async (items, content) => {
        const { drafts, skipped } = clean(aFeed(items), aContext({ content }));
        expect(drafts.length + skipped).toBe(items.length);
        const channel = channelOf(drafts);
        const [rss, atom, json] = [writeRss(channel), writeAtom(channel), writeJsonFeed(channel)];
        expect(await countOf(rss)).toBe(drafts.length);
        expect(await countOf(atom)).toBe(drafts.length);
        expect(JSON.parse(json).items).toHaveLength(drafts.length);
        for (const text of [rss, atom, json]) {
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(/(?:href|src)\\?="\s*javascript:/i);
        }
      },
    ),
    { numRuns: runs(300) },
  );
});

/** Changes of an article at its source; each keeps one identifying field. */
const MOVES: readonly ((draft: DraftParts & { url: string; guid: string }) => Partial<DraftParts>)[] = [
  ({ url }) => ({ url: url.replace(/^https?:/, 'http:') }),
  ({ url }) => ({ url: url.replace(/^https?:/, 'https:') }),
  ({ url }) => ({ url: url.replace('//paper', '//www.paper') }),
  ({ url }) => ({ url: url.replace('//www.', '//') }),
  ({ url }) => ({ url: `${url.replace(/\/$/, '')}/` }),
  ({ url }) => ({ url: `${url.replace(/[?#].*$/, '')}?utm_source=x&utm_medium=rss` }),
  ({ url }) => ({ url: `${url.replace(/[#].*$/, '')}#comments` }),
  ({ url }) => ({ url: `${url.replace(/[?#].*$/, '').replace(/\/$/, '')}/amp` }),
  ({ guid }) => ({ guid: `${guid}x` }),
  ({ url }) => ({ url: `${url.replace(/[?#].*$/, '').replace(/\/(amp)?$/, '')}-renamed` }),
  ({ title }) => ({ title: `${title}!` }),
  () => ({ date: '2026-11-24T08:59:00Z' }),
];

it('keeps one id through any chain of single moves', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MOVES), { minLength: 1, maxLength: 12 }), (moves) => {
      const archive = new Archive();
      let parts = { url: 'https://paper.example/ferry', guid: 'g', title: 'Ferry sails', date: '2026-11-24T08:00:00Z' };
      archive.read('paper', [aDraft(parts)], '2026-11-24T09:00:00Z');
      const id = archive.articles.get(1)?.id;
      moves.forEach((move, i) => {
        parts = { ...parts, ...(move(parts) as Partial<typeof parts>) };
        archive.read(
          'paper',
          [aDraft(parts)],
          new Date(Date.parse('2026-11-24T10:00:00Z') + i * 3_600_000).toISOString(),
        );
      });
      expect([...archive.articles.values()].map((article) => article.id)).toEqual([id]);
    }),
    { numRuns: runs(300) },
  );
});
