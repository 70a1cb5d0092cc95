/** Explains unpublished news, by a note that a failed run leaves in the store if possible. */
import { PublishError, StoreError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import type { RunResult } from '../../pipeline/run.js';
import type { Store } from '../../ports/store/store.js';
import { readStore } from '../open-store.js';

export interface Unpublished {
  /** null: no note. */
  readonly code: string | null;
  readonly message: string;
  /** Time of the first attempt, ISO 8601; null: no note. */
  readonly since: string | null;
}

const WITHOUT_NOTE: Unpublished = {
  code: null,
  message: 'not everything is published: a run is in progress, or the last one was interrupted',
  since: null,
};

const NOTE = 'unpublished';

/** Saves a note if publishing failed, and removes it after success. `outcome`: the run's result or error. */
export async function noteUnpublished(
  store: Pick<Store, 'readJson' | 'saveMeta'>,
  now: Date,
  outcome: RunResult | unknown,
): Promise<void> {
  // A full store cannot save the note. Its pending articles show the same.
  if (outcome instanceof PublishError || outcome instanceof StoreError)
    await saveNote(store, outcome, now).catch(() => undefined);
  else if ((outcome as RunResult).kind === 'published' && (await readUnpublishedNote(store)) !== null)
    await store.saveMeta(NOTE, null);
}

async function saveNote(
  store: Pick<Store, 'readJson' | 'saveMeta'>,
  error: PublishError | StoreError,
  now: Date,
): Promise<void> {
  const { code, message } = error;
  const since = (await readUnpublishedNote(store))?.since ?? now.toISOString();
  await store.saveMeta(NOTE, JSON.stringify({ code, message, since } satisfies Unpublished));
}

/** Rejects with STORE_CORRUPT if the note is invalid. */
async function readUnpublishedNote(store: Pick<Store, 'readJson'>): Promise<Unpublished | null> {
  return await store.readJson<Unpublished>(NOTE);
}

/** null: everything is published. */
export async function findUnpublished(
  store: Pick<Store, 'readJson' | 'pending' | 'unplaced' | 'dirty'>,
): Promise<Unpublished | null> {
  const note = await readUnpublishedNote(store);
  if (note !== null) return note;
  const waiting = [await store.pending(), await store.unplaced(1), await store.dirty()];
  return waiting.some(({ length }) => length > 0) ? WITHOUT_NOTE : null;
}

/** Like `findUnpublished`. Throws StoreError. */
export async function readUnpublished(settings: Settings): Promise<Unpublished | null> {
  return await readStore(settings.store, findUnpublished);
}
