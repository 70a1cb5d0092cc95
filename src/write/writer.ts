/** What a format of ours is: where its documents lie, and how they are written. */
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
