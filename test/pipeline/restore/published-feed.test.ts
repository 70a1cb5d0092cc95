/** Parsing a published entry returns what was written. */
import { describe, expect, it } from 'vitest';
import { readPublishedFeed } from '../../../src/pipeline/restore/published-feed.js';
import { readFeedFacts } from '../../../src/pipeline/restore/published-xml.js';
import { writeAtom } from '../../../src/write/atom/atom.js';
import { writeJsonFeed } from '../../../src/write/json/json-feed.js';
import { writeRss } from '../../../src/write/rss/rss.js';
import { aChannel, anEntry } from '../../support/channel.js';
import { sampleHead } from '../../support/sample-edition.js';

describe('an entry with all fields', () => {
  const [rich] = sampleHead.entries;

  it('keeps its files, its episode and its discussion', () => {
    const [first, second] = readPublishedFeed(writeJsonFeed(sampleHead)).items;
    expect(first).toMatchObject({
      enclosures: rich!.enclosures,
      episode: rich!.episode,
      discussionUrl: rich!.discussionUrl,
    });
    expect(second).toMatchObject({ enclosures: [], episode: null, discussionUrl: null });
  });
});

describe('an entry of pictures only', () => {
  it('has no summary', () => {
    const pictures = aChannel({
      entries: [anEntry({ summary: '', contentHtml: '<img src="https://paper.example/1.jpg">' })],
    });
    expect(readPublishedFeed(writeJsonFeed(pictures)).items).toMatchObject([{ summary: '' }]);
  });
});

describe('readFeedFacts', () => {
  const image = { url: 'https://paper.example/1.jpg', width: 640, height: 480, alt: 'A & B', type: 'image/jpeg' };
  const tombstone = { id: 'https://paper.example/gone', at: new Date('2026-11-24T07:00:00Z') };
  const channel = aChannel({
    updatedAt: new Date('2026-11-24T08:00:00Z'),
    entries: [anEntry({ id: 'https://paper.example/1', image })],
    tombstones: [{ id: tombstone.id, when: tombstone.at, comment: null }],
  });

  it('reads the date and the facts of images from RSS', () => {
    const { updated, images } = readFeedFacts(writeRss(channel));
    expect(updated).toEqual(channel.updatedAt);
    expect(images).toEqual([image]);
  });

  it('reads the date, tombstones and sizes of images from Atom', () => {
    const { updated, tombstones, images } = readFeedFacts(writeAtom(channel));
    expect(updated).toEqual(channel.updatedAt);
    expect(tombstones).toMatchObject([tombstone]);
    expect(images).toMatchObject([{ url: image.url, width: 640, height: 480 }]);
  });

  it('throws if the document is truncated', () => {
    expect(() => readFeedFacts(writeRss(channel).slice(0, 400))).toThrow('truncated');
  });
});
