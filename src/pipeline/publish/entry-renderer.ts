/** Renders each entry once per feed format and assembles documents from rendered entries. */
import { type EntryWeight, entryWeight } from '../../compose/budget.js';
import type { ChannelFrame, ChannelPath, Entry } from '../../model/channel.js';
import type { OutputFile } from '../../model/edition.js';
import { type FeedFormat, findEntryLanguage } from '../../write/feed.js';
import type { Writer } from '../../write/writer.js';
import { listFormerHeads } from './edition-documents.js';

export interface RenderedEntry extends Pick<Entry, 'id' | 'language' | 'publishedAt' | 'updatedAt'> {
  readonly weight: EntryWeight;
  /** Buffer with its text in each format. Shared by many entries, because small buffers take much more memory. */
  readonly bytes: Buffer;
  /** Offsets of its text parts, two per format (see `EntryText`), plus the end of the last. */
  readonly offsets: readonly number[];
}

const BUFFER_BYTES = 1024 * 1024;
/** UTF-8 bytes per UTF-16 code unit. */
const MOST_BYTES = 3;

/** `assemble` accepts only entries rendered for the same writers. */
export class EntryRenderer {
  readonly #feeds: readonly WritesFeeds[];
  #document = Buffer.alloc(0);
  #texts = Buffer.alloc(0);
  #used = 0;

  constructor(writers: readonly Writer[]) {
    this.#feeds = writers.filter(isFeedWriter);
  }

  render(entry: Entry): RenderedEntry {
    const { id, language, publishedAt, updatedAt } = entry;
    const parts = this.#feeds.flatMap(({ feed }) => feed.entry(entry));
    this.#makeRoom(parts.reduce((sum, part) => sum + MOST_BYTES * part.length, 0));
    const offsets = [this.#used];
    for (const part of parts) {
      this.#used += this.#texts.write(part, this.#used);
      offsets.push(this.#used);
    }
    return { id, language, publishedAt, updatedAt, weight: entryWeight(entry), bytes: this.#texts, offsets };
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#texts.length - this.#used) return;
    this.#texts = Buffer.allocUnsafeSlow(Math.max(BUFFER_BYTES, bytes));
    this.#used = 0;
  }

  /** Writes a head at its former paths too. The next iteration overwrites the bytes. */
  *assemble(
    channel: ChannelFrame,
    entries: readonly RenderedEntry[],
    former: readonly ChannelPath[] = [],
  ): Iterable<OutputFile> {
    for (const [i, writer] of this.#feeds.entries()) {
      const path = writer.document(channel.path, channel.archive.number);
      if (path === null) continue;
      const bytes = this.#join(listPieces(writer.feed, channel, entries, 2 * i));
      for (const each of [path, ...listFormerHeads(writer, former)]) yield { path: each, bytes };
    }
  }

  /** Reuses one buffer to avoid garbage-collecting thousands of large ones. */
  #join(pieces: readonly Uint8Array[]): Uint8Array {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (length > this.#document.length) this.#document = Buffer.allocUnsafeSlow(Math.max(BUFFER_BYTES, 2 * length));
    let used = 0;
    for (const piece of pieces) {
      this.#document.set(piece, used);
      used += piece.length;
    }
    return this.#document.subarray(0, used);
  }
}

type WritesFeeds = Writer & { readonly feed: FeedFormat };

function isFeedWriter(writer: Writer): writer is WritesFeeds {
  return writer.feed !== null;
}

/** `part`: index of the format's first part. Produces the same bytes as `writeFeed`. */
function listPieces(
  feed: FeedFormat,
  channel: ChannelFrame,
  entries: readonly RenderedEntry[],
  part: number,
): Uint8Array[] {
  const { before, between, after } = feed.frame(channel, entries.length === 0 ? 'none' : 'some');
  const gap = Buffer.from(between);
  const pieces: Uint8Array[] = [Buffer.from(before)];
  for (const entry of entries) {
    const { bytes, offsets } = entry;
    if (gap.length > 0 && pieces.length > 1) pieces.push(gap);
    const [from, middle, to] = [offsets[part]!, offsets[part + 1]!, offsets[part + 2]!];
    const language = findEntryLanguage(entry, channel);
    if (language === null) pieces.push(bytes.subarray(from, to));
    else pieces.push(bytes.subarray(from, middle), Buffer.from(feed.language(language)), bytes.subarray(middle, to));
  }
  pieces.push(Buffer.from(after));
  return pieces;
}
