/** The time limit of a whole fetch. The timeouts of a connection are for single gaps, so that a slow trickle passes them for ever. */
import { setMaxListeners } from 'node:events';

export interface Deadline {
  /** Aborted with `reason()` when time is up, or with the reason of the run's signal. */
  readonly signal: AbortSignal;
  clear(): void;
}

/** Milliseconds by which a timer may be late before we take it that this process was busy with other things. */
const LATE = 50;

/**
 * `ms` of time in which we could listen: where this process was too busy to hear an answer, the server is given what it lost, at most
 * as much again.
 */
export function startDeadline(ms: number, reason: () => Error, run: AbortSignal): Deadline {
  const controller = new AbortController();
  const onRunEnd = () => controller.abort(run.reason);
  let timer = arm(ms, (late) => {
    if (late < LATE) controller.abort(reason());
    else timer = arm(Math.min(late, ms), () => controller.abort(reason()));
  });
  // Many fetches listen to the signal of one run.
  setMaxListeners(0, run);
  run.addEventListener('abort', onRunEnd, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      run.removeEventListener('abort', onRunEnd);
    },
  };
}

/** Tells by how many milliseconds it is late. */
function arm(ms: number, ring: (late: number) => void): NodeJS.Timeout {
  const due = performance.now() + ms;
  return setTimeout(() => ring(performance.now() - due), ms);
}
