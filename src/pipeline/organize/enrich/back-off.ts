/** Back-off for failed commands and unanswered articles. */
import type { Store } from '../../../ports/store/store.js';

export interface CommandBackOff {
  readonly failures: number;
  /** Do not run before this time (Unix, milliseconds). */
  readonly until: number;
}

export interface EnrichState {
  readonly by: string;
  readonly rests: Readonly<Record<string, CommandBackOff>>;
}

const MINUTE = 60_000;
export const LONGEST_BACK_OFF = 6 * 60 * MINUTE;

/** Milliseconds: 0 after the first failure, then 10 minutes, doubled each time, at most six hours. */
export function computeWait(failures: number): number {
  return failures < 2 ? 0 : Math.min(LONGEST_BACK_OFF, 10 * MINUTE * 2 ** Math.min(failures - 2, 10));
}

export function extendBackOff(before: CommandBackOff | null, now: Date): CommandBackOff {
  const failures = (before?.failures ?? 0) + 1;
  return { failures, until: now.getTime() + computeWait(failures) };
}

const NOTE = 'enrich';

/** null: no command was ever configured. */
export async function readEnrichState(store: Pick<Store, 'readJson'>): Promise<EnrichState | null> {
  return await store.readJson<EnrichState>(NOTE);
}

export async function saveEnrichState(store: Pick<Store, 'saveMeta'>, state: EnrichState | null): Promise<void> {
  await store.saveMeta(NOTE, state === null ? null : JSON.stringify(state));
}
