/** Builders of channels and entries with defaults. */
import type { Channel, Entry } from '../../src/model/channel.js';

export function anEntry(about: Partial<Entry> = {}): Entry {
  const url = about.url ?? 'https://paper.example/2026/harbour';
  return {
    id: 'tag:news.example.org,2026:harbour',
    slug: 'abcdefghijkl',
    url,
    originalUrl: url,
    title: 'Harbour opens after the storm',
    summary: 'Ships may enter the harbour again.',
    contentHtml: null,
    authors: [],
    language: 'en',
    publishedAt: new Date('2026-11-24T09:30:00Z'),
    updatedAt: null,
    image: null,
    enclosures: [],
    episode: null,
    discussionUrl: null,
    isPlayable: false,
    topics: [],
    publication: { title: 'The Paper', url: 'https://paper.example/', feedUrl: 'https://paper.example/feed' },
    via: null,
    credited: null,
    rights: null,
    commentsUrl: null,
    related: [],
    ...about,
  };
}

export function aChannel(about: Partial<Channel> = {}): Channel {
  return {
    kind: 'all',
    path: 'all',
    id: 'https://news.example.org/feeds/all',
    title: 'The Section',
    description: 'World news, woven',
    language: 'en',
    homeUrl: 'https://news.example.org/',
    feedsUrl: 'https://news.example.org/feeds/',
    formats: ['rss', 'atom', 'json', 'opml'],
    updatedAt: new Date('2026-11-24T09:30:00Z'),
    siteTitle: 'The Section',
    hub: null,
    archive: { number: null, previous: null, next: null },
    tombstones: [],
    entries: [anEntry()],
    ...about,
  };
}
