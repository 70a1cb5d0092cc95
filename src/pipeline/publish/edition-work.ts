/** Data that the steps of publishing share. */

import type { LeadRules } from '../../cluster/lead.js';
import type { ChannelMetadata, Profiles } from '../../compose/channel-metadata.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { OutputFile } from '../../model/edition.js';
import type { PageMemory } from '../../model/page.js';
import type { ChannelFacts, DirtyDocument } from '../../ports/store/channels.js';
import type { OutboxChanges } from '../../ports/store/outbox.js';
import type { CurrentRun, PublishingTools, RunContext } from '../run-context.js';
import type { PublishedNote } from './commit-note.js';
import type { DirtyChannel } from './dirty-documents.js';
import type { EditionPart, PublishedDigest, StoredEdition } from './edition-parts.js';
import type { EditionState } from './edition-state.js';
import type { ScratchFile } from './scratch-file.js';
import type { SealedFiles } from './sealed-files.js';
import type { FormerFiles, StagedFiles } from './staged-files.js';
import type { VerifiedFolder } from './verify-folder.js';

export interface PublishContext extends Pick<RunContext, 'store' | 'clock' | 'observer'> {
  readonly publishing: Pick<PublishingTools, 'sink' | 'writers'>;
}

export interface PublishRun extends Pick<CurrentRun, 'signal'> {
  readonly options: Pick<CurrentRun['options'], 'now' | 'dryRun' | 'rehearsed' | 'forcePublish'>;
}

/** Content of an edition, after the articles of this run were placed. */
export interface EditionContents {
  readonly settings: EditionSettings;
  readonly profiles: Profiles;
  readonly channels: ReadonlyMap<ChannelPath, ChannelFacts>;
  readonly leads: LeadRules;
  readonly parts: readonly EditionPart[];
  /** State that pages keep between editions; null: no pages. */
  readonly pages: PageMemory | null;
  readonly digests: readonly PublishedDigest[];
  readonly health: readonly OutputFile[];
  /** State at the start of publishing. */
  readonly folder: VerifiedFolder;
}

/** `recorded`: without sealed files if no edition is needed. */
export interface Plan extends StoredEdition, FormerFiles {
  readonly wanted: ReadonlyMap<ChannelPath, ChannelMetadata>;
  readonly work: ReadonlyMap<ChannelPath, DirtyChannel>;
  readonly note: PublishedNote;
  readonly broken: ReadonlySet<string>;
  readonly files: number;
  readonly sealed: SealedFiles | null;
  /** Channels that left the config, alone or with their source or topic. */
  readonly dropped: readonly ChannelPath[];
  readonly before: EditionState | null;
  readonly next: EditionState;
  readonly needed: boolean;
  readonly healthNeeded: boolean;
}

export interface EditionNews {
  /** `dirty`: documents that the edition renders. null: nothing to save. */
  news(dirty: readonly DirtyDocument[]): Promise<OutboxChanges | null>;
}

export interface EditionWork {
  readonly context: PublishContext;
  readonly current: PublishRun;
  readonly contents: EditionContents;
  readonly plan: Plan;
  readonly files: StagedFiles;
  readonly scratch: ScratchFile;
  /** Filled by `stageChannels`; empty if only health files changed. */
  readonly channels: StagedChannel[];
}

export interface StagedChannel {
  readonly metadata: ChannelMetadata;
  readonly updatedAt: Date;
  /** Entries of the head; null: unchanged. */
  readonly entryIds: readonly string[] | null;
  /** Articles that leave the head, in the order of their archive places. */
  readonly leaving: readonly ArticleRef[];
  readonly lastArchive: number;
}
