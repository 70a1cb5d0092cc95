/** The list of formats that we write. A new format is a folder and a line here. */
import type { Channel, ChannelPath } from '../model/channel.js';
import type { Edition, OutputFile } from '../model/edition.js';

export interface Writer {
  readonly format: string;
  /** Where it writes the head of a channel (`number` null) or one of its archive documents; null: it writes none of them. */
  document(channel: ChannelPath, number: number | null): string | null;
  /** The files of one channel: its head, or one of its archive documents. */
  channel(channel: Channel): Iterable<OutputFile>;
  /** The files that stand once in an edition (lists, indexes). */
  edition(edition: Edition): Iterable<OutputFile>;
}

export const formats: readonly { readonly name: string; load(): Promise<Writer> }[] = [
  { name: 'rss', load: async () => (await import('./rss/rss.js')).rss },
  { name: 'atom', load: async () => (await import('./atom/atom.js')).atom },
  { name: 'json', load: async () => (await import('./json/json-feed.js')).jsonFeed },
  { name: 'opml', load: async () => (await import('./opml/opml.js')).opml },
  { name: 'html', load: async () => (await import('./html/writer.js')).html },
];
