/** What the formats of feeds have in common: a frame, and in it the entries, each of which is written the same in every channel. */
import type { Channel, ChannelFrame, Entry } from '../model/channel.js';

/** What is written before the first entry, between two, and after the last. */
interface Frame {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** An entry is written in two parts: where its language is not the channel's, it is named between them. */
export type EntryText = readonly [before: string, after: string];

export interface FeedFormat {
  frame(channel: ChannelFrame, entries: 'some' | 'none'): Frame;
  entry(entry: Entry): EntryText;
  language(tag: string): string;
}

/** The language that an entry must name in a channel of another one; null: it need not. */
export function languageToTell(
  { language }: Pick<Entry, 'language'>,
  channel: Pick<Channel, 'language'>,
): string | null {
  return language === channel.language ? null : language;
}

/** A whole document. Pure: the same channel gives the same string. Throws RangeError where a date is invalid. */
export function writeFeed(format: FeedFormat, channel: Channel): string {
  const { before, between, after } = format.frame(channel, channel.entries.length === 0 ? 'none' : 'some');
  let out = before;
  for (const [i, entry] of channel.entries.entries()) {
    const language = languageToTell(entry, channel);
    const [start, end] = format.entry(entry);
    // Put together where it is written, once: joined, each entry would be copied a second time.
    out += (i === 0 ? '' : between) + start + (language === null ? '' : format.language(language)) + end;
  }
  return out + after;
}
