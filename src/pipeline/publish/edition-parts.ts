/** Files of an edition other than feeds of articles: pages, digests, pictures. */
import type { ChannelMetadata } from '../../compose/channel-metadata.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Edition, OutputFile } from '../../model/edition.js';
import type { ChannelFacts, DirtyDocument } from '../../ports/store/channels.js';
import type { PublishedFile } from '../../ports/store/editions.js';

/** As lists show it. */
export interface PublishedDigest {
  readonly metadata: ChannelMetadata;
  /** When its last issue closed. */
  readonly updatedAt: Date;
}

export interface EditionPart {
  /** Fingerprint of inputs other than articles and settings; a change causes an edition. */
  readonly fingerprint: string;
  /** Whether the path belongs to this part; files that it no longer contains are removed. */
  owns(path: string): boolean;
  /** Number of its files in the archive, given the number of archive documents of `all`. */
  archived(documents: number): number;
  /** All its files, changed or not; unchanged ones are not rendered. */
  files(edition: Edition, stored: StoredEdition, signal: AbortSignal): AsyncIterable<PartFile>;
}

/** The state of the store when the edition was planned. */
export interface StoredEdition {
  readonly channels: ReadonlyMap<ChannelPath, ChannelFacts>;
  readonly dirty: readonly DirtyDocument[];
  /** The files of the last edition, by path. */
  readonly recorded: ReadonlyMap<string, PublishedFile>;
}

export interface PartFile {
  readonly path: string;
  /** Fingerprint of its inputs. */
  readonly inputs: string;
  /** null: its source no longer exists; the edition is published without it. */
  make(): Promise<OutputFile['bytes'] | null>;
}
