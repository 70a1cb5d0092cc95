/** Podcast episodes in RSS, Atom and JSON Feed. */
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../src/parse/parse.js';
import { parseSeconds } from '../../../src/parse/rss-atom/episode.js';

const NAMESPACES =
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:media="http://search.yahoo.com/mrss/"';
const rss = (inside: string, namespaces = NAMESPACES) =>
  `<rss version="2.0" ${namespaces}><channel><title>Harbour Radio</title><item><title>Fog</title><link>https://radio.example/7</link>${inside}</item></channel></rss>`;
const itemOf = async (document: string) => (await parseFeed(document, { url: 'https://radio.example/feed' })).items[0]!;

const TOLD = `<enclosure url="https://radio.example/7.mp3" length="9" type="audio/mpeg"/>
  <itunes:duration>1:02:03</itunes:duration><itunes:season>2</itunes:season><itunes:episode>7</itunes:episode>
  <podcast:transcript url="/7.vtt" type="text/vtt" language="en"/>
  <podcast:chapters url="https://radio.example/7.json" type="application/json+chapters"/>
  <podcast:person role="host" href="https://radio.example/ada">Ada Example</podcast:person>
  <podcast:person>Bo Example</podcast:person>`;
const EPISODE = {
  season: 2,
  number: 7,
  transcripts: [{ url: 'https://radio.example/7.vtt', type: 'text/vtt', language: 'en' }],
  chapters: { url: 'https://radio.example/7.json', type: 'application/json+chapters' },
  people: [
    { name: 'Ada Example', role: 'host', url: 'https://radio.example/ada' },
    { name: 'Bo Example', role: null, url: null },
  ],
};

describe('an episode', () => {
  it('is read from RSS with any namespace address and prefix', async () => {
    const prefixed = TOLD.replaceAll('podcast:', 'p:').replaceAll('itunes:', 'i:');
    const namespaces =
      'xmlns:i="http://www.itunes.com/DTDs/Podcast-1.0.dtd" xmlns:p="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"';
    for (const document of [rss(TOLD), rss(prefixed, namespaces)]) {
      const { episode, enclosures } = await itemOf(document);
      expect(episode).toEqual(EPISODE);
      expect(enclosures).toEqual([
        { url: 'https://radio.example/7.mp3', type: 'audio/mpeg', length: 9, duration: 3723 },
      ]);
    }
  });

  it('is read from Atom', async () => {
    const entry = `<feed xmlns="http://www.w3.org/2005/Atom" ${NAMESPACES}><title>Harbour Radio</title><id>urn:x:1</id><entry>
      <id>urn:x:7</id><title>Fog</title><link rel="enclosure" href="https://radio.example/7.mp3" type="audio/mpeg"/>
      <itunes:duration>90</itunes:duration><itunes:episode>7</itunes:episode></entry></feed>`;
    const { episode, enclosures } = await itemOf(entry);
    expect(episode).toMatchObject({ season: null, number: 7, people: [] });
    expect(enclosures.map(({ duration }) => duration)).toEqual([90]);
  });

  it('is read from JSON Feed', async () => {
    const item = {
      id: '7',
      url: 'https://radio.example/7',
      content_text: 'Fog',
      attachments: [{ url: 'https://radio.example/7.mp3', mime_type: 'audio/mpeg', duration_in_seconds: 3723.4 }],
      _episode: {
        season: 2,
        number: 7,
        transcripts: [{ url: '/7.vtt', mime_type: 'text/vtt', language: 'en' }],
        chapters: { url: 'https://radio.example/7.json', mime_type: 'application/json+chapters' },
        people: [{ name: 'Ada Example', role: 'host', url: 'https://radio.example/ada' }, { name: 'Bo Example' }],
      },
    };
    const document = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'R', items: [item] });
    const { episode, enclosures } = await itemOf(document);
    expect(episode).toEqual(EPISODE);
    expect(enclosures[0]?.duration).toBe(3723);
  });

  it('falls back to Podcasting 2.0 numbers, and ignores 0', async () => {
    const numbered = '<podcast:season>3</podcast:season><podcast:episode>4</podcast:episode>';
    expect((await itemOf(rss(numbered))).episode).toMatchObject({ season: 3, number: 4 });
    expect((await itemOf(rss('<itunes:episode>0</itunes:episode>'))).episode).toBeNull();
    expect((await itemOf(rss('<itunes:duration>60</itunes:duration>'))).episode).toBeNull();
  });

  it('keeps the duration of each media:content', async () => {
    const { enclosures } = await itemOf(
      rss(`<media:group><media:content url="https://radio.example/a.mp4" type="video/mp4" duration="61"/>
        <media:content url="https://radio.example/b.mp4" type="video/mp4"/></media:group>
        <itunes:duration>70</itunes:duration><enclosure url="https://radio.example/c.mp4" type="video/mp4"/>`),
    );
    expect(enclosures.map(({ url, duration }) => [url.slice(-5), duration])).toEqual([
      ['c.mp4', 70],
      ['a.mp4', 61],
      ['b.mp4', null],
    ]);
  });
});

describe('a duration', () => {
  it.each([
    ['1:02:03', 3723],
    ['62:03', 3723],
    ['00:00:45', 45],
    ['3723', 3723],
    ['3723.6', 3724],
    ['PT1H2M3S', 3723],
    ['PT45M', 2700],
    [' 61 ', 61],
    ['0', null],
    ['00:00', null],
    ['-5', null],
    ['1:2:3:4', null],
    ['about an hour', null],
    ['999999999', null],
    ['PT', null],
    ['', null],
    [null, null],
  ])('of %j is %j seconds', (written, seconds) => {
    expect(parseSeconds(written)).toBe(seconds);
  });
});
