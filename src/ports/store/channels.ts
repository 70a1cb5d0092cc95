/** Which articles a channel shows, in which order, and which of its documents are out of date. */
import type { ArticleFacts, ArticleId, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';

/** Where an article is shown. */
export interface Placement {
  readonly ref: ArticleRef;
  /** `orderKey(article)`. */
  readonly order: string;
  readonly channels: readonly ChannelPath[];
}

/** Something published that no longer shows what the store holds. */
export interface DirtyDocument {
  readonly channel: ChannelPath;
  /** null: the head; else the number of the archive document. */
  readonly archive: number | null;
  /** True where even a full archive document must be written again: withdrawn, taken down, licence narrowed, topic changed. */
  readonly takedown: boolean;
}

export interface ChannelFacts {
  readonly channel: ChannelPath;
  /** Articles shown, archives included, withdrawn ones not. */
  readonly members: number;
  /** Places given in the archive so far, gaps included. */
  readonly archived: number;
  /** The newest change that it has shown; kept when it empties. */
  readonly updatedAt: Date | null;
}

export interface ChannelStore {
  /** Minted articles whose placement is out of date: minted, retagged, carried by another source since `place` was last called for them. */
  unplaced(limit: number): Promise<readonly ArticleFacts[]>;
  /** Replaces the channels of each article; both those it leaves and those it enters become dirty (an archive place that it leaves stays a gap). */
  place(placements: readonly Placement[]): Promise<void>;
  /** Every channel in which the article stands, hidden or not, by path; `spot`: its place in the archive, null where it has none. */
  placesOf(ref: ArticleRef): Promise<readonly { readonly channel: ChannelPath; readonly spot: number | null }[]>;
  dirty(): Promise<readonly DirtyDocument[]>;
  clearDirty(documents: readonly DirtyDocument[]): Promise<void>;
  channels(): Promise<readonly ChannelFacts[]>;
  /** The newest `limit` that stand in the channel, in order; withdrawn ones only where they are marked. */
  head(channel: ChannelPath, limit: number): Promise<readonly ArticleRef[]>;
  /** Those that stand in the channel after (`older`) or before (`newer`) a place in the order of articles, nearest first. */
  neighbours(
    channel: ChannelPath,
    order: string,
    side: 'older' | 'newer',
    limit: number,
  ): Promise<readonly { readonly ref: ArticleRef; readonly order: string }[]>;
  /** Those without a place in the archive whose order is greater than `order` (or all, where it is null), last in order first: what leaves the head. */
  leaving(channel: ChannelPath, order: string | null): Promise<readonly ArticleRef[]>;
  /**
   * Appends to the archive (those that do not stand in the channel or have a place are passed over); returns the place of
   * the first, counted from 0. A place once given never changes. Dirty become the head, the documents that grew, and, with
   * `takedown`, a full one that gets its next-archive. Places before `from` that nobody has yet become gaps.
   */
  archive(channel: ChannelPath, refs: readonly ArticleRef[], from?: number): Promise<number>;
  /** Those at the places [from, to), in the order of their places; gaps are left out, withdrawn ones are not. */
  archived(channel: ChannelPath, from: number, to: number): Promise<readonly ArticleRef[]>;
  /** What was withdrawn from the channel (and not only marked) since `since`, newest first. */
  withdrawnFrom(channel: ChannelPath, since: Date): Promise<readonly { readonly id: ArticleId; readonly at: Date }[]>;
  saveChannelDates(dates: readonly { readonly channel: ChannelPath; readonly updatedAt: Date }[]): Promise<void>;
  /** Removes a channel and its archive places. */
  dropChannels(channels: readonly ChannelPath[]): Promise<void>;
}
