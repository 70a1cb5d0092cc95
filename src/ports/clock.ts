/** What a run does with time. */

/** The moment that it counts as is an argument, `now`, and no business of a clock. */
export interface Clock {
  /** Milliseconds on a clock that only moves forward. */
  readonly elapsed: () => number;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}
