/** Remembers that a backfill stored older articles, until a run publishes them without announcing them. */
import type { Store } from '../../../ports/store/store.js';

const UNPUBLISHED = 'backfill-untold';

export async function hasUnpublishedBackfill(store: Pick<Store, 'meta'>): Promise<boolean> {
  return (await store.meta(UNPUBLISHED)) !== null;
}

export async function noteUnpublishedBackfill(store: Pick<Store, 'saveMeta'>, isUnpublished: boolean): Promise<void> {
  await store.saveMeta(UNPUBLISHED, isUnpublished ? 'true' : null);
}
