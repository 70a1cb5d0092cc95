/** Writes a channel in any feed format. Each entry is written the same in every channel. */
import type { Channel, ChannelFrame, Entry } from '../model/channel.js';

/** Text before the first entry, between entries, and after the last. */
interface Frame {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** An entry in two parts. Its language is inserted between them if it differs from the channel's. */
export type EntryText = readonly [before: string, after: string];

export interface FeedFormat {
  frame(channel: ChannelFrame, entries: 'some' | 'none'): Frame;
  entry(entry: Entry): EntryText;
  language(tag: string): string;
}

/** The language that an entry must declare in a channel; null: it is the channel's. */
export function findEntryLanguage(
  { language }: Pick<Entry, 'language'>,
  channel: Pick<Channel, 'language'>,
): string | null {
  return language === channel.language ? null : language;
}

/** Writes a document. Deterministic. Throws RangeError for an invalid date. */
export function writeFeed(format: FeedFormat, channel: Channel): string {
  const { before, between, after } = format.frame(channel, channel.entries.length === 0 ? 'none' : 'some');
  let out = before;
  for (const [i, entry] of channel.entries.entries()) {
    const language = findEntryLanguage(entry, channel);
    const [start, end] = format.entry(entry);
    // Appended directly: joining parts first would copy each entry twice.
    out += (i === 0 ? '' : between) + start + (language === null ? '' : format.language(language)) + end;
  }
  return out + after;
}
