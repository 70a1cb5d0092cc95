/** Targets of announcements, and their state between runs. */

export interface AnnounceTarget {
  /** Unique in a site. Used in the store, in messages and in `newsloom announce test`. */
  readonly id: string;
  /** A name from `announce/targets.ts`. */
  readonly to: string;
  /** May hold a secret: never print it. */
  readonly url: string;
  /** An access token or app password; null: none. */
  readonly token: string | null;
  /** The account to post as; null: the target has no accounts. */
  readonly account: string | null;
  /** Signs the messages; null: unsigned. */
  readonly secret: string | null;
  /** It deduplicates by key; missing: as its kind does. */
  readonly retry?: boolean;
  /** `stories`, `desk`, `failures`, or paths of channels: `all`, `topics/<id>`. */
  readonly of: readonly string[];
  /** Maximum number of messages per run. */
  readonly atMost: number;
  /** A template with `{title}` and the other `TEXT_NAMES`. */
  readonly text: string;
  /** Quiet hours in minutes of the day, in the site's time zone; null: none. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
  readonly allowPrivateAddresses: boolean;
}

/** Placeholders in the text of a message. */
export const TEXT_NAMES = ['title', 'publication', 'summary', 'section', 'topics', 'url'] as const;
export type TextName = (typeof TEXT_NAMES)[number];

/** The subject of a message. `held`: an article that waits for the editor. */
export type AnnouncedKind = 'article' | 'story' | 'held' | 'failure';

/** The recent results of a target. Times are epoch milliseconds. */
export interface TargetState {
  /** Consecutive runs in which it accepted no message. */
  readonly failures: number;
  readonly failingSince: number | null;
  /** No message is sent before this time; null: no limit. */
  readonly notBefore: number | null;
  /** The last error, without addresses; null: none. */
  readonly error: string | null;
  readonly sentAt: number | null;
}

export const NEW_TARGET: TargetState = { failures: 0, failingSince: null, notBefore: null, error: null, sentAt: null };

/** A target that needs the editor's attention. */
export interface TargetTrouble {
  readonly id: string;
  /** It has accepted nothing for a day or longer; null: it works. */
  readonly failing: { readonly since: Date; readonly error: string } | null;
  /** Messages with an unknown result: the time of the last one, and their number; null: none. */
  readonly unknown: { readonly at: Date; readonly count: number } | null;
}
