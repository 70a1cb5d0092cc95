/** Whether the worker does what it is for, in the words of a probe. */

/** A worker whose last good run is older than so many ticks is not ready. */
export const TICKS = 3;

export class Readiness {
  #freshUntil: number | null = null;
  #trouble: string | null = null;

  /** `elapsed`: milliseconds on a clock that only moves forward. */
  constructor(readonly elapsed: () => number = () => performance.now()) {}

  /** A run has ended well; the next must within `ms`. */
  ran(ms: number): void {
    this.#freshUntil = this.elapsed() + ms;
  }

  /** Why it cannot do its work for now; null: it can again. */
  trouble(why: string | null): void {
    this.#trouble = why;
  }

  /** null: ready. */
  get why(): string | null {
    if (this.#trouble !== null) return this.#trouble;
    if (this.#freshUntil === null) return 'no run has ended well yet';
    return this.elapsed() > this.#freshUntil ? `no run has ended well for more than ${TICKS} ticks` : null;
  }
}
