/** The worker's readiness, for probes. */

/** A worker becomes unready when its last successful run is older than this many ticks. */
export const TICKS = 3;

const STALE = `no successful run for more than ${TICKS} ticks`;

export class Readiness {
  #freshUntil: number | null = null;
  #stale = STALE;
  #problem: string | null = null;
  #isStopping = false;
  /** What an operator must mend although the worker may be ready; null: nothing. */
  detail: string | null = null;

  /** `elapsed`: monotonic milliseconds. */
  constructor(readonly elapsed: () => number = () => performance.now()) {}

  /** Ready for `ms` milliseconds after a successful run or poll; then unready because of `stale`. */
  recordSuccess(ms: number, stale = STALE): void {
    this.#freshUntil = this.elapsed() + ms;
    this.#stale = stale;
  }

  /** Why the worker cannot run now; null: it can. */
  setProblem(reason: string | null): void {
    this.#problem = reason;
  }

  reset(): void {
    this.#freshUntil = null;
    this.#problem = null;
  }

  stop(): void {
    this.#isStopping = true;
  }

  /** Why it is unready; null: ready. */
  get why(): string | null {
    if (this.#isStopping) return 'stopping';
    if (this.#problem !== null) return this.#problem;
    if (this.#freshUntil === null) return 'no successful run yet';
    return this.elapsed() > this.#freshUntil ? this.#stale : null;
  }
}
