/** One run that always comes to an end: in its time, or told to stop, or left behind. */

/** `hung`: it did not even stop when told so; whatever it still does is nobody's business. */
export type RunEnding<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' | 'stopped' | 'hung' };

export interface RunLimits {
  /** Milliseconds that it may take. */
  readonly deadlineMs: number;
  /** Milliseconds in which it must stop once it is told to. */
  readonly graceMs: number;
  /** Tells it to stop. */
  readonly signal: AbortSignal;
}

/** Never rejects. */
export async function withDeadline<R>(
  work: (signal: AbortSignal) => Promise<R>,
  { deadlineMs, graceMs, signal }: RunLimits,
): Promise<RunEnding<R>> {
  // One controller a run: a signal that lives for years would gather listeners.
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
    return await Promise.race([ending(work, controller.signal), left]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

async function ending<R>(work: (signal: AbortSignal) => Promise<R>, signal: AbortSignal): Promise<RunEnding<R>> {
  try {
    return { kind: 'done', result: await work(signal) };
  } catch (error) {
    if (signal.aborted && error === signal.reason) return { kind: signal.reason === 'late' ? 'late' : 'stopped' };
    return { kind: 'failed', error };
  }
}
