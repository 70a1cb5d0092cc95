/** Adapts the number of concurrent requests to CPU load, memory and unreachable hosts. */
import type { ConcurrencyRange } from '../../model/settings.js';
import type { Clock } from '../../ports/clock.js';

/** Bytes of documents in memory, estimated from recent sizes. Large documents have a separate limit. */
const BYTES_IN_PROGRESS = 32_000_000;
/** CPU share of this thread: below `IDLE`, concurrency grows; above `BUSY`, it shrinks. */
const IDLE = 0.7;
const BUSY = 0.9;
/** Share of previously reachable sources without a response above which concurrency is probably too high. */
const UNREACHED = 0.25;

export interface RequestOutcome {
  /** Whether a previously reachable source did not respond. */
  readonly isUnreached: boolean;
  /** 0: none. */
  readonly bytes: number;
}

export class AdaptiveConcurrency {
  #places: number;
  #answers = 0;
  #unreached = 0;
  #bytes = 0;
  #elapsed: number;
  #busy: number;

  constructor(
    readonly range: ConcurrencyRange,
    readonly clock: Pick<Clock, 'elapsed' | 'busy'>,
  ) {
    this.#places = range.least;
    this.#elapsed = clock.elapsed();
    this.#busy = clock.busy();
  }

  get places(): number {
    return this.#places;
  }

  /** Recalculates after as many responses as there are places. */
  note({ isUnreached, bytes }: RequestOutcome): void {
    this.#answers++;
    if (isUnreached) this.#unreached++;
    this.#bytes += bytes;
    if (this.#answers < this.#places) return;
    this.#places = this.#next();
    this.#answers = 0;
    this.#unreached = 0;
    this.#bytes = 0;
  }

  #next(): number {
    const { least, most } = this.range;
    const share = this.#shareBusy();
    const room = Math.floor(BYTES_IN_PROGRESS / Math.max(1, this.#bytes / this.#answers));
    const between = (places: number) => Math.max(least, Math.min(Math.floor(places), most, room));
    if (this.#unreached > this.#answers * UNREACHED) return between(this.#places / 2);
    if (share > BUSY) return between(this.#places * 0.8);
    return between(share < IDLE ? this.#places * 2 : this.#places);
  }

  #shareBusy(): number {
    const [elapsed, busy] = [this.clock.elapsed(), this.clock.busy()];
    const share = (busy - this.#busy) / Math.max(1, elapsed - this.#elapsed);
    this.#elapsed = elapsed;
    this.#busy = busy;
    return share;
  }
}
