import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { setTimeout as timer } from 'node:timers/promises';
import type { Clock } from '../ports/clock.js';

export const machineClock: Clock = {
  elapsed: () => performance.now(),
  boot: () => readLinuxBoot() ?? `since ${new Date(Date.now() - uptime() * 1000).toISOString().slice(0, 16)}`,
  sleep: (ms, signal) => timer(ms, undefined, { signal }).catch(() => undefined),
};

/** Linux's random id of each boot; null: another system. */
function readLinuxBoot(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
