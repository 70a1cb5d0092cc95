/** Elapsed time, sleeping, and the boot of the machine. The current date is passed as `now` instead. */

export interface Clock {
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  /** Identifies this boot of the machine: a power failure can only lose data written before another boot. */
  readonly boot: () => string;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}
