/** Which heads and archive documents an edition consists of, and where they lie. */
import type { ChannelPath } from '../model/channel.js';
import type { Writer } from '../write/formats.js';

export interface DocumentPlace {
  readonly channel: ChannelPath;
  /** null: the head. */
  readonly number: number | null;
}

/** Every head and archive document that the edition consists of, by the path of its file. */
export function expectedDocuments(
  writers: readonly Writer[],
  channels: Iterable<ChannelPath>,
  lastArchive: (channel: ChannelPath) => number,
): Map<string, DocumentPlace> {
  const expected = new Map<string, DocumentPlace>();
  for (const channel of channels) {
    for (let n = lastArchive(channel); n >= 0; n--) {
      const number = n === 0 ? null : n;
      for (const writer of writers) {
        const path = writer.document(channel, number);
        if (path !== null) expected.set(path, { channel, number });
      }
    }
  }
  return expected;
}

/** Not a page: what readers of feeds fetch, and hubs are told of. */
export function isFeed(path: string): boolean {
  return !path.endsWith('.html');
}
