/** RSS and Atom by both parsers: real documents, the choice of parser, preserved data, limits. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeDocument } from '../../../src/parse/encoding/decode.js';
import { parseFeed } from '../../../src/parse/parse.js';
import { readTolerantly, readWithRssParser } from '../../support/both-parsers.js';

const OWN = new URL('../../fixtures/parse/', import.meta.url);
const REAL = new URL('../../../../shared/corpus/parse/real/', import.meta.url);

function documents(folder: URL): { name: string; text: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => ({ name, text: decodeDocument(readFileSync(new URL(name, folder)), null).text }));
}

describe('the two parsers', () => {
  it('agree on every document that both can read', async () => {
    const taken: string[] = [];
    for (const { name, text } of [...documents(OWN), ...documents(REAL)]) {
      const feed = await readWithRssParser(text);
      if (!feed) continue;
      taken.push(name);
      expect({ name, feed: readTolerantly(text) }).toEqual({ name, feed });
    }
    expect(taken).toEqual(expect.arrayContaining(['news-rss.xml', 'rdf-news.xml', 'podcast.xml']));
  });

  const left = {
    'xml:base': '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title>x</title></feed>',
    'XHTML, whose order would be lost':
      '<feed xmlns="http://www.w3.org/2005/Atom"><title type=\'xhtml\'>a <b>b</b> c</title><id>1</id></feed>',
    'an odd prefix':
      '<rss version="2.0" xmlns:x="http://purl.org/dc/elements/1.1/"><channel><x:title>t</x:title></channel></rss>',
    'a document type': '<!DOCTYPE rss><rss version="2.0"><channel><title>t</title></channel></rss>',
    'a number of windows-1252': '<rss version="2.0"><channel><title>a&#150;b</title></channel></rss>',
    'an element that is called _':
      '<rss version="2.0"><channel><title>t</title><item><_/><title>x</title></item></channel></rss>',
    'markup in a description':
      '<rss version="2.0"><channel><title>t</title><item><description>a <b>b</b></description></item></channel></rss>',
    'a version that nobody gave': '<rss version="3"><channel><title>t</title></channel></rss>',
  };
  for (const [what, text] of Object.entries(left)) {
    it(`leave ${what} to the tolerant parser`, async () => {
      expect(await readWithRssParser(text)).toBeNull();
      expect((await parseFeed(text)).title).not.toBeNull();
    });
  }
});

describe('data that rss-parser would lose', () => {
  const rss = (item: string) => `<rss version="2.0"><channel><title>t</title>${item}</channel></rss>`;

  it('keeps a feed with an invalid date', async () => {
    const feed = await parseFeed(
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>1</id><updated>soon</updated></entry><entry><id>2</id><updated>2026-01-01T00:00:00Z</updated></entry></feed>',
    );
    expect(feed.items.map((item) => item.updated)).toEqual([null, '2026-01-01T00:00:00.000Z']);
    expect(feed.warnings).toEqual(['not a date in <updated>: soon']);
  });

  it('does not touch prototypes', async () => {
    const feed = await parseFeed(
      rss('<item><title>One</title><__proto__><polluted>1</polluted></__proto__><constructor>c</constructor></item>'),
    );
    expect(feed.items.map((item) => item.title?.value)).toEqual(['One']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('finds pictures inside link elements', async () => {
    const link =
      '<link rel="alternate" href="https://a.example/1"><media:content>' +
      '<media:thumbnail url="https://a.example/106.jpg" width="106" height="60"><img alt="Boat" src="https://a.example/106.jpg"/></media:thumbnail>' +
      '<media:thumbnail url="https://a.example/144.jpg" width="144" height="81"/></media:content></link>';
    const feed = await parseFeed(
      '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>t</title>' +
        `<entry><id>1</id><title>One</title>${link}</entry></feed>`,
    );
    expect(feed.items[0]).toMatchObject({
      url: 'https://a.example/1',
      images: [
        { url: 'https://a.example/106.jpg', width: 106 },
        { url: 'https://a.example/144.jpg', width: 144 },
      ],
    });
  });

  it.each([
    '<time datetime="2026-11-03T19:21:28Z">Tue, 11/03/2026 - 14:21</time>',
    '&lt;time class="datetime" datetime="2026-11-03T19:21:28Z"&gt;Tue, 11/03/2026 - 14:21&lt;/time&gt;',
  ])('reads a date that is the HTML of a page: %s', async (date) => {
    const { items, warnings } = await parseFeed(rss(`<item><title>Boat</title><pubDate>\n${date}\n</pubDate></item>`));
    expect([items[0]?.published, warnings]).toEqual(['2026-11-03T19:21:28.000Z', []]);
  });

  it('uses the link of an image if it is a picture', async () => {
    const image = (link: string) => `<item><title>Boat</title><image><link>${link}</link></image></item>`;
    const { items } = await parseFeed(rss(image('https://a.example/1.jpg') + image('https://a.example/')));
    expect(items.map(({ images }) => images.map(({ url }) => url))).toEqual([['https://a.example/1.jpg'], []]);
  });

  it('reads untyped Atom text as HTML if it clearly is', async () => {
    const summary = async (type: string, value: string) => {
      const entry = `<entry><title>Boat</title><summary${type}><![CDATA[${value}]]></summary></entry>`;
      return (await parseFeed(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`)).items[0]?.summary?.type;
    };
    const picture = '<img alt="Boat" src="https://a.example/1.jpg" /> It sails.';
    expect(await summary('', picture)).toBe('html');
    expect(await summary('', '<p>It sails.</p>')).toBe('html');
    expect(await summary(' type="text"', picture)).toBe('text');
    expect(await summary('', 'What the tags <img> and <p> are for')).toBe('text');
  });

  it.each(['image', 'jpg', 'application/octet-stream'])('accepts the picture type %s', async (type) => {
    const media = `<media:content url="https://a.example/1.jpg" type="${type}"/>`;
    const { items } = await parseFeed(
      `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>Boat</title>${media}</item></channel></rss>`,
    );
    expect(items[0]).toMatchObject({ images: [{ url: 'https://a.example/1.jpg' }], enclosures: [] });
  });

  it.each([
    ['https://www.harbourfeed.example/', false],
    ['https://atomic.example', false],
    ['https://feeds.a.example/1', true],
    ['https://a.example/rss2', true],
    ['https://a.example/rssfeed/', true],
    ['https://a.example/all.xml', true],
  ])('knows whether a source is named by its feed: %s', async (url, isFeed) => {
    const { items } = await parseFeed(rss(`<item><title>Boat</title><source url="${url}">Harbour</source></item>`));
    expect(items[0]?.source).toEqual({ title: 'Harbour', url: isFeed ? null : url, feedUrl: isFeed ? url : null });
  });

  it('treats untyped media with a width as a picture, except videos', async () => {
    const media = (url: string, more = 'width="130"') => `<item><title>Boat</title><media:content url="https://a.example/${url}" ${more}/></item>`; // biome-ignore format: one value
    const all = [media('7f3a'), media('7f3a', ''), media('embed/7f3a'), media('1.mp4?x'), media('7f3b', 'width="9" duration="30"'), media('7f3a', 'width="9" type="application/x-shockwave-flash"')]; // biome-ignore format: one value
    const { items } = await parseFeed(
      `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>${all.join('')}</channel></rss>`,
    );
    expect(items.map(({ images }) => images.length)).toEqual([1, 0, 0, 0, 0, 0]);
  });

  it.each([
    ['rss version="2.0"', 'channel', 'item'],
    ['feed xmlns="http://www.w3.org/2005/Atom"', 'x', 'entry'],
  ])('reads items that a library took out of every namespace: %s', async (root, holder, item) => {
    const inner = `<${item} xmlns=""><title>Ferry</title><link xmlns="">https://a.example/1</link></${item}>`;
    const around = holder === 'x' ? inner : `<${holder}>${inner}</${holder}>`;
    const { items } = await parseFeed(`<${root} xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">${around}</${root.split(' ')[0]}>`); // biome-ignore format: one call
    expect(items.map(({ title, url }) => [title?.value, url])).toEqual([['Ferry', 'https://a.example/1']]);
  });

  it('finds categories in a categories element', async () => {
    const feed = await parseFeed(
      rss(
        '<item><title>a</title><categories><category>Sea</category><category>Ports</category></categories><category>News</category></item>',
      ),
    );
    expect(feed.items[0]?.categories.map(({ term }) => term)).toEqual(['News', 'Sea', 'Ports']);
  });

  it('uses the first author element with a name', async () => {
    const itunes = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';
    const podcast = (item: string) => `<rss version="2.0" ${itunes}><channel><title>t</title>${item}</channel></rss>`;
    const feed = await parseFeed(
      podcast(
        '<item><title>a</title><author>studio@a.example</author><itunes:author>Ann Reed</itunes:author></item>' +
          '<item><title>b</title><author>studio@a.example</author></item>',
      ),
    );
    expect(feed.items.map(({ authors }) => authors)).toEqual([
      [{ name: 'Ann Reed', email: null, url: null }],
      [{ name: null, email: 'studio@a.example', url: null }],
    ]);
  });

  it('ignores an empty guid, and keeps others verbatim', async () => {
    const feed = await parseFeed(
      rss('<item><title>a</title><guid> </guid></item><item><title>b</title><guid>AbC/%7e 1</guid></item>'),
    );
    expect(feed.items.map((item) => item.guid)).toEqual([null, 'AbC/%7e 1']);
  });

  it('does not use a guid as address if it is not a permalink', async () => {
    const feed = await parseFeed(
      rss('<item><title>a</title><guid isPermaLink="false">https://a.example/?p=1</guid></item>'),
    );
    expect(feed.items[0]?.url).toBeNull();
  });

  it('ignores a name of white space', async () => {
    const feed = await parseFeed(rss('<item><title>a</title><author> </author><category/></item>'));
    expect(feed.items[0]).toMatchObject({ authors: [], categories: [] });
  });
});

describe('limits', () => {
  const many = (count: number, item: (index: number) => string) =>
    `<rss version="2.0"><channel><title>t</title>${Array.from({ length: count }, (_, index) => item(index)).join('')}</channel></rss>`;

  it('keeps the newest 2,000 items, in the order of the document', async () => {
    const day = (index: number) => new Date(Date.UTC(2020, 0, 1 + index)).toISOString();
    const feed = await parseFeed(
      many(2003, (index) => `<item><guid>${index}</guid><pubDate>${day(index)}</pubDate></item>`),
    );
    expect(feed.items).toHaveLength(2000);
    expect(feed.items[0]?.guid).toBe('3');
    expect(feed.complete).toBe(false);
    expect(feed.warnings).toEqual(['kept the 2000 newest of 2003 items']);
  });

  it('reads elements 256 deep and keeps deeper text', async () => {
    const deep = `${'<div>'.repeat(5000)}bottom${'</div>'.repeat(5000)}`;
    const feed = await parseFeed(
      many(2, (index) => `<item><guid>${index}</guid><description>${deep}</description></item>`),
    );
    expect(feed.items).toHaveLength(2);
    const value = feed.items[0]!.summary!.value;
    expect(value).toContain('bottom');
    expect(value.split('<div>').length).toBeLessThan(260);
  });

  it('cuts titles and names', async () => {
    const feed = await parseFeed(
      many(1, () => `<item><title>${'x'.repeat(9000)}</title><author>${'y'.repeat(9000)}</author></item>`),
    );
    expect(feed.items[0]?.title?.value).toHaveLength(2000);
    expect(feed.items[0]?.authors[0]?.name).toHaveLength(2000);
  });

  it('never splits a surrogate pair', async () => {
    const feed = await parseFeed(many(1, () => `<item><title>a${'😀'.repeat(2000)}</title></item>`));
    expect(feed.items[0]!.title!.value.isWellFormed()).toBe(true);
  });
});
