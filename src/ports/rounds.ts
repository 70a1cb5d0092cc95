/** Rounds of a site that several processes share: its publisher says what is to be asked, fetch workers answer. */
import type { Bundle, FetchWorker, Round, RoundAnswer, RoundStatus } from '../model/round.js';
import type { FetchState, SourceId } from '../model/source.js';

/** A feed's part of a round. */
export interface AskedFeed {
  readonly feed: SourceId;
  /** `taken`: its answer was, with its state. */
  readonly part: 'waiting' | 'taken';
  /** Whether its answer, which was taken, came from its server. */
  readonly reached: boolean;
  /** Its state before the round, of one that was taken, unless it was not modified; null: it had none. */
  readonly before?: FetchState | null;
}

/** The publisher's side, of an open store: that takes an answer in the transaction that saves the state of its feed. */
export interface Inbox {
  /**
   * The round that a publisher left open a short while ago; else a new one, into which answers go that came after theirs had ended. Whatever else was left of
   * ended rounds is not waited for any more.
   */
  openRound(): Promise<Round>;
  asked(round: Round): Promise<readonly AskedFeed[]>;
  /**
   * Notes what is asked and hands it to the queue: both or neither, for fifty bundles at once. Where it rejects, the first ones may have been
   * sent. `leaseMs`: how long a worker has for a bundle.
   */
  send(bundles: readonly Bundle[], leaseMs: number): Promise<void>;
  /** Some answers that this publisher has not read yet; none: there are none for now. */
  answers(round: Round): Promise<readonly { readonly feed: SourceId; readonly answer: RoundAnswer }[]>;
  /** Ends it; an answer that comes later goes into the next round. */
  closeRound(round: Round): Promise<void>;
}

/** The round of a run, which fetch workers answer. */
export interface RemoteRound {
  readonly inbox: Inbox;
  readonly round: Round;
  /** What a publisher that ended had asked. */
  readonly asked: readonly AskedFeed[];
  /** Milliseconds that a worker has for a bundle. */
  readonly leaseMs: number;
  /** When no more answers are waited for, in the milliseconds of `Clock.elapsed`. */
  readonly until: number;
  /** Called at each look: feeds without an answer, and answers that were found. */
  readonly looked: (waiting: number, found: number) => void;
}

/** What a store that several processes share has for rounds. */
export interface RoundStore {
  openInbox(sender: BundleSender): Inbox;
  /** Ends an open round, and takes no answers of it: this process asks by itself. */
  dropRounds(): Promise<void>;
}

/** Runs a statement in the transaction of the caller. */
type ExecuteSql = (sql: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** The queue between the two sides, for the publisher. */
export interface BundleSender {
  /** In the transaction of `execute`. */
  send(bundles: readonly Bundle[], leaseMs: number, execute: ExecuteSql): Promise<void>;
  close(): Promise<void>;
}

export interface TakenBundle {
  /** Of the job. */
  readonly id: string;
  /** Milliseconds from when it was taken. */
  readonly leaseMs: number;
  readonly bundle: Bundle;
}

/** The queue, for a worker. */
export interface BundleQueue {
  /** The next bundle, for as long as its lease; null: there is none. */
  take(): Promise<TakenBundle | null>;
  done(taken: TakenBundle): Promise<void>;
  /** Nobody takes it for so long, then any worker, as often as it takes while the round goes on. */
  leave(taken: TakenBundle, forMs: number): Promise<void>;
  close(): Promise<void>;
}

/** One answer, for all feeds that share the request. */
export interface SharedAnswer {
  readonly feeds: readonly SourceId[];
  readonly answer: RoundAnswer;
}

/** The worker's side. */
export interface AnswerBox {
  /** Those of these feeds that wait for an answer; none where the round has ended. */
  waiting(round: number, feeds: readonly SourceId[]): Promise<ReadonlySet<SourceId>>;
  /** A second answer to a feed changes nothing. Resolves with whether the round goes on. */
  save(round: number, worker: string, answers: readonly SharedAnswer[]): Promise<boolean>;
  /** Notes that this worker is alive. */
  alive(worker: FetchWorker): Promise<void>;
  /** It has ended in order. */
  ended(worker: FetchWorker): Promise<void>;
  status(): Promise<RoundStatus>;
  close(): Promise<void>;
}
