/** What restoring reads of an entry is what was written, in each format. */
import { describe, expect, it } from 'vitest';
import { readPublishedFeed } from '../../../src/pipeline/restore/published-feed.js';
import { writeAtom } from '../../../src/write/atom/atom.js';
import { writeJsonFeed } from '../../../src/write/json/json-feed.js';
import { writeRss } from '../../../src/write/rss/rss.js';
import { aChannel, anEntry } from '../../support/channel.js';
import { sampleHead } from '../../support/sample-edition.js';

const written = [
  ['rss', writeRss(sampleHead)],
  ['atom', writeAtom(sampleHead)],
  ['json', writeJsonFeed(sampleHead)],
] as const;

describe('an entry with everything that an article can have', () => {
  const [rich] = sampleHead.entries;

  it.each(written)('comes back from %s with its files, its episode and its discussion', (format, text) => {
    const [first, second] = readPublishedFeed(format, text).items;
    expect(first).toMatchObject({
      enclosures: rich!.enclosures,
      episode: rich!.episode,
      discussionUrl: rich!.discussionUrl,
    });
    expect(second).toMatchObject({ enclosures: [], episode: null, discussionUrl: null });
  });
});

describe('an entry of pictures only', () => {
  const pictures = aChannel({
    entries: [anEntry({ summary: '', contentHtml: '<img src="https://paper.example/1.jpg">' })],
  });

  it('has its title for a description in RSS, and comes back without one', () => {
    const text = writeRss(pictures);
    expect(text).toContain('<description>Harbour opens after the storm</description>');
    for (const [format, written] of [
      ['rss', text],
      ['atom', writeAtom(pictures)],
      ['json', writeJsonFeed(pictures)],
    ] as const)
      expect(readPublishedFeed(format, written).items).toMatchObject([{ summary: '' }]);
  });
});
