/** The outbox: announcements per target and their delivery states. */
import type { AnnouncedKind, TargetState } from '../../model/announcing.js';

/** `sending`: the run ended during the request or just before it. */
type OutboxState = 'waiting' | 'sending' | 'sent' | 'unknown' | 'refused' | 'dropped';

export interface OutboxRow {
  readonly n: number;
  readonly target: string;
  readonly kind: AnnouncedKind;
  /** An article's ref, the ref of a story's first article, or a failure's id. */
  readonly subject: string;
  readonly state: OutboxState;
  readonly at: Date;
  /** Time of the first request; null: none. */
  readonly triedAt: Date | null;
  readonly refusals: number;
  /** Key of the last message that contained it; null: none. */
  readonly message: string | null;
  /** Text of that message; null: none. */
  readonly text: string | null;
}

/** Articles with a smaller ref are not announced: to a target from one of its channels, or (target `*`) from a feed. */
interface Begin {
  readonly target: string;
  readonly name: string;
  readonly since: number;
}

/** Namespaces of announced subjects: published articles by ref, held articles by ref, failures by id. */
export type AnnouncedNamespace = 'news' | 'held' | 'failure';

/** Saved by `clearDirty`. Existing rows are unchanged. */
export interface OutboxChanges {
  readonly at: Date;
  /** Start with the next ref. */
  readonly begun: readonly Omit<Begin, 'since'>[];
  /** No longer configured. A target without channels drops its waiting rows. */
  readonly ended: readonly Omit<Begin, 'since'>[];
  readonly announced: readonly {
    readonly target: string;
    readonly about: AnnouncedNamespace;
    readonly subject: string;
  }[];
  readonly rows: readonly Pick<OutboxRow, 'target' | 'kind' | 'subject'>[];
}

export interface OutboxMark {
  readonly rows: readonly number[];
  readonly state: OutboxState;
  /** Set when a request is about to be made. */
  readonly message?: { readonly key: string; readonly text: string; readonly at: Date };
  readonly refused?: boolean;
}

export interface OutboxStore {
  outboxBegins(): Promise<readonly Begin[]>;
  announcedSubjects(
    target: string,
    about: AnnouncedNamespace,
    subjects: readonly string[],
  ): Promise<ReadonlySet<string>>;
  /** Rows in these states, oldest first. */
  announcements(states: readonly OutboxState[]): Promise<readonly OutboxRow[]>;
  /** In one transaction; `state` null: unchanged. */
  markAnnouncements(
    marks: readonly OutboxMark[],
    state: { readonly target: string; readonly is: TargetState } | null,
  ): Promise<void>;
  targetStates(): Promise<ReadonlyMap<string, TargetState>>;
}
