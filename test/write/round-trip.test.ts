/** Reads our output with independent parsers: every field, for ordinary and hostile strings. */
import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import type { Channel, Entry } from '../../src/model/channel.js';
import { findChangeDate, findRevisionDate } from '../../src/model/revision.js';
import { legalText } from '../../src/text/xml.js';
import { writeAtom } from '../../src/write/atom/atom.js';
import { writeJsonFeed } from '../../src/write/json/json-feed.js';
import { opml } from '../../src/write/opml/opml.js';
import { writeRss } from '../../src/write/rss/rss.js';
import { anyChannel } from '../support/any-entry.js';
import { aChannel } from '../support/channel.js';
import { anyText } from '../support/hostile.js';
import { sampleArchive, sampleEdition, sampleHead, sampleStories } from '../support/sample-edition.js';
import { runs } from '../support/thorough.js';

const samples = [sampleHead, sampleArchive, sampleStories];
const flat = (text: string | undefined) =>
  legalText(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
const deHtml = (text: string | undefined) =>
  (text ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const iso = (date: Date | null) => (date === null ? undefined : `${date.toISOString().slice(0, 19)}Z`);
const told = (entry: Entry) => (entry.summary === '' && entry.contentHtml === null ? entry.title : entry.summary);

const episodeOf = ({ episode }: Entry) =>
  episode
    ? [
        episode.season,
        episode.number,
        episode.transcripts.map(({ url }) => url),
        episode.chapters?.url,
        episode.people.map(({ name }) => flat(name)),
      ]
    : undefined;

/** The podcast elements as feedsmith reads them, in the shape of `episodeOf`. */
function episodeIn({ itunes, podcast }: NonNullable<ReturnType<typeof parseRssFeed>['items']>[number]) {
  if (itunes?.season === undefined) return undefined;
  return [
    itunes.season,
    itunes.episode ?? null,
    (podcast?.transcripts ?? []).map(({ url }: { url: string }) => url),
    podcast?.chapters?.url,
    (podcast?.persons ?? []).map(({ display }: { display: string }) => flat(display)),
  ];
}

async function readsBackAsRss(channel: Channel): Promise<void> {
  const text = writeRss(channel);
  const strict = await new RssParser().parseString(text);
  expect(strict.items.map(({ guid }) => guid)).toEqual(channel.entries.map(({ id }) => id));
  expect(strict.items.map(({ title }) => flat(title))).toEqual(channel.entries.map(({ title }) => flat(title)));
  const { items = [], title } = parseRssFeed(text);
  expect(flat(title)).toBe(flat(channel.title));
  channel.entries.forEach((entry, n) => {
    const item = items[n]!;
    expect(item.guid).toEqual({ value: entry.id, isPermaLink: false });
    expect(item.link).toBe(entry.url);
    expect(flat(item.title)).toBe(flat(entry.title));
    expect(Date.parse(item.pubDate!)).toBe(Date.parse(iso(entry.publishedAt)!));
    expect(item.atom?.updated).toBe(iso(findRevisionDate(entry)));
    expect((item.dc?.creators ?? []).map(flat)).toEqual(entry.authors.map(({ name }) => flat(name)));
    expect((item.categories ?? []).map(({ name }) => flat(name))).toEqual(entry.topics.map(({ label }) => flat(label)));
    expect(flat(item.source?.title)).toBe(flat(entry.publication.title));
    expect(item.source?.url).toBe(entry.publication.feedUrl ?? entry.publication.url);
    expect(item.dc?.sources).toBeUndefined();
    expect((item.dc?.relations ?? []).map(flat)).toEqual(entry.credited === null ? [] : [flat(entry.credited.title)]);
    expect(flat(deHtml(item.description))).toBe(flat(entry.summary || entry.title));
    // feedsmith drops HTML comments from content.
    expect(flat(strict.items[n]!['content:encoded'])).toBe(flat(entry.contentHtml ?? ''));
    expect(item.enclosures?.[0]?.url).toBe(entry.enclosures[0]?.url);
    expect(item.itunes?.duration).toBe(entry.enclosures[0]?.duration ?? undefined);
    expect(episodeIn(item)).toEqual(episodeOf(entry));
    expect(item.comments).toBe(entry.commentsUrl ?? entry.discussionUrl ?? undefined);
    expect(item.atom?.links?.map(({ rel, href }) => [rel, href]) ?? []).toEqual(
      entry.discussionUrl === null ? [] : [['replies', entry.discussionUrl]],
    );
    expect(item.media?.thumbnails?.[0]?.url).toBe(entry.image?.url);
  });
}

async function readsBackAsAtom(channel: Channel): Promise<void> {
  const text = writeAtom(channel);
  const strict = await new RssParser().parseString(text);
  expect(strict.items.map(({ id }) => id)).toEqual(channel.entries.map(({ id }) => id));
  const { entries = [], title } = parseAtomFeed(text);
  expect(flat(title?.value)).toBe(flat(channel.title));
  channel.entries.forEach((entry, n) => {
    const read = entries[n]!;
    const hrefs = (rel: string) => (read.links ?? []).filter((link) => link.rel === rel).map(({ href }) => href);
    const authors = entry.authors.length > 0 ? entry.authors : [{ name: entry.publication.title }];
    expect(read.id).toBe(entry.id);
    expect(flat(read.title?.value)).toBe(flat(entry.title));
    expect(hrefs('alternate')).toEqual([entry.url]);
    expect([read.published, read.updated]).toEqual([iso(entry.publishedAt), iso(findChangeDate(entry))]);
    expect((read.authors ?? []).map(({ name }) => flat(name))).toEqual(authors.map(({ name }) => flat(name)));
    expect((read.categories ?? []).map(({ term, scheme, label }) => [term, scheme, flat(label)])).toEqual(
      entry.topics.map(({ term, scheme, label }) => [term, scheme, flat(label)]),
    );
    expect(flat(read.source?.title?.value)).toBe(flat(entry.publication.title));
    expect(flat(read.summary?.value)).toBe(flat(told(entry)));
    expect(flat(strict.items[n]!.content)).toBe(flat(entry.contentHtml ?? ''));
    expect(hrefs('enclosure')).toEqual(entry.enclosures.map(({ url }) => url));
    expect(read.itunes?.duration).toBe(entry.enclosures[0]?.duration ?? undefined);
    expect([read.itunes?.season, read.itunes?.episode]).toEqual([
      entry.episode?.season,
      entry.episode?.number ?? undefined,
    ]);
    expect(hrefs('replies')).toEqual(entry.discussionUrl === null ? [] : [entry.discussionUrl]);
    expect(hrefs('via')).toEqual(entry.via === null ? [] : [entry.via.url ?? entry.via.feedUrl]);
    expect(hrefs('related')).toEqual(entry.related.map(({ url }) => url));
    expect(flat(read.rights?.value)).toBe(flat(entry.rights ?? ''));
  });
}

function readsBackAsJson(channel: Channel): void {
  const text = writeJsonFeed(channel);
  const { items = [], title } = parseJsonFeed(text);
  const raw = JSON.parse(text);
  expect(flat(title)).toBe(flat(channel.title));
  expect(text).not.toContain(':null');
  channel.entries.forEach((entry, n) => {
    const read = items[n]!;
    expect([read.id, read.url]).toEqual([entry.id, entry.url]);
    expect(read.external_url).toBe(entry.url === entry.originalUrl ? undefined : entry.originalUrl);
    expect(flat(read.title)).toBe(flat(entry.title));
    expect([read.date_published, read.date_modified]).toEqual([iso(entry.publishedAt), iso(findRevisionDate(entry))]);
    expect((read.authors ?? []).map(({ name }) => flat(name))).toEqual(entry.authors.map(({ name }) => flat(name)));
    expect((read.tags ?? []).map(flat)).toEqual(entry.topics.map(({ label }) => flat(label)));
    expect(flat(read.content_html ?? read.content_text)).toBe(flat(entry.contentHtml ?? told(entry)));
    if (entry.contentHtml !== null) expect(flat(read.summary)).toBe(flat(entry.summary));
    expect((read.attachments ?? []).map(({ url }) => url)).toEqual(entry.enclosures.map(({ url }) => url));
    expect(read.image).toBe(entry.image?.url);
    const { _source, _topics, _related, _episode: episode } = raw.items[n];
    expect((read.attachments ?? []).map(({ duration_in_seconds: seconds }) => seconds ?? null)).toEqual(
      entry.enclosures.map(({ duration }) => duration),
    );
    expect(
      episode && [
        episode.season,
        episode.number ?? null,
        (episode.transcripts ?? []).map(({ url }: { url: string }) => url),
        episode.chapters?.url,
        (episode.people ?? []).map(({ name }: { name: string }) => flat(name)),
      ],
    ).toEqual(episodeOf(entry));
    expect(_source.comments_url).toBe(entry.discussionUrl ?? undefined);
    expect(_source.title).toBe(legalText(entry.publication.title));
    expect(_source.credited?.title).toBe(entry.credited === null ? undefined : legalText(entry.credited.title));
    expect((_topics?.items ?? []).map(({ id }: { id: string }) => id)).toEqual(entry.topics.map(({ term }) => term));
    expect((_related?.items ?? []).map(({ url }: { url: string }) => url)).toEqual(entry.related.map(({ url }) => url));
  });
}

describe('the sample edition', () => {
  it.each(samples)('$path reads back from RSS', readsBackAsRss);
  it.each(samples)('$path reads back from Atom', readsBackAsAtom);
  it.each(samples)('$path reads back from JSON Feed', readsBackAsJson);

  it('contains its tombstones, archive links and hub', () => {
    const feed = parseAtomFeed(writeAtom(sampleHead));
    const link = (rel: string) => feed.links?.find((each) => each.rel === rel)?.href;
    expect(link('self')).toBe('https://news.example.org/feeds/all.atom');
    expect(link('hub')).toBe('https://hub.example.org/');
    expect(link('prev-archive')).toBe('https://news.example.org/feeds/archive/all/2.atom');
    expect(writeAtom(sampleHead)).toContain('ref="https://paper.example/?p=0" when="2026-11-20T10:00:00Z"');
    const archive = parseAtomFeed(writeAtom(sampleArchive));
    expect(archive.links?.map(({ rel, href }) => [rel, href])).toEqual([
      ['self', 'https://news.example.org/feeds/archive/all/2.atom'],
      ['alternate', 'https://news.example.org/'],
      ['current', 'https://news.example.org/feeds/all.atom'],
      ['prev-archive', 'https://news.example.org/feeds/archive/all/1.atom'],
    ]);
  });
});

describe('any strings', () => {
  it('read back from RSS', () => fc.assert(fc.asyncProperty(anyChannel, readsBackAsRss), { numRuns: runs(200) }));
  it('read back from Atom', () => fc.assert(fc.asyncProperty(anyChannel, readsBackAsAtom), { numRuns: runs(200) }));
  it('read back from JSON Feed', () => fc.assert(fc.property(anyChannel, readsBackAsJson), { numRuns: runs(200) }));

  it('read back from OPML', () => {
    fc.assert(
      fc.property(anyText, (title) => {
        const channels = sampleEdition.channels.map((channel) => ({ ...channel, title, description: title }));
        const [feeds] = opml.edition({ ...sampleEdition, siteTitle: title, channels });
        const { body } = parseOpml(String(feeds?.bytes));
        expect(flat(body?.outlines?.[0]?.text)).toBe(flat(title));
        expect(body?.outlines?.map(({ xmlUrl }) => xmlUrl)).toEqual([
          'https://news.example.org/feeds/all.rss',
          'https://news.example.org/feeds/stories.rss',
          undefined,
          undefined,
        ]);
      }),
    );
  });

  it('give the same bytes each time', () => {
    fc.assert(
      fc.property(anyChannel, (channel) => {
        for (const write of [writeRss, writeAtom, writeJsonFeed])
          expect(write(structuredClone(channel))).toBe(write(channel));
      }),
    );
  });
});

describe('an image in RSS', () => {
  const image = { url: 'https://paper.example/1.jpg', width: null, height: null, alt: null, type: null };
  const written = (contentHtml: string | null) =>
    writeRss(aChannel({ entries: [{ ...sampleHead.entries[1]!, image, contentHtml }] }));

  it('is not repeated if the body contains one', () => {
    expect(written('<p><IMG src="https://paper.example/1.jpg"></p>')).not.toContain('<media:content');
    expect(written('<p>text</p>')).toContain('<media:content url="https://paper.example/1.jpg" medium="image"/>');
    expect(written(null)).toContain('<media:thumbnail url="https://paper.example/1.jpg"/>');
  });
});
