/** The list of formats that we write. A new format is a folder and a line here. */
import type { ChannelPath } from '../model/channel.js';
import type { Edition, OutputFile } from '../model/edition.js';
import type { FeedFormat } from './feed.js';

export interface Writer {
  readonly format: string;
  /** Where it writes the head of a channel (`number` null) or one of its archive documents; null: it writes none of them, and has no `feed`. */
  document(channel: ChannelPath, number: number | null): string | null;
  /** How such a document is written. */
  readonly feed: FeedFormat | null;
  /** The files that an edition has once (lists, indexes). */
  edition(edition: Edition): Iterable<OutputFile>;
}

export const formats: readonly { readonly name: string; load(): Promise<Writer> }[] = [
  { name: 'rss', load: async () => (await import('./rss/rss.js')).rss },
  { name: 'atom', load: async () => (await import('./atom/atom.js')).atom },
  { name: 'json', load: async () => (await import('./json/json-feed.js')).jsonFeed },
  { name: 'opml', load: async () => (await import('./opml/opml.js')).opml },
  { name: 'html', load: async () => (await import('./html/writer.js')).html },
];
