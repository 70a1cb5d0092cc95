/** Loop of a fetch worker: takes bundles while it can send requests, and retries after database errors. */
import type { Resolve } from '../../fetch/agents.js';
import { StoreError } from '../../model/errors.js';
import type { FetchWorker } from '../../model/round.js';
import type { Settings } from '../../model/settings.js';
import { RequestPlaces } from '../../pipeline/read/request-scheduler.js';
import type { BundleQueue, SharedAnswer, TakenBundle } from '../../ports/rounds.js';
import { createFetcher } from '../http-clients.js';
import { machineClock as clock } from '../machine-clock.js';
import { type BundleOutcome, type Lease, requestBundle } from './ask-bundle.js';
import { ReconnectingBox } from './lasting-box.js';
import { openAnswerBox, openQueue } from './open-rounds.js';
import { saveAnswer } from './save-answer.js';

/** Milliseconds between polls of an empty queue. */
const POLL_EVERY = 500;
/** Milliseconds until the next bundle if no request can be sent. */
const BUSY_FOR = 20;
/** Milliseconds until a retry after a database error. */
const RETRY_AFTER = 1_000;
/** Milliseconds between heartbeats. */
const ALIVE_EVERY = 10_000;
/** Milliseconds until a returned bundle can be taken, and until this worker takes another, so that others come first. */
const POSTPONED_FOR = 2_000;
const OTHERS_FIRST_FOR = 3_000;
/** Maximum bundles in progress: slow hosts need time for their spacing. */
const MAX_BUNDLES = 256;

export interface FetchLoopOptions {
  readonly settings: () => Settings;
  readonly worker: FetchWorker;
  readonly resolve?: Resolve | undefined;
  readonly signal: AbortSignal;
  readonly observer: FetchLoopObserver;
}

export interface FetchLoopObserver {
  polled(): void;
  bundle(outcome: BundleOutcome | 'failed'): void;
  /** The queue is not available; null: available again. */
  trouble(error: Error | null): void;
}

/** Works until the signal is aborted. Rejects with unexpected errors. */
export async function runFetchLoop(options: FetchLoopOptions): Promise<void> {
  const loop = new FetchLoop(options);
  try {
    await loop.run();
  } finally {
    await loop.close();
  }
}

class FetchLoop {
  readonly #box: ReconnectingBox;
  #queue: BundleQueue | null = null;
  readonly #inProgress = new Set<Promise<void>>();
  #places: RequestPlaces;
  /** Number of requests in progress, waiting or about to start. */
  #load = 0;
  #aliveAt = Number.NEGATIVE_INFINITY;
  #waitsUntil = Number.NEGATIVE_INFINITY;
  #bug: unknown = null;

  constructor(private readonly options: FetchLoopOptions) {
    const { store, fetch } = options.settings();
    this.#box = new ReconnectingBox(() => openAnswerBox(store));
    this.#places = new RequestPlaces(fetch.concurrency);
  }

  async run(): Promise<void> {
    const { signal, observer } = this.options;
    while (!signal.aborted && this.#bug === null) {
      try {
        this.#updatePlaces();
        await this.#reportAlive();
        const found = await this.#takeOne();
        if (!found) await clock.sleep(this.#load < this.#places.size ? POLL_EVERY : BUSY_FOR, signal);
      } catch (error) {
        // Retries do not help against a missing package or a newer schema.
        if (!(error instanceof StoreError) || ['STORE_DRIVER', 'STORE_VERSION'].includes(error.code)) throw error;
        observer.trouble(error);
        await clock.sleep(RETRY_AFTER, signal);
      }
    }
    if (this.#bug !== null) throw this.#bug;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#inProgress);
    await this.#box.use((box) => box.reportEnded(this.options.worker)).catch(() => {});
    await Promise.all([this.#box.close(), this.#queue?.close().catch(() => {})]);
  }

  /** Applies a new request limit after a reload. Requests in progress keep their places. */
  #updatePlaces(): void {
    const { concurrency } = this.options.settings().fetch;
    if (concurrency !== this.#places.size) this.#places = new RequestPlaces(concurrency);
  }

  async #reportAlive(): Promise<void> {
    if (clock.elapsed() - this.#aliveAt < ALIVE_EVERY) return;
    await this.#box.use((box) => box.reportAlive(this.options.worker));
    this.#aliveAt = clock.elapsed();
  }

  async #takeOne(): Promise<boolean> {
    const isFull = this.#load >= this.#places.size || this.#inProgress.size >= MAX_BUNDLES;
    if (isFull || clock.elapsed() < this.#waitsUntil) {
      this.options.observer.polled(); // busy counts as polling
      return false;
    }
    this.#queue ??= await openQueue(this.options.settings().store, () => {}); // reported by the next use
    const from = clock.elapsed();
    const taken = await this.#queue.take();
    this.options.observer.trouble(null);
    this.options.observer.polled();
    if (taken === null) return false;
    const lease = { ms: taken.leaseMs, until: from + taken.leaseMs };
    const work = this.#process(this.#queue, taken, lease).catch((error: unknown) => {
      this.#bug ??= error;
    });
    this.#inProgress.add(work);
    void work.finally(() => this.#inProgress.delete(work));
    return true;
  }

  async #process(queue: BundleQueue, taken: TakenBundle, lease: Lease): Promise<void> {
    const { observer } = this.options;
    try {
      const outcome = await this.#fetchBundle(taken, lease);
      observer.bundle(outcome);
      const isForOthers = outcome === 'newer' || outcome === 'unknown' || outcome === 'unreached';
      if (isForOthers) this.#waitsUntil = clock.elapsed() + OTHERS_FIRST_FOR;
      // Only once: if no worker has a network, the publisher reports it.
      if (outcome === 'unreached')
        await queue.postpone({ ...taken, bundle: { ...taken.bundle, handedBack: true } }, POSTPONED_FOR);
      // The next worker does not know when these hosts were requested.
      else if (outcome === 'partly') await queue.postpone(taken, this.options.settings().fetch.spacingMs);
      else if (isForOthers || (outcome === 'ended' && this.options.signal.aborted))
        await queue.postpone(taken, POSTPONED_FOR);
      else if (outcome !== 'ended') await queue.done(taken);
    } catch (error) {
      // Another worker takes it after the lease.
      if (!(error instanceof StoreError)) throw error;
      observer.bundle('failed');
      observer.trouble(error);
    }
  }

  async #fetchBundle({ bundle }: TakenBundle, lease: Lease): Promise<BundleOutcome> {
    const { signal, resolve, worker } = this.options;
    const settings = this.options.settings();
    const fetcher = createFetcher(settings, { resolve });
    const save = (answers: readonly SharedAnswer[]) =>
      this.#box.use((box) => box.save(bundle.round, worker.name, answers));
    const { length } = bundle.asks;
    this.#load += length;
    let isStarting = true;
    const started = () => {
      if (isStarting) this.#load -= length;
      isStarting = false;
    };
    const places = this.#places;
    const countedPlaces = {
      acquire: async (url: string) => {
        setImmediate(started);
        this.#load++;
        const place = await places.acquire(url);
        return {
          release: () => {
            place.release();
            this.#load--;
          },
        };
      },
      largeBytes: places.largeBytes,
    };
    try {
      return await requestBundle(bundle, {
        settings,
        fetcher,
        places: countedPlaces,
        clock,
        lease,
        waiting: ({ round, asks }) =>
          this.#box.use((box) =>
            box.waiting(
              round,
              asks.flatMap(({ feeds }) => feeds),
            ),
          ),
        save: (answer) => saveAnswer(answer, { save, clock, until: lease.until, signal }),
        signal,
      });
    } finally {
      started();
      await fetcher.close();
    }
  }
}
