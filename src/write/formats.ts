/** Lists the formats that we write. A new format needs a folder and a line here. */
import type { Writer } from './writer.js';

export const formats: readonly { readonly name: string; load(): Promise<Writer> }[] = [
  { name: 'rss', load: async () => (await import('./rss/rss.js')).rss },
  { name: 'atom', load: async () => (await import('./atom/atom.js')).atom },
  { name: 'json', load: async () => (await import('./json/json-feed.js')).jsonFeed },
  { name: 'opml', load: async () => (await import('./opml/opml.js')).opml },
  { name: 'html', load: async () => (await import('./html/writer.js')).html },
];
