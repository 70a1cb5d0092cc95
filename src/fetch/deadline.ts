/** Time limits of fetches and of gaps in them, which do not count time in which this process was busy or paused. */
import { setMaxListeners } from 'node:events';

export interface Deadline {
  /** Aborted with `reason()` at the deadline, or with the reason of the run's signal. */
  readonly signal: AbortSignal;
  /** Waits in time that does not count. */
  waitFor(other: Promise<void>): Promise<void>;
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
    waitFor: async (other) => {
      timer.pause();
      await other;
      timer.resume();
    },
    clear: () => {
      timer.clear();
      run.removeEventListener('abort', onRunEnd);
    },
  };
}

export interface Timer {
  /** Starts again with the full time. */
  restart(): void;
  pause(): void;
  /** Goes on with the time that was left; not once it is cleared. */
  resume(): void;
  clear(): void;
}

/** Delay of a timer in milliseconds above which this process was busy or paused. */
const LATE = 50;

/** Where the timer fires late because this process was busy or paused, extends it once by that delay, at most by `ms`. */
export function startTimer(ms: number, ring: () => void): Timer {
  let timer: NodeJS.Timeout;
  let due = 0;
  let left: number | null = null;
  const start = (time: number) => {
    clearTimeout(timer);
    due = performance.now() + time;
    timer = arm(time, (late) => {
      if (late < LATE) ring();
      else timer = arm(Math.min(late, ms), ring);
    });
  };
  start(ms);
  return {
    restart: () => start(ms),
    pause: () => {
      clearTimeout(timer);
      left = Math.max(0, due - performance.now());
    },
    resume: () => {
      if (left !== null) start(left);
      left = null;
    },
    clear: () => {
      clearTimeout(timer);
      left = null;
    },
  };
}

/** Calls `ring` with the delay in milliseconds. */
function arm(ms: number, ring: (late: number) => void): NodeJS.Timeout {
  const due = performance.now() + ms;
  return setTimeout(() => ring(performance.now() - due), ms);
}
