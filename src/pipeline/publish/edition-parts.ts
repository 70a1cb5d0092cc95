/** Edition parts: files other than feeds of articles, such as pages, digests and pictures. */
import type { ChannelMetadata } from '../../compose/channel-metadata.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Edition, OutputFile } from '../../model/edition.js';
import type { ChannelFacts, DirtyDocument } from '../../ports/store/channels.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import { contentDigest } from '../../text/digest.js';

export interface PublishedDigest {
  readonly metadata: ChannelMetadata;
  readonly updatedAt: Date;
}

export interface EditionPart {
  /** Fingerprint of inputs other than articles and settings. A change causes an edition. */
  readonly fingerprint: string;
  /** Whether the path belongs to this part. Its obsolete files are removed. */
  owns(path: string): boolean;
  /** Number of its archive files of a channel, given the number of archive documents of the channel's feeds. Missing: none. */
  archived?(channel: ChannelPath, documents: number): number;
  /** All its files; unchanged ones are not rendered. */
  files(edition: Edition, stored: StoredEdition, signal: AbortSignal): AsyncIterable<PartFile>;
}

/** A part whose files are all known. */
export function createFixedPart(owns: EditionPart['owns'], files: readonly PartFile[]): EditionPart {
  return {
    fingerprint: contentDigest(JSON.stringify(files.map(({ path, inputs }) => [path, inputs]))),
    owns,
    files: async function* () {
      yield* files;
    },
  };
}

export interface StoredEdition {
  readonly channels: ReadonlyMap<ChannelPath, ChannelFacts>;
  readonly dirty: readonly DirtyDocument[];
  readonly recorded: ReadonlyMap<string, PublishedFile>;
}

export interface PartFile {
  readonly path: string;
  readonly inputs: string;
  /** null: its source no longer exists, so the edition omits it. */
  make(): Promise<OutputFile['bytes'] | null>;
}
