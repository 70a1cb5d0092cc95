/** Elapsed and busy time, waiting, and when the machine was started. */

/** The current date is not part of it: that is passed as `now`. */
export interface Clock {
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  /** Milliseconds for which this thread has worked, of those that `elapsed` tells. */
  readonly busy: () => number;
  /** Names this start of the machine: only what was written before another one can be lost to a power cut. */
  readonly boot: () => string;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}
