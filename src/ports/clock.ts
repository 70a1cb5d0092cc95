/** Elapsed time and waiting. */

/** The current date is not part of it: that is passed as `now`. */
export interface Clock {
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}
