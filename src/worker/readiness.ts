/** The worker's readiness, for probes. */

/** A worker is not ready once its last good run is older than this many ticks. */
export const TICKS = 3;

const STALE = `no run has ended well for more than ${TICKS} ticks`;

export class Readiness {
  #freshUntil: number | null = null;
  #stale = STALE;
  #trouble: string | null = null;
  #isStopping = false;

  /** `elapsed`: monotonic milliseconds. */
  constructor(readonly elapsed: () => number = () => performance.now()) {}

  /** A run, or what this process does instead, has succeeded; the next must succeed within `ms` milliseconds. `stale`: why it is not ready after that. */
  ran(ms: number, stale = STALE): void {
    this.#freshUntil = this.elapsed() + ms;
    this.#stale = stale;
  }

  /** Why the worker cannot run for now; null: it can again. */
  trouble(why: string | null): void {
    this.#trouble = why;
  }

  /** Becomes ready with its first run as publisher. */
  elected(): void {
    this.#freshUntil = null;
    this.#trouble = null;
  }

  /** Not ready from now on. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Why it is not ready; null: ready. */
  get why(): string | null {
    if (this.#isStopping) return 'stopping';
    if (this.#trouble !== null) return this.#trouble;
    if (this.#freshUntil === null) return 'no run has ended well yet';
    return this.elapsed() > this.#freshUntil ? this.#stale : null;
  }
}
