/** Why what was read is not published: a run that fails leaves a note in the store, where there is room for one, for those who ask later how the section is. */
import { PublishError, StoreError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import type { RunResult } from '../../pipeline/run.js';
import type { Store } from '../../ports/store/store.js';
import { readStore } from '../open-store.js';

export interface Unpublished {
  /** null: no note says why. */
  readonly code: string | null;
  /** Of the last attempt. */
  readonly message: string;
  /** ISO 8601, of the first attempt; null as `code`. */
  readonly since: string | null;
}

const WITHOUT_NOTE: Unpublished = {
  code: null,
  message: 'not all that was read is published: a run is at work, or the last one ended before that',
  since: null,
};

/** Meta key. */
const NOTE = 'unpublished';

/** Notes an edition that could not be published; a run that publishes removes the note. `outcome`: the run's result or error. */
export async function noteUnpublished(
  store: Pick<Store, 'note' | 'saveMeta'>,
  now: Date,
  outcome: RunResult | unknown,
): Promise<void> {
  // A full store has no room for the note either: what waits in it shows the same, and the error itself says more.
  if (outcome instanceof PublishError || outcome instanceof StoreError)
    await saveNote(store, outcome, now).catch(() => undefined);
  else if ((outcome as RunResult).kind === 'published' && (await unpublishedNote(store)) !== null)
    await store.saveMeta(NOTE, null);
}

async function saveNote(
  store: Pick<Store, 'note' | 'saveMeta'>,
  error: PublishError | StoreError,
  now: Date,
): Promise<void> {
  const { code, message } = error;
  const since = (await unpublishedNote(store))?.since ?? now.toISOString();
  await store.saveMeta(NOTE, JSON.stringify({ code, message, since } satisfies Unpublished));
}

/** STORE_CORRUPT where the note is not what was written. */
async function unpublishedNote(store: Pick<Store, 'note'>): Promise<Unpublished | null> {
  return (await store.note(NOTE, isUnpublished)) as Unpublished | null;
}

/** null: all is published. Rejects as `Store.note`. */
export async function unpublishedIn(
  store: Pick<Store, 'note' | 'pending' | 'unplaced' | 'dirty'>,
): Promise<Unpublished | null> {
  const note = await unpublishedNote(store);
  if (note !== null) return note;
  const waiting = [await store.pending(), await store.unplaced(1), await store.dirty()];
  return waiting.some(({ length }) => length > 0) ? WITHOUT_NOTE : null;
}

function isUnpublished(value: unknown): boolean {
  const { code, message, since } = value as Partial<Unpublished>;
  return [code, message, since].every((one) => typeof one === 'string');
}

/** As `unpublishedIn`. Throws StoreError. */
export async function whyUnpublished(settings: Settings): Promise<Unpublished | null> {
  return await readStore(settings.store, unpublishedIn);
}
