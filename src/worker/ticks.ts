/** The worker's schedule: node-cron in UTC, with late ticks and clock jumps, which it would miss. */
import { type Logger as CronLogger, createTask } from 'node-cron';
import type { Logger } from '../observe/logger.js';

export interface Ticks {
  /** Milliseconds that `count` ticks take, and no less than until so many have come: a schedule may rest by night. */
  span(count: number): number;
  /** Stops the ticks; a run in progress continues. */
  stop(): void;
}

/** No tick comes before the promise of the last `onTick` is resolved. */
export type StartTicks = (cron: string, onTick: () => Promise<void>, logger: Logger) => Ticks;

const CLOCK_CHECK_EVERY = 1_000;
/** Milliseconds; smaller changes are ordinary clock corrections. */
const JUMP = 5_000;

/**
 * Ticks by a cron expression in UTC, which has no daylight saving time. A node-cron task sleeps until its next slot, and would sleep
 * longer by as much as the clock is set back: a jump therefore restarts it and ticks at once. An extra tick does no harm, since the store
 * decides which sources are due.
 */
export const startTicks: StartTicks = (cron, onTick, logger) => {
  // node-cron rounds in local time: in the repeated hour at the end of daylight saving time it would loop without a tick.
  process.env.TZ = 'Etc/UTC';
  let task = start();
  function start() {
    const made = createTask(cron, onTick, {
      timezone: 'Etc/UTC',
      noOverlap: true,
      logger: cronLogger(logger),
    });
    made.on('execution:missed', onTick); // the process was too busy at its time
    made.start();
    return made;
  }
  const unwatch = watchClock((ms) => {
    logger.warn({ ms }, 'the clock jumped');
    task.destroy();
    task = start();
    void onTick();
  });
  return {
    span: (count) => {
      const runs = task.getNextRuns(count + 1).map((run) => run.getTime());
      return Math.max(runs[count]! - runs[0]!, runs[count - 1]! - Date.now());
    },
    stop: () => {
      unwatch();
      task.stop();
      task.destroy();
    },
  };
};

/** Calls `onJump` with the milliseconds by which the wall clock moved against the monotonic clock. */
function watchClock(onJump: (ms: number) => void): () => void {
  const offset = () => Date.now() - performance.now();
  let known = offset();
  const timer = setInterval(() => {
    const now = offset();
    const jump = now - known;
    known = now;
    if (Math.abs(jump) > JUMP) onJump(Math.round(jump));
  }, CLOCK_CHECK_EVERY);
  return () => clearInterval(timer);
}

/** Overlaps are not warnings: a run may take longer than a tick. */
function cronLogger(logger: Logger): CronLogger {
  return {
    info: (message) => logger.debug(message),
    warn: (message) => logger.debug(message),
    error: (message, error) => logger.error({ err: error ?? message }, 'the schedule failed'),
    debug: () => undefined,
  };
}
