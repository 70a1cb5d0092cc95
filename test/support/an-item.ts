/** Builders of parsed items and feeds with defaults. */
import type { CleanContext } from '../../src/model/document.js';
import type { Item, ParsedFeed, Text } from '../../src/model/item.js';

export function anItem(said: Partial<Item> = {}): Item {
  return {
    guid: null,
    guidIsPermalink: null,
    url: 'https://paper.example/story',
    commentsUrl: null,
    title: text('Ferry returns to the islands'),
    summary: null,
    content: null,
    authors: [],
    contributors: [],
    categories: [],
    links: [],
    enclosures: [],
    episode: null,
    images: [],
    source: null,
    publisher: null,
    published: '2026-11-24T06:30:00Z',
    updated: null,
    language: null,
    rights: null,
    ...said,
  };
}

export function aFeed(items: readonly Item[], said: Partial<ParsedFeed> = {}): ParsedFeed {
  return {
    format: 'rss',
    version: '2.0',
    title: text('The Paper'),
    description: null,
    url: 'https://paper.example/',
    feedUrl: 'https://paper.example/feed',
    id: null,
    language: 'en',
    updated: null,
    imageUrl: null,
    rights: null,
    authors: [],
    categories: [],
    links: [],
    hubs: [],
    ttlMinutes: null,
    skipHours: [],
    skipDays: [],
    updateEveryMinutes: null,
    items: [...items],
    tombstones: [],
    complete: true,
    warnings: [],
    ...said,
  };
}

type Source = CleanContext['source'];

export function aContext(source: Partial<Source> = {}, said: Partial<Omit<CleanContext, 'source'>> = {}): CleanContext {
  return {
    source: { id: 'paper', title: null, content: 'full', ...source },
    documentUrl: 'https://paper.example/feed',
    contentLanguage: null,
    credits: [],
    commonParameters: null,
    titleEnding: null,
    furniture: [],
    usualLanguage: null,
    ...said,
  };
}

export function text(value: string): Text {
  return { type: 'text', value, base: null };
}

export function html(value: string, base: string | null = null): Text {
  return { type: 'html', value, base };
}
