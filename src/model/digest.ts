/** Digests: what a channel brought in a day or a week, as one mail. */
import type { ChannelPath } from './channel.js';
import type { SourceId } from './source.js';

/** When issues close. */
export interface DigestTimes {
  /** Days of the week, 0 is Sunday; or the first day of each month. */
  readonly days: readonly number[] | 'first-of-month';
  /** Minutes after midnight in the site's time zone. */
  readonly minute: number;
}

export interface DigestSettings {
  readonly id: string;
  readonly title: string;
  /** The channel that it is made of. */
  readonly of: ChannelPath;
  readonly every: DigestTimes;
  readonly items: number;
  /** `stories`: those told by most publications first; `newest`: single articles, the newest first. */
  readonly by: 'stories' | 'newest';
}

/** An article as an issue shows it, frozen when the issue closed. */
export interface IssueItem extends IssueLink {
  readonly sourceId: SourceId;
  /** Plain text; empty: its licence allows none. */
  readonly summary: string;
  /** BCP 47; null: unknown. */
  readonly language: string | null;
  /** Other reports of the same event, one a publication. */
  readonly others: readonly IssueLink[];
  /** Number of further publications that reported it, beside these. */
  readonly more: number;
}

/** One report. */
export interface IssueLink {
  /** The article's id. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly publication: string;
  readonly publishedAt: Date;
}

export interface Issue {
  /** Counted from 1. */
  readonly number: number;
  /** The moment at which it closed: the latest date that it covers. */
  readonly closedAt: Date;
  /** `The week, 23 November 2026` */
  readonly title: string;
  readonly items: readonly IssueItem[];
}

/** What its feed, pages and mails say of a digest. */
export interface DigestWords {
  /** `digests/<id>` */
  readonly path: ChannelPath;
  readonly title: string;
}
