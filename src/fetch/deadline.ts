/** Time limits that count only the time in which we could listen: of a whole fetch, and of the single gaps in it, which a slow trickle passes for ever. */
import { setMaxListeners } from 'node:events';

export interface Deadline {
  /** Aborted with `reason()` when time is up, or with the reason of the run's signal. */
  readonly signal: AbortSignal;
  clear(): void;
}

/** `ms` for a whole fetch, as `startTimer` counts them. */
export function startDeadline(ms: number, reason: () => Error, run: AbortSignal): Deadline {
  const controller = new AbortController();
  const onRunEnd = () => controller.abort(run.reason);
  const timer = startTimer(ms, () => controller.abort(reason()));
  // Many fetches listen to the signal of one run.
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
  /** From now on, all of its time again. */
  restart(): void;
  clear(): void;
}

/** Milliseconds by which a timer may be late before we take it that this process was busy with other things, or paused. */
const LATE = 50;

/** Where this process could not hear an answer, whoever sends it is given what was lost, at most as much again. */
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

/** Tells by how many milliseconds it is late. */
function arm(ms: number, ring: (late: number) => void): NodeJS.Timeout {
  const due = performance.now() + ms;
  return setTimeout(() => ring(performance.now() - due), ms);
}
