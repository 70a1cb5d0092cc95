/** When the worker runs: node-cron as a UTC tick, and what it would miss by itself: late ticks and clocks that jump. */
import { type Logger as CronLogger, createTask } from 'node-cron';
import type { Logger } from '../observe/logger.js';

/** `late`: the process was too busy at its time; `clock`: the wall clock jumped, or the machine slept. */
export type TickReason = 'cron' | 'late' | 'clock';

export interface Ticks {
  /** Milliseconds from the next tick to the tick `count` ticks later. */
  span(count: number): number;
  /** No tick comes after this; whoever is running goes on. */
  stop(): void;
}

/** `onTick` resolves when its run has ended: no tick comes meanwhile. */
export type StartTicks = (cron: string, onTick: (reason: TickReason) => Promise<void>, logger: Logger) => Ticks;

const LOOK_EVERY = 1_000;
/** Clocks are corrected by less than this all the time. */
const JUMP = 5_000;

/**
 * Ticks by a cron expression in UTC, where no hour is missing or comes twice. A task of node-cron sleeps until its next
 * slot: a clock that went back would let it sleep as much longer, so a jump starts it anew and ticks at once. Which
 * sources are due is decided by the store, so that a tick too many asks nobody.
 */
export const startTicks: StartTicks = (cron, onTick, logger) => {
  // node-cron drops milliseconds in local time, which goes back to the first of the two hours when summer time ends: it
  // would spin through the second without a tick.
  process.env.TZ = 'Etc/UTC';
  let task = start();
  function start() {
    const made = createTask(cron, () => onTick('cron'), {
      timezone: 'Etc/UTC',
      noOverlap: true,
      logger: cronLogger(logger),
    });
    made.on('execution:missed', () => onTick('late'));
    made.start();
    return made;
  }
  const unwatch = watchClock((ms) => {
    logger.warn({ ms }, 'the clock jumped');
    task.destroy();
    task = start();
    void onTick('clock');
  });
  return {
    span: (count) => {
      const runs = task.getNextRuns(count + 1);
      return runs[count]!.getTime() - runs[0]!.getTime();
    },
    stop: () => {
      unwatch();
      task.stop();
      task.destroy();
    },
  };
};

/** Tells by how many milliseconds the wall clock moved against the one that only goes forward. */
function watchClock(onJump: (ms: number) => void): () => void {
  const offset = () => Date.now() - performance.now();
  let known = offset();
  const timer = setInterval(() => {
    const now = offset();
    const jump = now - known;
    known = now;
    if (Math.abs(jump) > JUMP) onJump(Math.round(jump));
  }, LOOK_EVERY);
  return () => clearInterval(timer);
}

/** Overlaps are ordinary: a run may take longer than a tick. */
function cronLogger(logger: Logger): CronLogger {
  return {
    info: (message) => logger.debug(message),
    warn: (message) => logger.debug(message),
    error: (message, error) => logger.error({ err: error ?? message }, 'the schedule failed'),
    debug: () => undefined,
  };
}
