/** The whole store: only who opens and closes it needs this; others take one of its parts. */
import type { ChannelPath } from '../../model/channel.js';
import type { StoreSettings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import type { RoundStore } from '../rounds.js';
import type { ArticleStore } from './articles.js';
import type { ChannelStore } from './channels.js';
import type { EditionStore, ObjectStore } from './editions.js';
import type { EnrichmentStore } from './enrichment.js';
import type { FullTextStore } from './full-texts.js';
import type { OutboxStore } from './outbox.js';
import type { PictureStore } from './pictures.js';
import type { SourceStore, SubscriptionStore } from './sources.js';
import type { StoryStore } from './stories.js';

/**
 * Everything that survives a run. All backends pass `test/contract/store.ts`. Each method is one transaction. Rejects with `StoreError`
 * only.
 *
 * Every change that readers can see marks the affected channels as dirty in the same transaction, so that an interruption loses no news:
 * the next run publishes what is dirty.
 */
export interface Store
  extends SourceStore,
    ArticleStore,
    ChannelStore,
    EditionStore,
    StoryStore,
    RenameStore,
    PictureStore,
    FullTextStore,
    ObjectStore,
    OutboxStore,
    EnrichmentStore,
    SubscriptionStore {
  /** Missing: of one process. */
  readonly rounds?: RoundStore;
  /** Whether its files still are those that were opened, not deleted or replaced since, or its connection is there; missing: it has neither. */
  isInPlace?(): boolean;
  /** Checkpoints, closes and releases the lock. */
  close(): Promise<void>;
}

/** After the editor renamed something in the config. */
export interface RenameStore {
  /** In the tags of all articles, pruned ones too; its channel keeps its articles, archive places and date. */
  renameTopic(from: string, to: string): Promise<void>;
  /** It keeps its articles, archive places and date; one that is there already under the new path stays, and what the old one holds is unplaced. */
  renameChannel(from: ChannelPath, to: ChannelPath): Promise<void>;
  /** Its articles, state and channel; its last document counts as not read yet. Keys that name the old source stay with it. */
  renameSource(from: SourceId, to: SourceId): Promise<void>;
}

/** `write` takes the lock (STORE_LOCKED where another process has it), until the store is closed; `locked`: the caller has it; `read` needs none. */
export type StoreMode = 'write' | 'locked' | 'read';

export interface Backend {
  /** Takes the lock without opening the store; the result releases it. */
  lock(settings: StoreSettings): Promise<() => void | Promise<void>>;
  open(settings: StoreSettings, mode: StoreMode): Promise<Store>;
}
