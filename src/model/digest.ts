/** Digests: the articles of a channel over a day or a week, as one mail. */
import type { ChannelPath } from './channel.js';
import type { SourceId } from './source.js';

export interface DigestTimes {
  /** Days of the week, 0 is Sunday; or the first day of each month. */
  readonly days: readonly number[] | 'first-of-month';
  /** Minutes after midnight in the site's time zone. */
  readonly minute: number;
}

export interface DigestSettings {
  readonly id: string;
  readonly title: string;
  /** The channel that it summarises. */
  readonly of: ChannelPath;
  readonly every: DigestTimes;
  readonly items: number;
  /** `stories`: by number of publications; `newest`: single articles, newest first. */
  readonly by: 'stories' | 'newest';
  /** Maximum number of items of one source; missing: any. */
  readonly perSource?: number;
  /** Markdown, or a folder with a file per issue: `2026-11-09.md`. Missing: none. */
  readonly introduction?: string | { readonly folder: string };
  readonly send?: DigestMail;
}

/** How `digest send` hands an issue to a program. */
interface DigestMail {
  readonly command: readonly string[];
  readonly to: string;
  readonly from?: string;
  /** `https:` or `mailto:`; missing: a mail to `to`. */
  readonly unsubscribe?: string;
}

/** An article in an issue, frozen when the issue closed. */
export interface IssueItem extends IssueLink {
  readonly sourceId: SourceId;
  /** Plain text; empty: not allowed by the licence. */
  readonly summary: string;
  /** BCP 47; null: unknown. */
  readonly language: string | null;
  /** Other reports on the same event, one per publication. */
  readonly others: readonly IssueLink[];
  /** Number of further publications that reported it, without `others`. */
  readonly more: number;
}

export interface IssueLink {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly publication: string;
  readonly publishedAt: Date;
}

export interface Issue {
  /** Counted from 1. */
  readonly number: number;
  /** The latest date that the issue covers. */
  readonly closedAt: Date;
  /** `The week, 23 November 2026` */
  readonly title: string;
  /** Safe HTML; missing: none. */
  readonly introduction?: string;
  readonly items: readonly IssueItem[];
}

/** What an issue shows below its title. */
export type IssueBody = Pick<Issue, 'introduction' | 'items'>;

/** The introduction of the issue that closes on a day (`2026-11-09`), as safe HTML; null: none. */
export type ReadIntroduction = (digest: DigestSettings, day: string) => Promise<string | null>;

/** Texts about a digest in its feed, pages and mails. */
export interface DigestWords {
  /** `digests/<id>` */
  readonly path: ChannelPath;
  readonly title: string;
}
