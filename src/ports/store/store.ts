/** The whole store: only who opens and closes it needs this; others take one of its parts. */
import type { StoreSettings } from '../../model/settings.js';
import type { RoundStore } from '../rounds.js';
import type { ArticleStore } from './articles.js';
import type { ChannelStore } from './channels.js';
import type { EditionStore } from './editions.js';
import type { EnrichmentStore } from './enrichment.js';
import type { FullTextStore } from './full-texts.js';
import type { ObjectStore } from './objects.js';
import type { OutboxStore } from './outbox.js';
import type { PictureStore } from './pictures.js';
import type { RenameStore } from './renames.js';
import type { SourceStore } from './sources.js';
import type { StoryStore } from './stories.js';
import type { SubscriptionStore } from './subscriptions.js';

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

/** `write` takes the lock (STORE_LOCKED where another process has it), until the store is closed; `locked`: the caller has it; `read` needs none. */
export type StoreMode = 'write' | 'locked' | 'read';

export interface Backend {
  /** Takes the lock without opening the store; the result releases it. */
  lock(settings: StoreSettings): Promise<() => void | Promise<void>>;
  open(settings: StoreSettings, mode: StoreMode): Promise<Store>;
}
