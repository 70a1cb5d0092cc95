/** The complete store, for code that opens or closes it. Other code uses one of its parts. */
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
import type { PageFactsStore } from './page-facts.js';
import type { PictureStore } from './pictures.js';
import type { SourceStore, SubscriptionStore } from './sources.js';
import type { StoryStore } from './stories.js';

/**
 * All data that survives a run. Each method is one transaction and rejects only with `StoreError`.
 *
 * A change visible to readers marks its channels dirty in the same transaction. After an interruption, the next run publishes them.
 */
export interface Store
  extends SourceStore,
    ArticleStore,
    ChannelStore,
    EditionStore,
    StoryStore,
    RenameStore,
    PageFactsStore,
    PictureStore,
    FullTextStore,
    ObjectStore,
    OutboxStore,
    EnrichmentStore,
    SubscriptionStore {
  /** Missing: the store is limited to one process. */
  readonly rounds?: RoundStore;
  /** Whether the opened files are neither deleted nor replaced, or the connection still works; missing: not applicable. */
  isInPlace?(): boolean;
  /** Checkpoints, closes and releases the lock. */
  close(): Promise<void>;
}

export interface RenameStore {
  /** Renames the topic in all tags, pruned articles too. Its channel keeps articles, archive places and date. */
  renameTopic(from: string, to: string): Promise<void>;
  /** Keeps articles, archive places and date. If the new path exists, that channel stays and the old one's articles become unplaced. */
  renameChannel(from: ChannelPath, to: ChannelPath): Promise<void>;
  /** Renames the source of its articles, state and channel; its last document counts as unread. Keys with the old name stay valid. */
  renameSource(from: SourceId, to: SourceId): Promise<void>;
}

/** `write` takes the lock until the store is closed, or fails with STORE_LOCKED; `locked`: the caller has the lock; `read` needs none. */
export type StoreMode = 'write' | 'locked' | 'read';

export interface Backend {
  /** Takes the lock without opening the store. Call the result to release it. */
  lock(settings: StoreSettings): Promise<() => void | Promise<void>>;
  open(settings: StoreSettings, mode: StoreMode): Promise<Store>;
}
