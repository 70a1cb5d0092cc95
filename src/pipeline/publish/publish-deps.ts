/** What publishing asks for: settings, ports, and what others add to an edition. */
import type { Profiles } from '../../compose/channel-metadata.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Edition, OutputFile } from '../../model/edition.js';
import type { Story } from '../../model/story.js';
import type { Sink } from '../../ports/sink.js';
import type { ChannelFacts, DirtyDocument } from '../../ports/store/channels.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import type { Store } from '../../ports/store/store.js';
import type { Writer } from '../../write/writer.js';

export interface PublishDeps {
  readonly store: Store;
  readonly sink: Sink;
  readonly writers: readonly Writer[];
  readonly settings: EditionSettings;
  /** What each source's feed says of itself. */
  readonly profiles: Profiles;
  /** As the store holds them after the run's articles were placed. */
  readonly channels: ReadonlyMap<ChannelPath, ChannelFacts>;
  /** Stories of several sources, that which began last first, at least `limit` where there are so many. Asked only where something is published. */
  stories(limit: number): Promise<readonly Story[]>;
  /** More files that follow the edition: pages. */
  readonly parts: readonly EditionPart[];
  /** Health files (`status.*`): they change without news and without a new manifest. */
  readonly health: readonly OutputFile[];
  readonly now: Date;
  /** `dry-run`: everything but the last step. */
  readonly mode: 'publish' | 'dry-run';
  /** `force`: past the gate. */
  readonly gate: 'check' | 'force';
}

/** Files beside the feeds that an edition carries. */
export interface EditionPart {
  /** Of what its files are made from beside articles and settings; another one is a reason for an edition. */
  readonly fingerprint: string;
  /** Whether it makes files of that path; those that it makes no more are removed. */
  owns(path: string): boolean;
  /** How many of its files lie in the archive, where that of `all` has so many documents. */
  archived(documents: number): number;
  /** All its files, whether they changed or not: what did not is not made again. */
  files(edition: Edition, stored: StoredEdition, signal: AbortSignal): AsyncIterable<PartFile>;
}

/** What the store held when the edition was planned. */
export interface StoredEdition {
  readonly channels: ReadonlyMap<ChannelPath, ChannelFacts>;
  readonly dirty: readonly DirtyDocument[];
  /** By path, as they lay in the folder after the last edition. */
  readonly recorded: ReadonlyMap<string, PublishedFile>;
}

export interface PartFile {
  readonly path: string;
  /** Fingerprint of all that it is made from. */
  readonly inputs: string;
  make(): Promise<OutputFile['bytes']>;
}
