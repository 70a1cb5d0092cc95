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
  /** A source's id; with a dot: a part of the site, such as `fetch.network` or `paper.icon`. */
  readonly sourceId: string;
  readonly message: string;
}

/** Whether it concerns the site. Warnings about sources are logged while the source is read. */
export function isSiteWarning({ sourceId }: SourceWarning): boolean {
  return sourceId.includes('.');
}

/** Why no source was requested: the number of sources per reason. */
export interface AllWait {
  /** ISO 8601: when the first of them is due. */
  readonly until: string;
  /** Polled recently. */
  readonly notDue: number;
  /** Backing off after a failure. */
  readonly failed: number;
  /** In skipped hours or days of the feed. */
  readonly skipped: number;
  /** The host asked us to wait. */
  readonly host: number;
}

export interface AnnouncementReport {
  readonly target: string;
  readonly sent: number;
  /** Queued for a later run. */
  readonly waiting: number;
  /** Sent with an unknown result; not sent again. */
  readonly unknown: number;
  readonly refused: number;
  /** Why a message was not sent; null: all were sent. */
  readonly error: string | null;
  /** Only in a dry run: the messages it would send. */
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
  /** Only if all sources wait. */
  readonly allWait?: AllWait;
  readonly articles: {
    readonly added: number;
    /** New articles dropped by the editor's rules. Not included in `added`. */
    readonly dropped: number;
    /** All articles that wait for the editor, only if a source has `review: hold`. */
    readonly held?: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly skipped: number;
    readonly withdrawn: number;
    readonly total: number;
  };
  readonly stories: { readonly total: number; readonly multiSource: number };
  /** Ids of topics without any article, therefore without files; missing: none. */
  readonly emptyTopics?: readonly string[];
  readonly files: {
    readonly written: number;
    readonly unchanged: number;
    readonly removed: number;
    readonly bytes: number;
  };
  /** Only if targets are configured. */
  readonly announcements?: readonly AnnouncementReport[];
  readonly failures: readonly SourceFailure[];
  readonly warnings: readonly SourceWarning[];
}
