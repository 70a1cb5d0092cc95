/** Channels in the store: their articles, the order of these, and documents that must be written again. */
import type { ArticleFacts, ArticleId, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { OutboxChanges } from './outbox.js';

/** The channels of an article. */
export interface Placement {
  readonly ref: ArticleRef;
  /** `orderKey(article)`. */
  readonly order: string;
  readonly channels: readonly ChannelPath[];
}

/** A published document that is out of date. */
export interface DirtyDocument {
  readonly channel: ChannelPath;
  /** null: the head; else the number of the archive document. */
  readonly archive: number | null;
  /** True: even a full archive document must be written again (article withdrawn or removed, licence narrowed, topic changed). */
  readonly takedown: boolean;
}

export interface ChannelFacts {
  readonly channel: ChannelPath;
  /** Number of articles, archived ones included, withdrawn ones not. */
  readonly members: number;
  /** Number of archive places, gaps included. */
  readonly archived: number;
  /** Newest change of any article shown so far; kept when the channel empties. */
  readonly updatedAt: Date | null;
}

/** An article that left a channel for readers. */
export interface GoneArticle {
  readonly id: ArticleId;
  readonly at: Date;
  /** Who took it out. */
  readonly by: 'publisher' | 'section';
}

export interface ChannelStore {
  /** Articles that were minted, revised, retagged or found in another source since the last `place` of them, ascending; those with a ref greater than `after`. */
  unplaced(limit: number, after?: ArticleRef): Promise<readonly ArticleFacts[]>;
  /** Replaces the channels of each article; those it leaves and those it enters become dirty. An archive place that it leaves stays a gap. */
  place(placements: readonly Placement[]): Promise<void>;
  /**
   * Replaces the articles of one channel by those of `refs` that readers see; those that leave and enter make it dirty, and others keep their
   * places. What is hidden, withdrawn or pruned, or not placed yet, stays as it is.
   */
  replaceMembers(channel: ChannelPath, refs: readonly ArticleRef[]): Promise<void>;
  /** All channels of an article, hidden in them or not, by path; `spot`: its archive place, null: none. */
  placesOf(ref: ArticleRef): Promise<readonly { readonly channel: ChannelPath; readonly spot: number | null }[]>;
  dirty(): Promise<readonly DirtyDocument[]>;
  /** `outbox`: what this edition announces, saved in the same transaction; null: nothing. */
  clearDirty(documents: readonly DirtyDocument[], outbox?: OutboxChanges | null): Promise<void>;
  channels(): Promise<readonly ChannelFacts[]>;
  /** The newest `limit` articles of the channel, in order; withdrawn ones only where they are marked. */
  head(channel: ChannelPath, limit: number): Promise<readonly ArticleRef[]>;
  /**
   * Articles of the channel after (`older`) or before (`newer`) a position in the order of articles, nearest first;
   * `with-hidden`: with those that the section hides.
   */
  neighbours(
    channel: ChannelPath,
    order: string,
    side: 'older' | 'newer',
    limit: number,
    which?: 'visible' | 'with-hidden',
  ): Promise<readonly { readonly ref: ArticleRef; readonly order: string }[]>;
  /** How many articles of each channel come before this position in the order of articles, shown ones only. */
  countNewer(order: string): Promise<ReadonlyMap<ChannelPath, number>>;
  /** Articles that leave the head: those without an archive place and with an order greater than `order` (null: all), last in order first. */
  leaving(channel: ChannelPath, order: string | null): Promise<readonly ArticleRef[]>;
  /**
   * Appends to the archive, skipping articles that are not in the channel or have a place; resolves with the place of the first, counted
   * from 0. Places never change. The head and the documents that grew become dirty, and, with `takedown`, a full one that gets its
   * next-archive link. Unused places before `from` become gaps.
   */
  archive(channel: ChannelPath, refs: readonly ArticleRef[], from?: number): Promise<number>;
  /** Articles at the places [from, to), in order, without gaps, with withdrawn ones. */
  archived(channel: ChannelPath, from: number, to: number): Promise<readonly ArticleRef[]>;
  /** Articles withdrawn or hidden from the channel since `since`, newest first; not those that are only marked. */
  withdrawnFrom(channel: ChannelPath, since: Date): Promise<readonly GoneArticle[]>;
  saveChannelDates(dates: readonly { readonly channel: ChannelPath; readonly updatedAt: Date }[]): Promise<void>;
  /** Removes a channel and its archive places. */
  dropChannels(channels: readonly ChannelPath[]): Promise<void>;
}
