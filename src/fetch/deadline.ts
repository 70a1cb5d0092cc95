/** Timers for fetches that ignore time in which the process was busy or suspended. */
import { setMaxListeners } from 'node:events';

export interface Deadline {
  /** Aborts with `reason()` at the deadline, or with the reason of the run's signal. */
  readonly signal: AbortSignal;
  /** Pauses the deadline until `other` settles. */
  waitFor(other: Promise<void>): Promise<void>;
  clear(): void;
}

export function startDeadline(ms: number, reason: () => Error, run: AbortSignal): Deadline {
  const controller = new AbortController();
  const onRunEnd = () => controller.abort(run.reason);
  const timer = startTimer(ms, () => controller.abort(reason()));
  // Many concurrent fetches listen to the same signal.
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
  restart(): void;
  pause(): void;
  /** Continues with the remaining time. Has no effect after `clear`. */
  resume(): void;
  clear(): void;
}

/** Delay in milliseconds above which the process counts as busy or suspended. */
const LATE = 50;

/** Starts a timer. If it fires late, extends it once by the delay, at most by `ms`. */
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

/** Calls `ring` with its delay in milliseconds. */
function arm(ms: number, ring: (late: number) => void): NodeJS.Timeout {
  const due = performance.now() + ms;
  return setTimeout(() => ring(performance.now() - due), ms);
}
