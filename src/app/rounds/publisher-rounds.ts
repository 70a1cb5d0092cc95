/** Rounds of a publisher with fetch workers. Each run is a round, or resumes an open one. */
import type { Round } from '../../model/round.js';
import type { StoreSettings } from '../../model/settings.js';
import type { BundleSender, Inbox, RemoteRound } from '../../ports/rounds.js';
import type { Store } from '../../ports/store/store.js';
import { machineClock } from '../machine-clock.js';
import { openSender } from './open-rounds.js';

export interface RoundOptions {
  readonly deadlineMs: number;
  readonly leaseMs: number;
  readonly observer: RoundObserver;
}

export interface RoundObserver {
  /** A round started or resumed, with the number of feeds requested before and of their taken answers. */
  opened(round: Round, asked: number, taken: number): void;
  polled(waiting: number, found: number): void;
  closed(): void;
  trouble(error: Error): void;
}

export interface BegunRound {
  readonly now: Date;
  readonly remote: RemoteRound;
  /** Without this call, the next run resumes the round and does not repeat its requests. */
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
    const round = await inbox.openRound();
    const asked = await inbox.feeds(round);
    observer.opened(round, asked.length, asked.filter(({ part }) => part === 'taken').length);
    const { polled: looked } = observer;
    const until = machineClock.elapsed() + deadlineMs;
    return {
      now: round.now,
      remote: { inbox, round, feeds: asked, leaseMs, until, onPoll: looked },
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
    if (this.store.rounds === undefined) throw new Error('this store does not support rounds');
    this.#sender ??= await openSender(this.settings, leaseMs, observer.trouble);
    this.#inbox ??= this.store.rounds.openInbox(this.#sender);
    return this.#inbox;
  }
}
