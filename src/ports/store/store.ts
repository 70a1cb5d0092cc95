/** All that survives a run, for whoever opens and closes it; whoever uses it asks for the part that it needs. */
import type { ArticleStore } from './articles.js';
import type { ChannelStore } from './channels.js';
import type { EditionStore } from './editions.js';
import type { SourceStore } from './sources.js';
import type { StoryStore } from './stories.js';

/**
 * Everything that survives a run. All backends pass `test/contract/store.ts`. Each method is one transaction: it happens
 * whole or not at all. Fails with `StoreError` only.
 *
 * Whatever changes what a reader sees marks the channels that show it as dirty in the same transaction, so that an end at
 * any moment loses no news: what is dirty is published by the next run.
 */
export interface Store extends SourceStore, ArticleStore, ChannelStore, EditionStore, StoryStore {
  /** Checkpoints, closes, lets go of the lock. */
  close(): Promise<void>;
}
