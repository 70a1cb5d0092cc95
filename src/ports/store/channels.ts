/** Channels in the store: their articles in order, and their dirty documents. */
import type { ArticleFacts, ArticleId, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { OutboxChanges } from './outbox.js';

export interface Placement {
  readonly ref: ArticleRef;
  readonly order: string;
  readonly channels: readonly ChannelPath[];
}

export interface DirtyDocument {
  readonly channel: ChannelPath;
  /** null: the head; otherwise the number of the archive document. */
  readonly archive: number | null;
  /** True: rewrite even a full archive document (article withdrawn or removed, licence narrowed, topic changed). */
  readonly takedown: boolean;
}

export interface ChannelFacts {
  readonly channel: ChannelPath;
  /** Number of articles, including archived but not withdrawn ones. */
  readonly members: number;
  /** Number of archive places, including gaps. */
  readonly archived: number;
  /** Newest change of any article ever shown; kept when the channel becomes empty. */
  readonly updatedAt: Date | null;
}

export interface RemovedArticle {
  readonly id: ArticleId;
  readonly at: Date;
  readonly by: 'publisher' | 'section';
}

export interface ChannelStore {
  /** Articles minted, revised, retagged or found in another source since they were last placed: ascending, with a ref above `after`. */
  unplaced(limit: number, after?: ArticleRef): Promise<readonly ArticleFacts[]>;
  /** Replaces the channels of each article and marks the channels that lose or gain it. Lost archive places stay as gaps. */
  place(placements: readonly Placement[]): Promise<void>;
  /**
   * Replaces the visible articles of one channel by those of `refs` and marks the channel if they differ. Other articles keep their places.
   * Hidden, withdrawn, pruned and unplaced articles are unchanged.
   */
  replaceMembers(channel: ChannelPath, refs: readonly ArticleRef[]): Promise<void>;
  /** All channels of an article by path, also those that hide it; `spot`: its archive place, null: none. */
  listPlaces(ref: ArticleRef): Promise<readonly { readonly channel: ChannelPath; readonly spot: number | null }[]>;
  dirty(): Promise<readonly DirtyDocument[]>;
  /** `outbox`: announcements of this edition, saved in the same transaction; null: none. */
  clearDirty(documents: readonly DirtyDocument[], outbox?: OutboxChanges | null): Promise<void>;
  channels(): Promise<readonly ChannelFacts[]>;
  /** The newest `limit` articles of the channel, in order; withdrawn ones only if marked. */
  head(channel: ChannelPath, limit: number): Promise<readonly ArticleRef[]>;
  /** Articles after (`older`) or before (`newer`) a position, nearest first; `with-hidden` includes articles hidden by the section. */
  neighbours(
    channel: ChannelPath,
    order: string,
    side: 'older' | 'newer',
    limit: number,
    which?: 'visible' | 'with-hidden',
  ): Promise<readonly { readonly ref: ArticleRef; readonly order: string }[]>;
  /** Number of visible articles before this position, by channel. */
  countNewer(order: string): Promise<ReadonlyMap<ChannelPath, number>>;
  /** Articles that left the head: after `order` (null: all) and without an archive place, the last first. */
  leaving(channel: ChannelPath, order: string | null): Promise<readonly ArticleRef[]>;
  /**
   * Appends to the archive; skips articles that are not in the channel or have a place. Resolves with the first place, counted from 0.
   * Places never change, and unused places before `from` become gaps. Marks the head and the documents that grew; with `takedown`, also a
   * full document that gets its next-archive link.
   */
  archive(channel: ChannelPath, refs: readonly ArticleRef[], from?: number): Promise<number>;
  /** Articles at the places [from, to) in order, including withdrawn ones, without gaps. */
  archived(channel: ChannelPath, from: number, to: number): Promise<readonly ArticleRef[]>;
  /** Articles withdrawn or hidden from the channel since `since`, newest first, except those only marked. */
  listWithdrawn(channel: ChannelPath, since: Date): Promise<readonly RemovedArticle[]>;
  saveChannelDates(dates: readonly { readonly channel: ChannelPath; readonly updatedAt: Date }[]): Promise<void>;
  /** Also deletes their archive places. */
  dropChannels(channels: readonly ChannelPath[]): Promise<void>;
}
