/** Why nothing can be published: a run that fails to leaves a note in the store, for those who ask later how the section is. */
import { PublishError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import type { RunResult } from '../../pipeline/run.js';
import type { Store } from '../../ports/store/store.js';
import { openStore } from '../open-store.js';

export interface Unpublished {
  readonly code: string;
  /** Of the last attempt. */
  readonly message: string;
  /** ISO 8601, of the first attempt. */
  readonly since: string;
}

/** Meta key. */
const NOTE = 'unpublished';

/** Rejects as `run` does. A run that publishes, or has nothing to publish, takes the note back. */
export async function notingUnpublished(
  store: Pick<Store, 'note' | 'saveMeta'>,
  now: Date,
  run: () => Promise<RunResult>,
): Promise<RunResult> {
  try {
    const result = await run();
    if (result.kind === 'published' && (await unpublishedNote(store)) !== null) await store.saveMeta(NOTE, null);
    return result;
  } catch (error) {
    // A store that fails as well is told by the next run; this error says more.
    if (error instanceof PublishError) await saveNote(store, error, now).catch(() => undefined);
    throw error;
  }
}

async function saveNote(store: Pick<Store, 'note' | 'saveMeta'>, error: PublishError, now: Date): Promise<void> {
  const { code, message } = error;
  const since = (await unpublishedNote(store))?.since ?? now.toISOString();
  await store.saveMeta(NOTE, JSON.stringify({ code, message, since } satisfies Unpublished));
}

/** null: the last run could publish. STORE_CORRUPT where the note is not what was written. */
export async function unpublishedNote(store: Pick<Store, 'note'>): Promise<Unpublished | null> {
  return (await store.note(NOTE, isUnpublished)) as Unpublished | null;
}

function isUnpublished(value: unknown): boolean {
  const { code, message, since } = value as Partial<Unpublished>;
  return [code, message, since].every((one) => typeof one === 'string');
}

/** As `unpublishedNote`. Throws StoreError. */
export async function whyUnpublished(settings: Settings): Promise<Unpublished | null> {
  const store = await openStore(settings.store, 'read');
  return await unpublishedNote(store).finally(() => store.close());
}
