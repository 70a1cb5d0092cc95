/** Declares the interface of an output format. */
import type { ChannelPath } from '../model/channel.js';
import type { Edition, OutputFile } from '../model/edition.js';
import type { FeedFormat } from './feed.js';

/** The export of a format's folder. */
export interface FormatWriter {
  /** Writes a channel's documents; null: the format has none. */
  readonly feed: FeedFormat | null;
  /** The files that exist once per edition (lists, indexes). */
  edition(edition: Edition): Iterable<OutputFile>;
}

export interface Writer extends FormatWriter {
  readonly format: string;
  /** Path of a channel's head (`number` null) or archive document; null: the format has none. */
  document(channel: ChannelPath, number: number | null): string | null;
}
