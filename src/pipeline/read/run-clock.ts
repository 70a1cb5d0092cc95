/** Saves the time of each run and warns if the system clock went back. */
import type { Store } from '../../ports/store/store.js';

const KEY = 'clock';
const HOUR = 3_600_000;

/** Resolves with a warning; null: the clock is plausible. */
export async function noteRunTime(store: Pick<Store, 'readJson' | 'saveMeta'>, now: Date): Promise<string | null> {
  const last = await readLastRun(store);
  await store.saveMeta(KEY, JSON.stringify(now.getTime()));
  if (last === null || now.getTime() >= last.getTime() - HOUR) return null;
  return `the system time is ${now.toISOString()}, but the last run was at ${last.toISOString()}: check the clock of this machine`;
}

/** null: no earlier run. */
export async function readLastRun(store: Pick<Store, 'readJson'>): Promise<Date | null> {
  const time = await store.readJson<number>(KEY);
  return time === null ? null : new Date(time);
}
