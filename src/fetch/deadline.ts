/** Time limits of fetches and of gaps in them, which do not count time in which this process was busy or paused. */
import { setMaxListeners } from 'node:events';

export interface Deadline {
  /** Aborted with `reason()` at the deadline, or with the reason of the run's signal. */
  readonly signal: AbortSignal;
  clear(): void;
}

/** Limits a whole fetch to `ms` milliseconds, as counted by `startTimer`. */
export function startDeadline(ms: number, reason: () => Error, run: AbortSignal): Deadline {
  const controller = new AbortController();
  const onRunEnd = () => controller.abort(run.reason);
  const timer = startTimer(ms, () => controller.abort(reason()));
  // Many fetches listen to one run's signal.
  setMaxListeners(0, run);
  run.addEventListener('abort', onRunEnd, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      timer.clear();
      run.removeEventListener('abort', onRunEnd);
    },
  };
}

export interface Timer {
  /** Starts again with the full time. */
  restart(): void;
  clear(): void;
}

/** Delay of a timer in milliseconds above which this process was busy or paused. */
const LATE = 50;

/** Where the timer fires late because this process was busy or paused, extends it once by that delay, at most by `ms`. */
export function startTimer(ms: number, ring: () => void): Timer {
  let timer: NodeJS.Timeout;
  const restart = () => {
    clearTimeout(timer);
    timer = arm(ms, (late) => {
      if (late < LATE) ring();
      else timer = arm(Math.min(late, ms), ring);
    });
  };
  restart();
  return { restart, clear: () => clearTimeout(timer) };
}

/** Calls `ring` with the delay in milliseconds. */
function arm(ms: number, ring: (late: number) => void): NodeJS.Timeout {
  const due = performance.now() + ms;
  return setTimeout(() => ring(performance.now() - due), ms);
}
