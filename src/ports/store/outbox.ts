/** The outbox: what was found to be news for each target, and what became of it. */
import type { AnnouncedKind, TargetState } from '../../model/announcing.js';

/** `sending`: the call was made, or was about to be, when the run ended. */
type OutboxState = 'waiting' | 'sending' | 'sent' | 'unknown' | 'refused' | 'dropped';

export interface OutboxRow {
  readonly n: number;
  readonly target: string;
  readonly kind: AnnouncedKind;
  /** An article's ref; the ref of a story's first article; the id of a failure. */
  readonly subject: string;
  readonly state: OutboxState;
  /** When it became news. */
  readonly at: Date;
  /** When a call was first made; null: none was. */
  readonly triedAt: Date | null;
  /** How often the target refused it. */
  readonly refusals: number;
  /** Key of the message that it was last part of; null: none. */
  readonly message: string | null;
  /** What that message said; null: none. */
  readonly text: string | null;
}

/** Articles with a smaller ref are no news: for a target in one of its channels, and (target `*`) of a feed. */
interface Begin {
  readonly target: string;
  readonly name: string;
  readonly since: number;
}

/** Namespaces of what a target has heard: published articles, by ref; held ones, by ref; failures, by id. */
export type ToldAbout = 'news' | 'held' | 'failure';

/** Saved by `clearDirty`. Rows that exist already stay as they are. */
export interface OutboxChanges {
  readonly at: Date;
  /** They begin with the next ref. */
  readonly begun: readonly Omit<Begin, 'since'>[];
  /** Are not configured any more; of a target without any, what waits is dropped. */
  readonly ended: readonly Omit<Begin, 'since'>[];
  readonly told: readonly { readonly target: string; readonly about: ToldAbout; readonly subject: string }[];
  readonly rows: readonly Pick<OutboxRow, 'target' | 'kind' | 'subject'>[];
}

export interface OutboxMark {
  readonly rows: readonly number[];
  readonly state: OutboxState;
  /** Set where a call is about to be made. */
  readonly message?: { readonly key: string; readonly text: string; readonly at: Date };
  /** True: the target refused them. */
  readonly refused?: boolean;
}

export interface OutboxStore {
  outboxBegins(): Promise<readonly Begin[]>;
  /** Those of the subjects that the target has heard of. */
  alreadyTold(target: string, about: ToldAbout, subjects: readonly string[]): Promise<ReadonlySet<string>>;
  /** Rows in these states, oldest first. */
  announcements(states: readonly OutboxState[]): Promise<readonly OutboxRow[]>;
  /** In one transaction; `state` null: unchanged. */
  markAnnouncements(
    marks: readonly OutboxMark[],
    state: { readonly target: string; readonly is: TargetState } | null,
  ): Promise<void>;
  targetStates(): Promise<ReadonlyMap<string, TargetState>>;
}
