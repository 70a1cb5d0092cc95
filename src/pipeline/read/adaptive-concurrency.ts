/** How many requests may be in progress: more while this machine has time to spare and answers come, fewer where they do not. */
import type { ConcurrencyRange } from '../../model/settings.js';
import type { Clock } from '../../ports/clock.js';

/** Bytes of documents in memory at once, by the mean size of the last ones. Large ones wait for room of their own. */
const BYTES_IN_PROGRESS = 32_000_000;
/** Share of the time in which this thread works: below, there may be more; above, more would only wait in memory. */
const IDLE = 0.7;
const BUSY = 0.9;
/** Share of the sources that answered last time and now do not, above which it is probably us who ask too much at once. */
const UNREACHED = 0.25;

/** What became of a request. */
export interface NotedAnswer {
  /** Whether nothing answered, though its sources answered last time. */
  readonly isUnreached: boolean;
  /** Bytes of the document; 0: none. */
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

  /** Decides anew once as many have answered as may be in progress. */
  note({ isUnreached, bytes }: NotedAnswer): void {
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
