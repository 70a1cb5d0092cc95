/** The discussion page of an item. */
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../src/parse/parse.js';

const rss = (inside: string) =>
  `<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>P</title><item><title>Fog</title>${inside}</item></channel></rss>`;
const atom = (inside: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><id>urn:x:1</id><entry><id>urn:x:2</id><title>Fog</title>${inside}</entry></feed>`;
const json = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  items: [{ id: '1', content_text: 'Fog', _source: { comments_url: 'https://p.example/fog/talk' } }],
});

describe('the comments of an item', () => {
  it.each([
    ['RSS', rss('<comments>https://p.example/fog/talk</comments>')],
    ['a link to replies', atom('<link rel="replies" type="text/html" href="https://p.example/fog/talk"/>')],
    [
      'not the feed of replies',
      atom(`<link rel="replies" type="application/atom+xml" href="https://p.example/fog/replies.atom"/>
        <link rel="replies" href="https://p.example/fog/talk"/>`),
    ],
    ['a podcast', rss('<podcast:socialInteract protocol="activitypub" uri="https://p.example/fog/talk"/>')],
    ['JSON Feed', json],
  ])('%s', async (_name, document) => {
    const [item] = (await parseFeed(document, { url: 'https://p.example/feed' })).items;
    expect(item?.commentsUrl).toBe('https://p.example/fog/talk');
  });
});
