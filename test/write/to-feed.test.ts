import fc from 'fast-check';
import RssParser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { toFeed } from '../../src/write/to-feed.js';
import { anyChannel } from '../support/any-entry.js';
import { aChannel, anEntry } from '../support/channel.js';
import { sampleHead, sampleStories } from '../support/sample-edition.js';
import { runs } from '../support/thorough.js';

const parse = (text: string) => new RssParser().parseString(text);
const flat = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();

describe('toFeed', () => {
  it.each([sampleHead, sampleStories])(
    '$path: its RSS, Atom and JSON have the same content as ours',
    async (channel) => {
      const feed = toFeed(channel);
      const rss = await parse(feed.rss2());
      const atom = await parse(feed.atom1());
      const json = JSON.parse(feed.json1());
      channel.entries.forEach((entry, n) => {
        expect(rss.items[n]).toMatchObject({ guid: entry.id, title: entry.title, link: entry.url });
        expect(rss.items[n]!.isoDate).toBe(entry.publishedAt.toISOString());
        expect(rss.items[n]!.creator).toBe(entry.authors[0]?.name ?? entry.publication.title);
        expect(rss.items[n]!.contentSnippet).toBe(entry.summary || entry.title);
        expect(atom.items[n]!.id).toBe(new URL(entry.id).href);
        expect(atom.items[n]!.isoDate).toBe(entry.publishedAt.toISOString());
        expect(json.items[n]).toMatchObject({ id: entry.id, title: entry.title });
        expect(json.items[n].tags).toEqual(entry.topics.map(({ label }) => label));
      });
      expect(rss.feedUrl).toBe(`https://news.example.org/feeds/${channel.path}.rss`);
    },
  );

  it('has plain titles and descriptions for code that adds items', () => {
    const feed = toFeed(aChannel({ entries: [anEntry({ title: 'a < b & c', summary: 'd < e' })] }));
    expect(feed.items[0]).toMatchObject({ title: 'a < b & c', description: 'd < e' });
    feed.addItem({ title: 'Mine', link: 'https://x.example/', date: new Date(0) });
    expect(feed.rss2()).toContain('Mine');
  });

  it('keeps audio as RSS enclosure, with its type and length', () => {
    expect(toFeed(sampleHead).rss2()).toContain('length="1234" type="audio/mpeg" url="https://paper.example/1.mp3"');
  });

  it('is not modified by its writers', () => {
    const feed = toFeed(sampleHead);
    for (const write of ['rss2', 'atom1', 'json1'] as const) expect(feed[write]()).toBe(feed[write]());
  });

  it('is well-formed for any strings, and keeps ids in order', async () => {
    await fc.assert(
      fc.asyncProperty(anyChannel, async (channel) => {
        const feed = toFeed(channel);
        const ids = channel.entries.map(({ id }) => id);
        expect((await parse(feed.rss2())).items.map(({ guid }) => guid)).toEqual(ids);
        expect((await parse(feed.atom1())).items.map(({ id }) => id)).toEqual(ids);
        expect(JSON.parse(feed.json1()).items.map(({ id }: { id: string }) => id)).toEqual(ids);
        expect(flat(JSON.parse(feed.json1()).title)).not.toBe('');
        expect(feed.json1().isWellFormed()).toBe(true);
      }),
      { numRuns: runs(150) },
    );
  });
});
