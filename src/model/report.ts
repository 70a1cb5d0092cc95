/** The report of a run, as `build --json` prints it. Public API: add, never rename. */

export interface SourceFailure {
  readonly sourceId: string;
  readonly code: string;
  readonly message: string;
  /** Consecutive failures. */
  readonly failures: number;
  /** ISO 8601, later than this run. */
  readonly nextAttemptAt: string;
}
export interface SourceWarning {
  /** Of a source; with a dot in it, a part of the site: `fetch.network`, `paper.icon`. */
  readonly sourceId: string;
  readonly message: string;
}

/** Those about a source are logged while it is read. */
export function isAboutSite({ sourceId }: SourceWarning): boolean {
  return sourceId.includes('.');
}

/** Why no source was asked: how many wait for which reason. */
export interface AllWait {
  /** ISO 8601: when the first of them may be asked. */
  readonly until: string;
  /** Read not long ago. */
  readonly notDue: number;
  /** Failed, and left alone for a while. */
  readonly failed: number;
  /** In an hour or on a day in which it asked to be left alone. */
  readonly skipped: number;
  /** Its host asked to be left alone. */
  readonly host: number;
}

/** What became of the news for one target. */
export interface AnnouncementReport {
  readonly target: string;
  readonly sent: number;
  /** Sent by a later run. */
  readonly waiting: number;
  /** It is not known whether they arrived: they are not sent again. */
  readonly unknown: number;
  /** Given up. */
  readonly refused: number;
  /** Why something was not sent; null: it all was. */
  readonly error: string | null;
  /** Only in a dry run: what it would send. */
  readonly would?: readonly string[];
}

export interface BuildReport {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly changed: boolean;
  readonly sources: {
    readonly total: number;
    readonly fetched: number;
    readonly notModified: number;
    readonly notDue: number;
    readonly failed: number;
  };
  /** Only where all sources wait. */
  readonly allWait?: AllWait;
  readonly articles: {
    readonly added: number;
    /** New ones that the editor's rules drop; they are not counted as added. */
    readonly dropped: number;
    /** All that wait for the editor now; only where a source has `review: hold`. */
    readonly held?: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly skipped: number;
    readonly withdrawn: number;
    readonly total: number;
  };
  readonly stories: { readonly total: number; readonly multiSource: number };
  /** Ids of topics that have had no article yet, so no files; only where there are some. */
  readonly emptyTopics?: readonly string[];
  readonly files: {
    readonly written: number;
    readonly unchanged: number;
    readonly removed: number;
    readonly bytes: number;
  };
  /** Only where targets are configured. */
  readonly announcements?: readonly AnnouncementReport[];
  readonly failures: readonly SourceFailure[];
  readonly warnings: readonly SourceWarning[];
}
