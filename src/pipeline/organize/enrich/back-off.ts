/** When a command that failed is run again, and when an article that got no answer is given to it again. */
import type { Store } from '../../../ports/store/store.js';

/** A command that failed. */
export interface CommandRest {
  /** In a row. */
  readonly failures: number;
  /** Not run before (Unix, milliseconds). */
  readonly until: number;
}

/** State of the last run with commands. */
export interface EnrichState {
  /** Digest of the commands as they were configured. */
  readonly by: string;
  /** By the command's name. */
  readonly rests: Readonly<Record<string, CommandRest>>;
}

const MINUTE = 60_000;
export const LONGEST_REST = 6 * 60 * MINUTE;

/** After the first failure the next run tries again; then 10 minutes, 20, 40 and so on, at most six hours. In milliseconds. */
export function computeWait(failures: number): number {
  return failures < 2 ? 0 : Math.min(LONGEST_REST, 10 * MINUTE * 2 ** Math.min(failures - 2, 10));
}

export function extendRest(before: CommandRest | null, now: Date): CommandRest {
  const failures = (before?.failures ?? 0) + 1;
  return { failures, until: now.getTime() + computeWait(failures) };
}

const NOTE = 'enrich';

/** null: the site never had a command. STORE_CORRUPT if the note is not what was written. */
export async function readEnrichState(store: Pick<Store, 'note'>): Promise<EnrichState | null> {
  return (await store.note(NOTE, isEnrichState)) as EnrichState | null;
}

function isEnrichState(value: unknown): boolean {
  const { by, rests } = (value ?? {}) as Partial<EnrichState>;
  return value === null || (typeof by === 'string' && typeof rests === 'object' && rests !== null);
}

export async function saveEnrichState(store: Pick<Store, 'saveMeta'>, state: EnrichState | null): Promise<void> {
  await store.saveMeta(NOTE, state === null ? null : JSON.stringify(state));
}
