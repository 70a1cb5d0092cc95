import { describe, expect, it } from 'vitest';
import { documentPath, readDocumentPath } from '../../src/write/address.js';
import { writeAtom } from '../../src/write/atom/atom.js';
import { writeJsonFeed } from '../../src/write/json/json-feed.js';
import { writeRss } from '../../src/write/rss/rss.js';
import { aChannel } from '../support/channel.js';

describe('readDocumentPath', () => {
  it.each([
    ['all', null, 'rss'],
    ['all', 1, 'rss'],
    ['topics/sea', 12, 'json'],
    ['sources/a-paper', 345, 'atom'],
  ])('reads the path of %s, %s, %s', (channel, number, format) => {
    expect(readDocumentPath(documentPath({ path: channel }, number, format))).toEqual({ channel, number, format });
  });

  it.each(['archive/all.rss', 'archive/all/0.rss', 'archive/all/1', 'digests/week/1.json', 'manifest.json'])(
    'finds no document at %s',
    (path) => expect(readDocumentPath(path)).toBeNull(),
  );
});

describe('the page on how to subscribe', () => {
  const url = 'https://news.example.org/feeds/subscribe.html';
  const formats = ['rss', 'atom', 'json', 'html'];
  it('is linked in the head of every feed', () => {
    expect(writeRss(aChannel({ formats }))).toContain(`<atom:link rel="help" type="text/html" href="${url}"/>`);
    expect(writeAtom(aChannel({ formats }))).toContain(`<link rel="help" type="text/html" href="${url}"/>`);
    expect(JSON.parse(writeJsonFeed(aChannel({ formats })))).toMatchObject({ user_comment: `How to read this feed: ${url}` }); // biome-ignore format: one call
  });
  it('is not linked without pages, and not in archives', () => {
    const archived = aChannel({ formats, archive: { number: 1, previous: null, next: null } });
    for (const channel of [aChannel(), archived]) {
      for (const write of [writeRss, writeAtom, writeJsonFeed]) expect(write(channel)).not.toContain('subscribe.html');
    }
  });
});
