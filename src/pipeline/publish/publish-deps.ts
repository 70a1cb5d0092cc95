/** Interfaces of publishing: settings, ports, and further files of an edition. */
import type { ChannelMetadata, Profiles } from '../../compose/channel-metadata.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Edition, OutputFile } from '../../model/edition.js';
import type { PageMemory } from '../../model/page.js';
import type { Story } from '../../model/story.js';
import type { Sink } from '../../ports/sink.js';
import type { ChannelFacts, DirtyDocument } from '../../ports/store/channels.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import type { OutboxChanges } from '../../ports/store/outbox.js';
import type { Store } from '../../ports/store/store.js';
import type { Writer } from '../../write/writer.js';
import type { VerifiedFolder } from './verify-folder.js';

export interface PublishDeps {
  readonly store: Store;
  readonly sink: Sink;
  readonly writers: readonly Writer[];
  readonly settings: EditionSettings;
  /** By source, from their feeds. */
  readonly profiles: Profiles;
  /** As stored after the articles of this run were placed. */
  readonly channels: ReadonlyMap<ChannelPath, ChannelFacts>;
  /** Stories of several sources, the latest to begin first, at least `limit` if there are as many. Called only where needed. */
  stories(limit: number): Promise<readonly Story[]>;
  /** As this run found it: nothing was published since. */
  readonly folder: VerifiedFolder;
  /** Further files of the edition: pages. */
  readonly parts: readonly EditionPart[];
  /** What the pages keep from edition to edition; null: there are no pages. */
  readonly pages: PageMemory | null;
  /** Digests, whose files are among the parts; missing: none. */
  readonly digests?: readonly PublishedDigest[];
  /** Health files (`status.*`), which change without news and without a new manifest. */
  readonly health: readonly OutputFile[];
  /** What an edition that writes these documents anew announces; missing: nothing is. */
  readonly news?: ((dirty: readonly DirtyDocument[]) => Promise<OutboxChanges | null>) | null;
  readonly now: Date;
  /** Names this start of the machine (`Clock`). */
  readonly boot: string;
  /** `dry-run`: everything but the commit. */
  readonly mode: 'publish' | 'dry-run';
  /** `force`: skips the safety checks. */
  readonly gate: 'check' | 'force';
}

/** As lists show it. */
export interface PublishedDigest {
  readonly metadata: ChannelMetadata;
  /** When its last issue closed. */
  readonly updatedAt: Date;
}

/** Files of an edition other than feeds of articles. */
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
  /** null: what it is made of has gone; the edition goes without it. */
  make(): Promise<OutputFile['bytes'] | null>;
}
