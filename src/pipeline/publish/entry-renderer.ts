/** An entry as feeds tell it: its text in every format, made once, however many channels show it, and bound into documents. */
import { type EntryWeight, entryWeight } from '../../compose/budget.js';
import type { ChannelFrame, Entry } from '../../model/channel.js';
import type { OutputFile } from '../../model/edition.js';
import { type FeedFormat, languageToTell } from '../../write/feed.js';
import type { Writer } from '../../write/formats.js';

export interface RenderedEntry extends Pick<Entry, 'id' | 'language' | 'publishedAt' | 'updatedAt'> {
  readonly weight: EntryWeight;
  /** Holds its texts, format after format, among those of other entries. */
  readonly sheet: Uint8Array;
  /** Where in the sheet each part of a text begins, and the last one ends: two parts a format (see `EntryText`). */
  readonly marks: readonly number[];
}

/** Bytes of a sheet: one buffer for each text would cost as much as the texts. */
const SHEET = 1024 * 1024;

/** Prints for these writers; `bind` needs the same ones. */
export class EntryRenderer {
  readonly #feeds: readonly WritesFeeds[];
  #sheet = Buffer.alloc(0);
  #document = Buffer.alloc(0);
  #used = 0;

  constructor(writers: readonly Writer[]) {
    this.#feeds = writers.filter(writesFeeds);
  }

  print(entry: Entry): RenderedEntry {
    const { id, language, publishedAt, updatedAt } = entry;
    const parts = this.#feeds.flatMap(({ feed }) => feed.entry(entry));
    this.#makeRoom(parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0));
    const marks = [this.#used];
    for (const part of parts) {
      this.#used += this.#sheet.write(part, this.#used);
      marks.push(this.#used);
    }
    return { id, language, publishedAt, updatedAt, weight: entryWeight(entry), sheet: this.#sheet, marks };
  }

  /** The documents of one channel: its head, or one of its archive. The bytes of each stand until the next is asked for. */
  *bind(channel: ChannelFrame, prints: readonly RenderedEntry[]): Iterable<OutputFile> {
    for (const [i, writer] of this.#feeds.entries()) {
      const path = writer.document(channel.path, channel.archive.number);
      if (path !== null) yield { path, bytes: this.#join(piecesOf(writer.feed, channel, prints, 2 * i)) };
    }
  }

  /** One buffer serves all: thousands of large ones would wait for the garbage collector (50 MB of a run with 500 sources). */
  #join(pieces: readonly Uint8Array[]): Uint8Array {
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (bytes > this.#document.length) this.#document = Buffer.allocUnsafeSlow(Math.max(SHEET, 2 * bytes));
    let used = 0;
    for (const piece of pieces) {
      this.#document.set(piece, used);
      used += piece.length;
    }
    return this.#document.subarray(0, used);
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#sheet.length - this.#used) return;
    this.#sheet = Buffer.allocUnsafeSlow(Math.max(SHEET, bytes));
    this.#used = 0;
  }
}

type WritesFeeds = Writer & { readonly feed: FeedFormat };

function writesFeeds(writer: Writer): writer is WritesFeeds {
  return writer.feed !== null;
}

/** `part`: the number of the format's first part. What is printed goes in as it is: the same bytes as `writeFeed` makes. */
function piecesOf(
  feed: FeedFormat,
  channel: ChannelFrame,
  prints: readonly RenderedEntry[],
  part: number,
): Uint8Array[] {
  const { before, between, after } = feed.frame(channel, prints.length === 0 ? 'none' : 'some');
  const gap = Buffer.from(between);
  const pieces: Uint8Array[] = [Buffer.from(before)];
  for (const print of prints) {
    const { sheet, marks } = print;
    if (gap.length > 0 && pieces.length > 1) pieces.push(gap);
    const [from, cut, to] = [marks[part]!, marks[part + 1]!, marks[part + 2]!];
    const language = languageToTell(print, channel);
    if (language === null) pieces.push(sheet.subarray(from, to));
    else pieces.push(sheet.subarray(from, cut), Buffer.from(feed.language(language)), sheet.subarray(cut, to));
  }
  pieces.push(Buffer.from(after));
  return pieces;
}
