/** Announcements: where news goes out by itself, and what is known of each target. */

/** A target as configured. */
export interface AnnounceTarget {
  /** Unique in a site; names it in the store, in messages and in `newsloom announce test`. */
  readonly id: string;
  /** A name from `announce/targets.ts`. */
  readonly to: string;
  /** May hold a secret: never print it. */
  readonly url: string;
  /** A token or an app password; null: none. */
  readonly token: string | null;
  /** Whose account it is, where the target asks for that; null: none. */
  readonly account: string | null;
  /** The key of the signature; null: unsigned. */
  readonly secret: string | null;
  /** `stories`, `desk`, `failures`, or paths of channels: `all`, `topics/<id>`. */
  readonly of: readonly string[];
  /** Messages in one run. */
  readonly atMost: number;
  /** With `{title}` and other names. */
  readonly text: string;
  /** Minutes of the day between which nothing is sent, in the site's time zone; null: none. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
  readonly allowPrivateAddresses: boolean;
}

/** What stands for something in the text of a message. */
export const TEXT_NAMES = ['title', 'publication', 'summary', 'section', 'topics', 'url'] as const;
export type TextName = (typeof TEXT_NAMES)[number];

/** What a message is about. `held`: an article that waits for the editor. */
export type AnnouncedKind = 'article' | 'story' | 'held' | 'failure';

/** How a target has done lately. Times are epoch milliseconds. */
export interface TargetState {
  /** Runs in a row in which it took nothing. */
  readonly failures: number;
  readonly failingSince: number | null;
  /** Nothing is sent before; null: at once. */
  readonly notBefore: number | null;
  /** What was wrong the last time, without addresses; null: nothing. */
  readonly error: string | null;
  readonly sentAt: number | null;
}

export const NEW_TARGET: TargetState = { failures: 0, failingSince: null, notBefore: null, error: null, sentAt: null };

/** A target that an editor should look at. */
export interface TargetTrouble {
  readonly id: string;
  /** For a day or longer it has taken nothing; null: it does. */
  readonly failing: { readonly since: Date; readonly error: string } | null;
  /** Messages of which nobody knows whether they arrived: the last of them, and their number; null: none. */
  readonly unknown: { readonly at: Date; readonly count: number } | null;
}
