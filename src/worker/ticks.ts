/** The worker's schedule: node-cron in UTC, with handling of late ticks and clock jumps. */
import { type Logger as CronLogger, createTask } from 'node-cron';
import type { Logger } from '../observe/logger.js';

export interface Ticks {
  /** Milliseconds that `count` ticks take, and at least until the `count`th next tick. */
  span(count: number): number;
  stop(): void;
}

/** The next tick waits until the promise of `onTick` resolves. */
export type StartTicks = (cron: string, onTick: () => Promise<void>, logger: Logger) => Ticks;

const CLOCK_CHECK_EVERY = 1_000;
/** Milliseconds. Smaller differences are normal clock corrections. */
const JUMP = 5_000;

/**
 * Ticks by a cron expression in UTC. If the clock is set back, a node-cron task would oversleep by the difference. A clock jump therefore
 * restarts the task and ticks at once.
 */
export const startTicks: StartTicks = (cron, onTick, logger) => {
  // node-cron rounds in local time and would loop without a tick in the repeated hour at the end of daylight saving time.
  process.env.TZ = 'Etc/UTC';
  let task = start();
  function start() {
    const made = createTask(cron, onTick, {
      timezone: 'Etc/UTC',
      noOverlap: true,
      logger: cronLogger(logger),
    });
    made.on('execution:missed', onTick); // the event loop was blocked
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

/** Calls `onJump` with the difference in milliseconds when the wall clock jumps. */
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

/** Hides overlap warnings: a run may take longer than a tick. */
function cronLogger(logger: Logger): CronLogger {
  return {
    info: (message) => logger.debug(message),
    warn: (message) => logger.debug(message),
    error: (message, error) => logger.error({ err: error ?? message }, 'error in the schedule'),
    debug: () => undefined,
  };
}
