/** A small edition with every element that we write: the source of the golden files. */
import type { Channel, Entry } from '../../src/model/channel.js';
import type { Edition } from '../../src/model/edition.js';
import { aChannel, anEntry } from './channel.js';

const SCHEME = 'https://news.example.org/feeds/topics/';
const sea = { id: 'sea', label: 'Sea & ports', scheme: SCHEME, term: 'sea' };
const weather = {
  id: 'weather',
  label: 'Weather',
  scheme: 'http://cv.iptc.org/newscodes/mediatopic/',
  term: 'medtop:17000000',
};

/** Has everything that an article can have. */
const rich: Entry = anEntry({
  id: 'https://paper.example/?p=1',
  title: 'Harbour <b>opens</b> & "closes": 5 > 3',
  summary: 'Ships may enter & leave; the <pier> is safe.',
  contentHtml:
    '<p>Ships may enter &amp; leave.</p>\n<p>a ]]&gt; b ]]> c</p><img src="https://paper.example/1.jpg" alt="">',
  authors: [
    { name: 'Ada Example', url: 'https://paper.example/ada' },
    { name: 'Bo Example', url: null },
  ],
  updatedAt: new Date('2026-11-24T11:00:00Z'),
  image: { url: 'https://paper.example/1.jpg', width: 800, height: 600, alt: 'The harbour', type: 'image/jpeg' },
  enclosures: [{ url: 'https://paper.example/1.mp3', type: 'audio/mpeg', length: 1234, duration: 61 }],
  episode: {
    season: 2,
    number: 7,
    transcripts: [{ url: 'https://paper.example/1.vtt?a=1&b=2', type: 'text/vtt', language: 'en' }],
    chapters: { url: 'https://paper.example/1.chapters.json', type: 'application/json+chapters' },
    people: [
      { name: 'Ada <Host>', role: 'host', url: 'https://paper.example/ada' },
      { name: 'Bo Guest', role: null, url: null },
    ],
  },
  isPlayable: true,
  topics: [sea, weather],
  via: { title: 'Aggregator', url: 'https://aggregator.example/', feedUrl: null },
  credited: { title: 'The Wire', url: 'https://wire.example/' },
  rights: '© The Paper',
  discussionUrl: 'https://paper.example/?p=1#comments',
  commentsUrl: 'https://forum.example/new?u=https%3A%2F%2Fpaper.example%2F%3Fp%3D1&t=1',
});

/** Has the licence "none", and another language. */
const bare: Entry = anEntry({
  id: 'tag:news.example.org,2026:0001',
  url: 'https://zeitung.example/hafen',
  originalUrl: 'https://zeitung.example/hafen',
  title: 'Der Hafen öffnet wieder 🚢',
  summary: '',
  language: 'de',
  publishedAt: new Date('2026-11-24T08:00:00Z'),
  image: null,
  topics: [sea],
  publication: { title: 'Die Zeitung', url: 'https://zeitung.example/', feedUrl: null },
});

const pictured: Entry = anEntry({
  id: 'tag:news.example.org,2026:0002',
  url: 'https://news.example.org/feeds/articles/aaaaaaaaaaaa.html',
  originalUrl: 'https://paper.example/2026/pictured',
  title: 'Storm in pictures',
  publishedAt: new Date('2026-11-23T08:00:00Z'),
  image: {
    url: 'https://paper.example/2.jpg?w=1&h=2',
    width: 640,
    height: null,
    alt: 'Waves "high" & <white>',
    type: 'image/jpeg',
  },
});

export const sampleHead: Channel = aChannel({
  updatedAt: new Date('2026-11-24T11:00:00Z'),
  hub: 'https://hub.example.org/',
  archive: { number: null, previous: 2, next: null },
  tombstones: [
    { id: 'https://paper.example/?p=0', when: new Date('2026-11-20T10:00:00Z'), comment: 'Withdrawn by its publisher' },
  ],
  entries: [rich, bare, pictured],
});

export const sampleArchive: Channel = aChannel({
  updatedAt: new Date('2026-11-22T08:00:00Z'),
  archive: { number: 2, previous: 1, next: null },
  entries: [anEntry({ publishedAt: new Date('2026-11-22T08:00:00Z') })],
});

export const sampleOldArchive: Channel = aChannel({
  updatedAt: new Date('2026-11-21T08:00:00Z'),
  archive: { number: 1, previous: null, next: 2 },
  entries: [anEntry({ id: 'urn:example:1', publishedAt: new Date('2026-11-21T08:00:00Z') })],
});

export const sampleStories: Channel = aChannel({
  kind: 'stories',
  path: 'stories',
  id: 'https://news.example.org/feeds/stories',
  title: 'Stories – The Section',
  description: 'The stories that several publications tell, woven by The Section',
  updatedAt: new Date('2026-11-24T10:00:00Z'),
  entries: [
    anEntry({
      id: 'tag:news.example.org,2026:story-1',
      contentHtml:
        '<p>Ships may enter the harbour again.</p>\n<ul>\n<li><a href="https://zeitung.example/hafen">Der Hafen &amp; mehr</a> (Die Zeitung)</li>\n</ul>',
      updatedAt: new Date('2026-11-24T10:00:00Z'),
      related: [
        { url: 'https://zeitung.example/hafen', title: 'Der Hafen & mehr', publication: 'Die Zeitung', language: 'de' },
      ],
    }),
  ],
});

export const sampleEmpty: Channel = aChannel({ kind: 'topic', path: 'topics/sea', id: `${SCHEME}sea`, entries: [] });

const listed = { description: 'A feed', homeUrl: 'https://news.example.org/', language: 'en', parent: null };
const updatedAt = new Date('2026-11-24T11:00:00Z');
export const sampleEdition: Edition = {
  siteTitle: 'The Section',
  siteUrl: 'https://news.example.org/',
  feedsUrl: 'https://news.example.org/feeds/',
  language: 'en',
  feedFormat: 'rss',
  channels: [
    { ...listed, kind: 'all', path: 'all', title: 'The Section', updatedAt },
    { ...listed, kind: 'stories', path: 'stories', title: 'Stories – The Section', updatedAt },
    { ...listed, kind: 'topic', path: 'topics/ports', title: 'Ports "old" & <new>', updatedAt, parent: 'topics/sea' },
    { ...listed, kind: 'topic', path: 'topics/sea', title: 'Sea', updatedAt },
    { ...listed, kind: 'topic', path: 'topics/storms', title: 'Storms', updatedAt, parent: 'topics/weather' },
    { ...listed, kind: 'source', path: 'sources/paper', title: 'The Paper', updatedAt },
  ],
  sources: [
    {
      id: 'paper',
      title: 'The Paper',
      feedUrl: 'https://paper.example/feed?a=1&b=2',
      homeUrl: 'https://paper.example/',
      description: 'All the news',
      language: 'en',
    },
    { id: 'private', title: 'Private', feedUrl: null, homeUrl: null, description: null, language: null },
  ],
  updatedAt,
};
