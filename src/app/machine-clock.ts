/** The clock of this machine. */
import { setTimeout as timer } from 'node:timers/promises';
import type { Clock } from '../ports/clock.js';

export const machineClock: Clock = {
  elapsed: () => performance.now(),
  sleep: (ms, signal) => timer(ms, undefined, { signal }).catch(() => undefined),
};
