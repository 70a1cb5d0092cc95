/** Runs work with a deadline: aborts it, then abandons it if it does not stop. */

/** `hung`: it did not stop after the abort. Its later result is ignored. */
export type RunEnding<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' | 'stopped' | 'hung' };

export interface RunLimits {
  /** Milliseconds until the abort. */
  readonly deadlineMs: number;
  /** Milliseconds to stop after the abort. */
  readonly graceMs: number;
  readonly signal: AbortSignal;
}

/** Never rejects. */
export async function withDeadline<R>(
  work: (signal: AbortSignal) => Promise<R>,
  { deadlineMs, graceMs, signal }: RunLimits,
): Promise<RunEnding<R>> {
  // A new controller for each run: listeners would accumulate on a long-lived signal.
  const controller = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const left = new Promise<RunEnding<R>>((leave) => {
    controller.signal.addEventListener('abort', () => {
      timers.add(setTimeout(() => leave({ kind: 'hung' }), graceMs));
    });
  });
  const stop = () => controller.abort('stopped');
  timers.add(setTimeout(() => controller.abort('late'), deadlineMs));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([settleWork(work, controller.signal), left]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

async function settleWork<R>(work: (signal: AbortSignal) => Promise<R>, signal: AbortSignal): Promise<RunEnding<R>> {
  try {
    return { kind: 'done', result: await work(signal) };
  } catch (error) {
    if (signal.aborted && error === signal.reason) return { kind: signal.reason === 'late' ? 'late' : 'stopped' };
    return { kind: 'failed', error };
  }
}
