/** The worker's readiness, for probes. */

/** A worker is not ready once its last good run is older than this many ticks. */
export const TICKS = 3;

export class Readiness {
  #freshUntil: number | null = null;
  #trouble: string | null = null;

  /** `elapsed`: monotonic milliseconds. */
  constructor(readonly elapsed: () => number = () => performance.now()) {}

  /** A run has succeeded; the next must succeed within `ms` milliseconds. */
  ran(ms: number): void {
    this.#freshUntil = this.elapsed() + ms;
  }

  /** Why the worker cannot run for now; null: it can again. */
  trouble(why: string | null): void {
    this.#trouble = why;
  }

  /** Why it is not ready; null: ready. */
  get why(): string | null {
    if (this.#trouble !== null) return this.#trouble;
    if (this.#freshUntil === null) return 'no run has ended well yet';
    return this.elapsed() > this.#freshUntil ? `no run has ended well for more than ${TICKS} ticks` : null;
  }
}
