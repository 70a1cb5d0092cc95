/** Interface of an output format. */
import type { ChannelPath } from '../model/channel.js';
import type { Edition, OutputFile } from '../model/edition.js';
import type { FeedFormat } from './feed.js';

export interface Writer {
  readonly format: string;
  /** Path of a channel's head (`number` null) or archive document; null: the format has none, and `feed` is null. */
  document(channel: ChannelPath, number: number | null): string | null;
  /** Writes the content of such a document. */
  readonly feed: FeedFormat | null;
  /** The files that exist once per edition (lists, indexes). */
  edition(edition: Edition): Iterable<OutputFile>;
}
