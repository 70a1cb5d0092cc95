/** Rounds of a site shared by several processes: its publisher sends bundles of feeds, fetch workers poll them. */
import type { Bundle, FetchWorker, Round, RoundAnswer, RoundStatus } from '../model/round.js';
import type { FetchState, SourceId } from '../model/source.js';

export interface RoundFeed {
  readonly feed: SourceId;
  /** `taken`: its answer and state are saved. */
  readonly part: 'waiting' | 'taken';
  /** Whether a taken answer came from the server. */
  readonly reached: boolean;
  /** State before the round of a taken feed that was modified; null: it had none. */
  readonly before?: FetchState | null;
}

/** The publisher's side, on an open store: saves an answer and the state of its feed in one transaction. */
export interface Inbox {
  /**
   * Resumes the round that a publisher left open recently; otherwise opens a new one, which receives late answers to the previous round.
   * Other leftovers of ended rounds are dropped.
   */
  openRound(): Promise<Round>;
  feeds(round: Round): Promise<readonly RoundFeed[]>;
  /**
   * Records bundles and queues them in transactions of fifty. If it rejects, earlier transactions are committed. `leaseMs`: how long a
   * worker may hold a bundle.
   */
  send(bundles: readonly Bundle[], leaseMs: number): Promise<void>;
  /** Some unread answers; empty: none for now. */
  answers(round: Round): Promise<readonly { readonly feed: SourceId; readonly answer: RoundAnswer }[]>;
  closeRound(round: Round): Promise<void>;
}

export interface RemoteRound {
  readonly inbox: Inbox;
  readonly round: Round;
  readonly feeds: readonly RoundFeed[];
  /** Milliseconds for which a worker may hold a bundle. */
  readonly leaseMs: number;
  /** Deadline for answers, in milliseconds of `Clock.elapsed`. */
  readonly until: number;
  /** Called on each poll with the number of unanswered feeds and of new answers. */
  readonly onPoll: (waiting: number, found: number) => void;
}

/** Rounds in a store shared by several processes. */
export interface RoundStore {
  openInbox(sender: BundleSender): Inbox;
  /** Ends an open round and discards its answers, because this process polls by itself. */
  dropRounds(): Promise<void>;
}

type ExecuteSql = (sql: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** The publisher's end of the queue. */
export interface BundleSender {
  send(bundles: readonly Bundle[], leaseMs: number, execute: ExecuteSql): Promise<void>;
  close(): Promise<void>;
}

export interface TakenBundle {
  readonly id: string;
  /** Length of the lease in milliseconds, from taking the bundle. */
  readonly leaseMs: number;
  readonly bundle: Bundle;
}

/** A worker's end of the queue. */
export interface BundleQueue {
  /** Leases the next bundle; null: the queue is empty. */
  take(): Promise<TakenBundle | null>;
  done(taken: TakenBundle): Promise<void>;
  /** Hides the bundle from all workers for `forMs`, without counting as a retry. */
  postpone(taken: TakenBundle, forMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface SharedAnswer {
  readonly feeds: readonly SourceId[];
  readonly answer: RoundAnswer;
}

export interface AnswerBox {
  /** The unanswered feeds among these; empty if the round has ended. */
  waiting(round: number, feeds: readonly SourceId[]): Promise<ReadonlySet<SourceId>>;
  /** Keeps the first answer of a feed. Resolves with whether the round continues. */
  save(round: number, worker: string, answers: readonly SharedAnswer[]): Promise<boolean>;
  reportAlive(worker: FetchWorker): Promise<void>;
  reportEnded(worker: FetchWorker): Promise<void>;
  status(): Promise<RoundStatus>;
  close(): Promise<void>;
}
