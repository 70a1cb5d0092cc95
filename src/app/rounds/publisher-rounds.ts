/** Rounds of a publisher whose requests fetch workers send: each run is a round, and continues one that a publisher left open. */
import type { Round } from '../../model/round.js';
import type { StoreSettings } from '../../model/settings.js';
import type { BundleSender, Inbox, RemoteRound } from '../../ports/rounds.js';
import type { Store } from '../../ports/store/store.js';
import { machineClock } from '../machine-clock.js';
import { openSender } from './open-rounds.js';
import { notePublisher } from './shared-problems.js';

export interface RoundOptions {
  /** Milliseconds that workers have for the round. */
  readonly deadlineMs: number;
  /** Milliseconds that a worker has for a bundle. */
  readonly leaseMs: number;
  readonly observer: RoundObserver;
}

export interface RoundObserver {
  /** It has begun, or is gone on with: so many feeds were asked before, and so many of these answers taken. */
  opened(round: Round, asked: number, taken: number): void;
  /** So many feeds wait for an answer, and so many answers were found. */
  looked(waiting: number, found: number): void;
  closed(): void;
  /** An error of the queue that nothing waits for. */
  trouble(error: Error): void;
}

export interface BegunRound {
  /** The time of its run. */
  readonly now: Date;
  readonly remote: RemoteRound;
  /** Not called: the next run continues the round, and what was requested is not requested again. */
  end(): Promise<void>;
}

export class PublisherRounds {
  #sender: BundleSender | null = null;
  #inbox: Inbox | null = null;

  constructor(
    private readonly store: Store,
    private readonly settings: StoreSettings,
  ) {}

  async begin({ observer, leaseMs, deadlineMs }: RoundOptions): Promise<BegunRound> {
    const inbox = await this.#open(leaseMs, observer);
    await notePublisher(this.store);
    const round = await inbox.openRound();
    const asked = await inbox.asked(round);
    observer.opened(round, asked.length, asked.filter(({ part }) => part === 'taken').length);
    const { looked } = observer;
    const until = machineClock.elapsed() + deadlineMs;
    return {
      now: round.now,
      remote: { inbox, round, asked, leaseMs, until, looked },
      end: async () => {
        await inbox.closeRound(round);
        observer.closed();
      },
    };
  }

  async close(): Promise<void> {
    await this.#sender?.close().catch(() => {});
  }

  async #open(leaseMs: number, observer: RoundObserver): Promise<Inbox> {
    if (this.store.rounds === undefined) throw new Error('a store of one process has no rounds');
    this.#sender ??= await openSender(this.settings, leaseMs, observer.trouble);
    this.#inbox ??= this.store.rounds.openInbox(this.#sender);
    return this.#inbox;
  }
}
